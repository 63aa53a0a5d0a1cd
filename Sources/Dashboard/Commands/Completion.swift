import Control
import Federation

extension DashboardState {
  /// What the last word of a command line could become, sorted; at most a hundred.
  func completions(of line: String) -> [String] {
    let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    guard let last = words.last else { return [] }
    if words.count == 1 {
      return CommandVerb.all.map(\.name).filter { $0.hasPrefix(last) }.sorted()
    }
    guard let verb = CommandVerb.named(words[0]) else { return [] }
    if verb.argument == .target, words.count > 2 {
      return ["--for", "--reason", "--service"].filter { $0.hasPrefix(last) && !words.contains($0) }
    }
    guard words.count == 2 else { return [] }
    return Array(candidates(verb.argument).filter { $0.hasPrefix(last) }.sorted().prefix(100))
  }

  private func candidates(_ argument: CommandVerb.Argument) -> [String] {
    switch argument {
    case .nothing, .text: []
    case .target: targetNames
    case .service: summaries.map(\.key.description)
    case .name: (serviceSnapshot?.names.map(\.name.text) ?? []) + (snapshot?.aliases.map(\.alias.name.text) ?? [])
    case .view: ViewKind.allCases.map(\.rawValue)
    case .theme: options.themes
    case .column: columnNames + columnNames.map { "-" + $0 }
    case .columns: columnNames
    case .switched: ["on", "off"]
    case .all: ["all"]
    case .report: ["md"]
    }
  }

  private var targetNames: [String] {
    var names: Set<String> = []
    for cluster in snapshot?.clusters ?? [] {
      names.insert("cluster/\(cluster.cluster.name)")
      names.insert("region/\(cluster.cluster.region)")
      for zone in cluster.cluster.zones { names.insert("zone/\(zone)") }
      if let service, names.count < 3_000 { names.insert("shard/\(cluster.cluster.name)/\(service)") }
    }
    return Array(names)
  }

  /// Completes the command that is being typed as far as there is one way; a second time it goes round what there is.
  mutating func completeCommand() {
    guard var prompt, prompt.purpose == .command else { return }
    let line = prompt.round?.line ?? prompt.field.text
    let choices = completions(of: line)
    guard !choices.isEmpty else { return }
    let head = line.lastIndex(of: " ").map { String(line[...$0]) } ?? ""
    let typed = String(line.dropFirst(head.count))
    let common = choices.dropFirst().reduce(choices[0]) { $0.commonPrefix(with: $1) }
    if choices.count == 1 {
      prompt.field = InputField(head + choices[0] + " ")
      prompt.round = nil
    } else if prompt.round == nil, common.count > typed.count {
      prompt.field = InputField(head + common)
    } else {
      let next = ((prompt.round?.index ?? -1) + 1) % choices.count
      prompt.round = Prompt.Round(line: line, index: next)
      prompt.field = InputField(head + choices[next])
    }
    self.prompt = prompt
  }

  /// Goes through what was typed before: -1 to older lines, 1 to newer ones.
  mutating func recallCommand(_ step: Int) {
    guard var prompt, prompt.purpose == .command, !history.isEmpty else { return }
    let place = max(0, min(history.count, (prompt.recalled ?? history.count) + step))
    prompt.recalled = place
    prompt.field = InputField(place < history.count ? history[place] : "")
    self.prompt = prompt
  }
}

extension String {
  /// What both texts begin with.
  fileprivate func commonPrefix(with other: String) -> String {
    String(zip(self, other).prefix { $0 == $1 }.map(\.0))
  }
}

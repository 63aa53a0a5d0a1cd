import Control
import Federation
import Terminal

extension DashboardState {
  /// Does what was typed after `:`.
  mutating func run(_ line: String) -> [Effect] {
    guard !line.isEmpty else { return [] }
    history.removeAll { $0 == line }
    history.append(line)
    if history.count > 100 { history.removeFirst() }
    guard let verb = line.split(separator: " ").first.flatMap({ CommandVerb.named(String($0)) }) else {
      // What else there is, the shell knows: `chaos …` in the demo.
      guard !refusesToAct() else { return [] }
      return [.command(line)]
    }
    let command: TypedCommand
    do throws(TypedCommand.Refusal) { command = try TypedCommand(line) } catch {
      toast(.warning, "\(verb.name): \(error)")
      return []
    }
    return run(verb, command)
  }

  private mutating func run(_ verb: CommandVerb, _ command: TypedCommand) -> [Effect] {
    let word = command.words.dropFirst().first
    switch verb.name {
    case "quit": return [.quit]
    case "help": sheet = Sheet(kind: .help)
    case "messages": sheet = Sheet(kind: .messages)
    case "reload": return [.reload]
    case "status": show(.tree)
    case "services": show(.services)
    case "clusters": show(.clusters)
    case "history": show(.timeline)
    case "doctor": show(.doctor)
    case "records": if choose(service: word) { show(.records) }
    case "service": _ = choose(service: word)
    case "plan": if choose(service: word) { sheet = Sheet(kind: .plan) }
    case "reconcile": if choose(service: word) { return perform(word == nil ? .reconcileAll : .reconcile) }
    case "view": showView(word)
    case "filter":
      filterText = cleanText(command.words.dropFirst().joined(separator: " "), limit: InputField.limit)
      refreshRows()
    case "sort": sortTable(word)
    case "columns": chooseColumns(command.words.dropFirst().flatMap { $0.split(separator: ",").map(String.init) })
    case "theme": chooseTheme(word)
    case "bell": chooseBell(word)
    case "trace": traceAny(word)
    case "undo": return openUndo(all: word == "all")
    case "unmark": unmarkAll()
    case "what-if": return openWhatIf()
    case "export": return export(Array(command.words.dropFirst()))
    default: return runOrder(verb.name, command)
    }
    return []
  }

  private mutating func showView(_ word: String?) {
    guard let word, let view = ViewKind(name: word) else {
      return toast(.warning, "view takes one of \(ViewKind.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    show(view)
  }

  /// Selects a service that was named; true where there is one, or none was named.
  private mutating func choose(service word: String?) -> Bool {
    guard let word else { return true }
    let matching = summaries.filter { $0.key.description == word || $0.key.name == word }
    guard matching.count == 1, let key = matching.first?.key else {
      toast(
        .warning,
        matching.isEmpty
          ? "there is no federated service \(word); 2 lists them"
          : "\(word) is in several namespaces: write NAMESPACE/NAME")
      return false
    }
    showService(key)
    return true
  }

  private mutating func sortTable(_ word: String?) {
    let names = columnNames
    guard !names.isEmpty else { return toast(.warning, "this view is no table; s orders the tree") }
    guard let word else {
      choices[view, default: TableChoice()].sort = nil
      return toast(.done, "worst first")
    }
    let name = word.hasPrefix("-") ? String(word.dropFirst()) : word
    guard names.contains(name) else {
      return toast(.warning, "no column \(name) here; there are \(names.joined(separator: ", "))")
    }
    choices[view, default: TableChoice()].sort = name
    choices[view, default: TableChoice()].isReversed = word.hasPrefix("-")
    toast(.done, "sorted by \(name)\(word.hasPrefix("-") ? ", turned round" : "")")
  }

  private mutating func chooseColumns(_ wanted: [String]) {
    let names = columnNames
    guard !names.isEmpty else { return toast(.warning, "this view is no table") }
    if let unknown = wanted.first(where: { !names.contains($0) }) {
      return toast(.warning, "no column \(unknown) here; there are \(names.joined(separator: ", "))")
    }
    choices[view, default: TableChoice()].columns = wanted
  }

  private mutating func chooseTheme(_ word: String?) {
    guard let word, let index = options.themes.firstIndex(of: word) else {
      return toast(.warning, "theme takes one of \(options.themes.joined(separator: ", "))")
    }
    themeIndex = index
  }

  private mutating func chooseBell(_ word: String?) {
    guard word == "on" || word == "off" else {
      return toast(.warning, "bell takes on or off; it is \(options.rings ? "on" : "off")")
    }
    options.rings = word == "on"
    toast(.done, "the bell is \(word ?? "")")
  }

  private mutating func traceAny(_ word: String?) {
    guard let word else { return toast(.warning, "trace what? a name, such as the one that y copies") }
    do throws(NameError) {
      tracedOther = try DomainName(word)
      tracing.forget(tracedOther)
      show(.trace)
    } catch { toast(.error, "\(word) is no name: \(error)") }
  }

  private mutating func runOrder(_ verb: String, _ command: TypedCommand) -> [Effect] {
    guard let text = command.words.dropFirst().first else {
      toast(.warning, "\(verb) what? zone/NAME, region/NAME, cluster/NAME or shard/CLUSTER/NAMESPACE/NAME")
      return []
    }
    let target: CordonTarget
    do throws(CordonTargetError) { target = try CordonTarget(text) } catch {
      toast(.error, error.description)
      return []
    }
    if let service = command.options["--service"], !choose(service: service) { return [] }
    guard let place = place(of: target) else {
      toast(.error, "\(target) is not in this federation; the tree (1) shows what is")
      return []
    }
    if verb == "uncordon" {
      return openUncordon(target, at: place)
    }
    let effects = openCard(verb == "drain" ? .drain : .cordon, target, at: place)
    if let reason = command.options["--reason"] {
      card?.reason = InputField(cleanText(reason, limit: InputField.limit))
    }
    if let span = command.options["--for"] { card?.span = InputField(cleanText(span, limit: 20)) }
    return effects
  }

  /// Where a target is in the tree; nil when there is no such place.
  func place(of target: CordonTarget) -> PlaceID? {
    switch target {
    case .region(let name): tree[.region(name)]?.id
    case .zone(let name): tree.places.first { $0.id.zone == name }?.id.zonePlace
    case .cluster(let name): tree.places.first { $0.cluster == name }?.id
    case .shard(let cluster, let key):
      snapshot?.services.first { $0.key == key }?.shards.first { $0.shard.cluster == cluster }
        .flatMap { _ in tree.places.first { $0.cluster == cluster }?.id }
    }
  }
}

extension PlaceID {
  /// The zone a place lies in, as a place; nil for regions.
  var zonePlace: PlaceID? { zone.map { .zone($0, region: region) } }
}

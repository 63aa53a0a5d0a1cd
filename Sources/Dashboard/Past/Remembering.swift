import Control
import Federation
import Journal
import Resolution

extension DashboardState {
  /// Keeps what passed of questions, answers and orders, for whoever looks back.
  mutating func remember(_ message: Message, _ effects: [Effect]) {
    guard !memory.isReplay else { return }
    func keep(_ content: JournalEntry.Content) { memory.recording.add(JournalEntry(time: now, content: content)) }
    switch message {
    case .traced(let trace): keep(.trace(trace))
    case .previewed(let preview): keep(.preview(preview))
    case .performed(let intent, let result): keep(.result(result, of: intent, by: options.operatorName))
    case .tick, .input, .snapshot, .notice, .reloaded: break
    }
    for case .perform(let intent) in effects { keep(.intent(intent, by: options.operatorName)) }
  }

  /// What a replay answers itself, since there is nobody to ask; the rest is for the shell.
  mutating func answeredByReplay(_ effects: [Effect]) -> [Effect] {
    guard memory.isReplay, let moment = memory.moment else { return effects }
    return effects.filter { effect in
      switch effect {
      case .preview(let change):
        if let preview = memory.recording.preview(of: change, at: moment) {
          receive(preview)
        } else {
          card = nil
          let what = change.cordons.map { "\($0.kind.rawValue) \($0.target)" }.joined(separator: ", ")
          toast(.warning, "no plan to \(change.isLifting ? "lift " : "")\(what) was recorded")
        }
        return false
      case .perform:
        if card == nil { toast(.warning, Memory.replayRefusal) }
        card?.phase = .ready
        card?.notice = Memory.replayRefusal
        return false
      case .command, .reload:
        toast(.warning, Memory.replayRefusal)
        return false
      case .trace: return false
      case .copy, .save, .redraw, .bell, .quit: return true
      }
    }
  }

  /// Puts the walk that was recorded by the moment on screen in place of what the servers would say now, if all that it
  /// passed is still published as it was.
  mutating func showRecordedTrace() {
    guard let moment = memory.moment, let name = tracedName else { return }
    guard let known = memory.recording.trace(of: name.name, at: moment),
      let then = memory.recording.picture(at: known.time), let snapshot,
      published(in: then, on: known.trace) == published(in: snapshot, on: known.trace)
    else { return tracing.show(nil, of: name.name) }
    tracing.show(Tracing.Result(trace: known.trace, at: known.time, published: name.published), of: name.name)
  }

  /// What the names on a walk held in a picture.
  private func published(in picture: FederationSnapshot, on trace: Trace) -> [DomainName: [RecordSet]] {
    let names = Set(trace.hops.map(\.name)).union([trace.name])
    var published: [DomainName: [RecordSet]] = [:]
    for service in picture.services where service.key == self.service {
      for name in service.names where names.contains(name.name) { published[name.name] = name.published }
    }
    return published
  }

  /// What was on screen as a report: `export md [FILE]`.
  mutating func export(_ words: [String]) -> [Effect] {
    guard words.first == "md", words.count <= 2 else {
      toast(.warning, "export what? md, and a file if you like: export md incident.md")
      return []
    }
    guard let report = IncidentReport(memory.recording, until: memory.moment) else {
      toast(.warning, "nothing has been seen yet")
      return []
    }
    return [.save(path: words.count == 2 ? words[1] : report.fileName, text: report.text)]
  }
}

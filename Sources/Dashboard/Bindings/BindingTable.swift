import Terminal

/// Every key and what it asks for. Hints and help are made from it, so they cannot say anything else.
package struct BindingTable: Hashable, Sendable {
  private(set) var bindings: [Binding]
  private let actions: [Key: Action]

  /// Why a rebinding from the configuration is refused.
  package enum Refusal: Error, Hashable, CustomStringConvertible {
    case unknownAction(String)
    case notOneCharacter(action: String, key: String)
    case taken(key: String, by: String)
    case besideMovement(action: String, key: String)

    package var description: String {
      switch self {
      case .unknownAction(let name):
        "dashboard.keys: there is no action \(name); see the help (?) for their names"
      case .notOneCharacter(let action, let key):
        "dashboard.keys.\(action): \"\(key)\" is not one character; give a single letter or sign"
      case .taken(let key, let other):
        "dashboard.keys: \(key) would mean two things, one of them \(other); rebind that as well"
      case .besideMovement(let action, let key):
        "dashboard.keys.\(action): \(key) moves the selection; an action that changes DNS needs another key"
      }
    }
  }

  package static let standard = BindingTable(standardBindings)

  private init(_ bindings: [Binding]) {
    self.bindings = bindings
    actions = Dictionary(bindings.flatMap { binding in binding.keys.map { ($0, binding.action) } }) { first, _ in first
    }
  }

  /// The standard table with other keys for some actions, by their names.
  package func rebound(_ keys: [String: String]) throws(Refusal) -> BindingTable {
    var changed = bindings
    for (name, text) in keys.sorted(by: { $0.key < $1.key }) {
      guard let action = Action(rawValue: name), let index = changed.firstIndex(where: { $0.action == action }) else {
        throw .unknownAction(name)
      }
      guard text.count == 1, let character = text.first else { throw .notOneCharacter(action: name, key: text) }
      if changed[index].group == .act, "hjklHJKLgG".contains(character) {
        throw .besideMovement(action: name, key: text)
      }
      changed[index].keys = [.character(character)]
    }
    var seen: [Key: Action] = [:]
    for binding in changed {
      for key in binding.keys {
        if let other = seen.updateValue(binding.action, forKey: key) {
          throw .taken(key: key.text(.ascii), by: other.rawValue)
        }
      }
    }
    return BindingTable(changed)
  }

  func action(for key: Key) -> Action? { actions[key] }

  func binding(of action: Action) -> Binding? { bindings.first { $0.action == action } }

  private static let standardBindings: [Binding] = [
    Binding(action: .up, keys: [.up, .character("k")], help: "one row up", group: .move),
    Binding(action: .down, keys: [.down, .character("j")], help: "one row down", group: .move),
    Binding(action: .fold, keys: [.left, .character("h")], help: "fold, or go to the place around it", group: .move),
    Binding(action: .unfold, keys: [.right, .character("l")], help: "unfold, or go to the first inside", group: .move),
    Binding(action: .pageUp, keys: [.pageUp, .control("b")], help: "one page up", group: .move),
    Binding(action: .pageDown, keys: [.pageDown, .control("f")], help: "one page down", group: .move),
    Binding(action: .top, keys: [.home, .character("g")], help: "first row", group: .move),
    Binding(action: .bottom, keys: [.end, .character("G")], help: "last row", group: .move),
    Binding(action: .open, keys: [.enter], hint: "open", help: "fold or unfold; in a table: go there", group: .move),
    Binding(action: .back, keys: [.escape], help: "back, one step: pane, filter, view", group: .move),
    Binding(action: .nextPane, keys: [.tab], hint: "pane", help: "next pane", group: .move),
    Binding(action: .previousPane, keys: [.backTab], help: "previous pane", group: .move),
    Binding(
      action: .drain, keys: [.character("d")], hint: "drain", help: "take the place out of DNS (preview first)",
      group: .act),
    Binding(
      action: .cordon, keys: [.character("c")], hint: "cordon", help: "let nothing new enter DNS (preview first)",
      group: .act),
    Binding(
      action: .uncordon, keys: [.character("u")], hint: "uncordon", help: "end the orders on the place", group: .act),
    Binding(
      action: .reconcile, keys: [.character("r")], hint: "reconcile", help: "compare and mend this service now",
      group: .act),
    Binding(
      action: .reconcileAll, keys: [.character("R")], help: "compare and mend every service now", group: .act),
    Binding(
      action: .plan, keys: [.character("p")], hint: "plan",
      help: "what would be changed for this service, and what is held",
      group: .look),
    Binding(
      action: .mark, keys: [.character(" ")], help: "mark the place for a what-if, or take its mark away", group: .look),
    Binding(
      action: .whatIf, keys: [.character("w")], hint: "what if", help: "what draining all marked places would leave",
      group: .look),
    Binding(action: .unmark, keys: [.character("W")], help: "take all marks away", group: .look),
    Binding(
      action: .trace, keys: [.character("t")], hint: "trace", help: "ask the servers again, and go to the trace",
      group: .look),
    Binding(action: .filter, keys: [.character("/")], hint: "filter", help: "filter the rows", group: .look),
    Binding(
      action: .onlyUnhealthy, keys: [.character("!")], hint: "unhealthy", help: "only what needs attention",
      group: .look),
    Binding(
      action: .sort, keys: [.character("s")], hint: "sort",
      help: "order: worst first, by name; in a table by the next column", group: .look),
    Binding(action: .nextService, keys: [.character("n")], hint: "next service", help: "next service", group: .look),
    Binding(action: .previousService, keys: [.character("N")], help: "previous service", group: .look),
    Binding(
      action: .everyService, keys: [.character("A")], help: "the shards of every service, or of one", group: .look),
    Binding(
      action: .copy, keys: [.character("y")], hint: "copy", help: "copy the name and what it holds", group: .look),
    Binding(
      action: .freeze, keys: [.character("f")], help: "hold this picture, and count what comes; again: live",
      group: .look),
    Binding(
      action: .stepBack, keys: [.character("[")], hint: "earlier", help: "back to when something changed before",
      group: .look),
    Binding(
      action: .stepForward, keys: [.character("]")], hint: "later", help: "on to the next change; at the end, live",
      group: .look),
    Binding(action: .leapBack, keys: [.character("{")], help: "back by ten changes", group: .look),
    Binding(action: .leapForward, keys: [.character("}")], help: "on by ten changes", group: .look),
    Binding(
      action: .play, keys: [.character("P")], hint: "play", help: "play what was seen, or pause", group: .look),
    Binding(
      action: .copyCommand, keys: [.character("Y")], help: "copy the command that does the same as the card",
      group: .look),
    Binding(action: .viewTree, keys: [.character("1")], help: "regions, zones, clusters, shards", group: .views),
    Binding(action: .viewServices, keys: [.character("2")], help: "services", group: .views),
    Binding(
      action: .viewRecords, keys: [.character("3")], help: "records: desired, published, served", group: .views),
    Binding(action: .viewTrace, keys: [.character("4")], help: "the trace alone", group: .views),
    Binding(action: .viewClusters, keys: [.character("5")], help: "clusters", group: .views),
    Binding(
      action: .viewTimeline, keys: [.character("6")], help: "timeline: what happened, and who asked for what",
      group: .views),
    Binding(
      action: .viewDoctor, keys: [.character("7")], help: "doctor: what is not as it should be, and what to do",
      group: .views),
    Binding(action: .command, keys: [.character(":")], hint: "command", help: "a command line", group: .program),
    Binding(action: .messages, keys: [.character("M")], help: "what was said in notices", group: .program),
    Binding(action: .theme, keys: [.character("T")], help: "next theme", group: .program),
    Binding(action: .redraw, keys: [.control("l")], help: "draw the screen again", group: .program),
    Binding(action: .help, keys: [.character("?")], hint: "help", help: "this page", group: .program),
    Binding(action: .quit, keys: [.character("q"), .control("c")], hint: "quit", help: "leave", group: .program),
  ]
}

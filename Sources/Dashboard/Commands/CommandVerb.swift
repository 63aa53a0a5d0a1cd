/// One thing that can be typed after `:`. The verbs are those of the command line, where it has them.
struct CommandVerb: Hashable, Sendable {
  var name: String
  /// What may follow, for completion and help.
  var argument: Argument = .nothing
  var help: String

  enum Argument: String, Hashable, Sendable {
    case nothing = ""
    case target = "TARGET"
    case service = "[SERVICE]"
    case name = "NAME"
    case view = "VIEW"
    case theme = "THEME"
    case column = "[-]COLUMN"
    case columns = "[COLUMN,…]"
    case text = "TEXT"
    case switched = "on|off"
    case all = "[all]"
    case report = "md [FILE]"
  }

  static let all: [CommandVerb] = [
    CommandVerb(name: "drain", argument: .target, help: "take it out of DNS (preview first); --reason TEXT --for 45m"),
    CommandVerb(name: "cordon", argument: .target, help: "let nothing new enter DNS (preview first)"),
    CommandVerb(name: "uncordon", argument: .target, help: "end the orders on it"),
    CommandVerb(
      name: "undo", argument: .all, help: "end the last order given from here, or all of them (preview first)"),
    CommandVerb(name: "what-if", help: "what draining all marked places would leave"),
    CommandVerb(name: "unmark", help: "take all marks away"),
    CommandVerb(name: "reconcile", argument: .service, help: "compare and mend one service, or all, now"),
    CommandVerb(name: "plan", argument: .service, help: "what would be changed, and what is held"),
    CommandVerb(name: "trace", argument: .name, help: "what any name resolves to, at the authoritative servers"),
    CommandVerb(name: "status", help: "the tree"),
    CommandVerb(name: "services", help: "the services"),
    CommandVerb(name: "records", argument: .service, help: "the records: desired, published, served"),
    CommandVerb(name: "clusters", help: "the clusters"),
    CommandVerb(name: "history", help: "what happened"),
    CommandVerb(name: "doctor", help: "what is not as it should be, and what to do"),
    CommandVerb(name: "export", argument: .report, help: "write what happened until now into a file of its own"),
    CommandVerb(name: "view", argument: .view, help: "another view"),
    CommandVerb(name: "service", argument: .service, help: "another service"),
    CommandVerb(name: "filter", argument: .text, help: "as / does; without TEXT it is cleared"),
    CommandVerb(name: "sort", argument: .column, help: "by a column of this table; - turns it round"),
    CommandVerb(name: "columns", argument: .columns, help: "which columns this table shows; none: all that fit"),
    CommandVerb(name: "theme", argument: .theme, help: "another theme"),
    CommandVerb(name: "bell", argument: .switched, help: "ring when something gets worse"),
    CommandVerb(name: "messages", help: "what was said in notices"),
    CommandVerb(name: "reload", help: "read the configuration's dashboard section and the themes again"),
    CommandVerb(name: "help", help: "every key and command"),
    CommandVerb(name: "quit", help: "leave"),
  ]

  /// Names that people try, and the verb that is meant.
  static let synonyms = [
    "q": "quit", "q!": "quit", "exit": "quit", "events": "history", "timeline": "history", "tree": "status",
  ]

  static func named(_ name: String) -> CommandVerb? {
    let name = synonyms[name] ?? name
    return all.first { $0.name == name }
  }
}

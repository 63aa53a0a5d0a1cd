import Terminal

/// Which keys ask for an action, and how the hints and the help put it.
struct Binding: Hashable, Sendable {
  var action: Action
  var keys: [Key]
  /// The word in the line of hints; nil when it is in the help only.
  var hint: String? = nil
  var help: String
  var group: Group

  enum Group: String, Hashable, Sendable, CaseIterable {
    case move = "Move"
    case look = "Look"
    case act = "Act"
    case views = "Views"
    case program = "Program"
  }
}

extension Key {
  /// As the screen writes a key.
  func text(_ glyphs: Glyphs) -> String {
    switch self {
    case .character(" "): "Space"
    case .character(let character): String(character)
    case .control(let character): "^" + String(character).uppercased()
    case .enter: glyphs.enter == "↵" ? "↵" : "Enter"
    case .escape: "Esc"
    case .tab: "Tab"
    case .backTab: "S-Tab"
    case .backspace: "Bksp"
    case .delete: "Del"
    case .insert: "Ins"
    case .alt(let character): "M-" + String(character)
    case .up: "Up"
    case .down: "Down"
    case .left: "Left"
    case .right: "Right"
    case .home: "Home"
    case .end: "End"
    case .pageUp: "PgUp"
    case .pageDown: "PgDn"
    case .function(let number): "F\(number)"
    }
  }
}

import Federation
import Terminal

/// One line of text being typed. The only place where pasted text goes.
struct InputField: Hashable, Sendable {
  private(set) var characters: [Character]
  private(set) var cursor: Int
  static let limit = 200

  init(_ text: String = "") {
    characters = Array(text)
    cursor = characters.count
  }

  var text: String { String(characters) }
  var trimmed: String {
    var rest = Substring(text)
    while rest.first == " " { rest.removeFirst() }
    while rest.last == " " { rest.removeLast() }
    return String(rest)
  }

  mutating func insert(_ text: String) {
    let clean = Array(cleanText(text, limit: Self.limit)).prefix(max(0, Self.limit - characters.count))
    characters.insert(contentsOf: clean, at: cursor)
    cursor += clean.count
  }

  /// Takes an editing key; false when the key means nothing here.
  mutating func edit(_ key: Key) -> Bool {
    switch key {
    case .character(let character): insert(String(character))
    case .backspace where cursor > 0:
      cursor -= 1
      characters.remove(at: cursor)
    case .delete where cursor < characters.count: characters.remove(at: cursor)
    case .backspace, .delete: break
    case .left: cursor = max(0, cursor - 1)
    case .right: cursor = min(characters.count, cursor + 1)
    case .home, .control("a"): cursor = 0
    case .end, .control("e"): cursor = characters.count
    case .control("u"):
      characters.removeSubrange(..<cursor)
      cursor = 0
    case .control("w"):
      while cursor > 0, characters[cursor - 1] == " " { removeBefore() }
      while cursor > 0, characters[cursor - 1] != " " { removeBefore() }
    default: return false
    }
    return true
  }

  private mutating func removeBefore() {
    cursor -= 1
    characters.remove(at: cursor)
  }
}

/// A typed command, taken apart: words, and options with their values. Quotes keep words together.
struct TypedCommand: Hashable, Sendable {
  var words: [String] = []
  var options: [String: String] = [:]

  /// Why a line is no command.
  enum Refusal: Error, Hashable, CustomStringConvertible {
    case openQuote
    case noValue(String)
    case unknownOption(String)

    var description: String {
      switch self {
      case .openQuote: "a quote is open: close it"
      case .noValue(let option): "\(option) needs a value behind it"
      case .unknownOption(let option): "there is no option \(option) here; there are --reason, --for and --service"
      }
    }
  }

  private static let known: Set<String> = ["--reason", "--for", "--service"]

  init(_ line: String) throws(Refusal) {
    var parts = try Self.split(line)[...]
    while let part = parts.popFirst() {
      guard part.hasPrefix("--") else {
        words.append(part)
        continue
      }
      let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard Self.known.contains(halves[0]) else { throw .unknownOption(halves[0]) }
      if halves.count == 2 {
        options[halves[0]] = halves[1]
      } else if let value = parts.popFirst() {
        options[halves[0]] = value
      } else {
        throw .noValue(part)
      }
    }
  }

  /// The words of a line, with ' and " keeping spaces.
  static func split(_ line: String) throws(Refusal) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    for character in line {
      switch (quote, character) {
      case (let open?, _) where open == character: quote = nil
      case (.some, _): word = (word ?? "") + String(character)
      case (nil, "'"), (nil, "\""):
        quote = character
        word = word ?? ""
      case (nil, " "):
        if let done = word { words.append(done) }
        word = nil
      default: word = (word ?? "") + String(character)
      }
    }
    guard quote == nil else { throw .openQuote }
    return words + (word.map { [$0] } ?? [])
  }
}

import Federation
import JSON

/// What a line of a journal can hold. All text is cleaned as it is written, and again as it is read: a journal may have
/// come from somebody else.
protocol JournalValue {
  var journal: JSONValue { get }
  init(journal value: JSONValue) throws(JournalTrouble)
}

/// Why a line of a journal cannot be read: one sentence without the line's own text.
struct JournalTrouble: Error, Hashable {
  let why: String
}

/// The members of an object as they are read.
struct Members {
  private let members: [String: JSONValue]

  init(_ value: JSONValue) throws(JournalTrouble) {
    guard case .object(let members) = value else { throw JournalTrouble(why: "an object is expected") }
    self.members = members
  }

  /// A member that must be there.
  func callAsFunction<Value: JournalValue>(_ key: String) throws(JournalTrouble) -> Value {
    guard let value: Value = try optional(key) else { throw JournalTrouble(why: "\(key) is missing") }
    return value
  }

  /// A member that may be missing.
  func optional<Value: JournalValue>(_ key: String) throws(JournalTrouble) -> Value? {
    guard let value = members[key] else { return nil }
    do { return try Value(journal: value) } catch { throw JournalTrouble(why: "\(key): \(error.why)") }
  }

  /// A list, which is left out where it is empty.
  func list<Value: JournalValue>(_ key: String) throws(JournalTrouble) -> [Value] { try optional(key) ?? [] }
}

/// An object of the members that are there. A `nil` among them is JSON's null as often as none: both are left out.
func members(_ members: [String: JSONValue?]) -> JSONValue {
  .object(members.compactMapValues { $0 == .null ? Optional.none : $0 })
}

extension Array where Element: JournalValue {
  /// The list, or nothing where it is empty.
  var journalIfAny: JSONValue? { isEmpty ? nil : journal }
}

extension Array: JournalValue where Element: JournalValue {
  var journal: JSONValue { .array(map(\.journal)) }

  init(journal value: JSONValue) throws(JournalTrouble) {
    guard case .array(let elements) = value else { throw JournalTrouble(why: "a list is expected") }
    self = []
    reserveCapacity(elements.count)
    for element in elements { append(try Element(journal: element)) }
  }
}

extension Dictionary: JournalValue where Key == String, Value: JournalValue {
  var journal: JSONValue {
    .object(Dictionary<String, JSONValue>(map { ($0.key.cleanForJournal, $0.value.journal) }) { first, _ in first })
  }

  init(journal value: JSONValue) throws(JournalTrouble) {
    guard case .object(let members) = value else { throw JournalTrouble(why: "an object is expected") }
    self = [:]
    for (key, member) in members { self[key.cleanForJournal] = try Value(journal: member) }
  }
}

extension String: JournalValue {
  /// No text in a journal is longer than this many code points.
  static let journalLimit = 4_096

  var cleanForJournal: String { cleanText(self, limit: Self.journalLimit) }
  var journal: JSONValue { .string(cleanForJournal) }

  init(journal value: JSONValue) throws(JournalTrouble) {
    guard case .string(let text) = value else { throw JournalTrouble(why: "a text is expected") }
    self = text.cleanForJournal
  }
}

extension Bool: JournalValue {
  var journal: JSONValue { .bool(self) }

  init(journal value: JSONValue) throws(JournalTrouble) {
    guard case .bool(let flag) = value else { throw JournalTrouble(why: "true or false is expected") }
    self = flag
  }
}

extension FixedWidthInteger where Self: JournalValue {
  var journal: JSONValue { .integer(Int64(clamping: self)) }

  init(journal value: JSONValue) throws(JournalTrouble) {
    guard case .integer(let whole) = value, let number = Self(exactly: whole) else {
      throw JournalTrouble(why: "a whole number is expected")
    }
    self = number
  }
}

extension Int: JournalValue {
  /// Nothing that is counted is more than this: what is added up for the screen must not overflow.
  static let journalLimit: Int64 = 1_000_000_000

  init(journal value: JSONValue) throws(JournalTrouble) {
    guard case .integer(let whole) = value, whole.magnitude <= Self.journalLimit.magnitude else {
      throw JournalTrouble(why: "a whole number is expected, at most \(Self.journalLimit)")
    }
    self = Int(whole)
  }
}
extension UInt32: JournalValue {}
extension UInt64: JournalValue {}

extension RawRepresentable where Self: JournalValue, RawValue == String {
  var journal: JSONValue { .string(rawValue) }

  init(journal value: JSONValue) throws(JournalTrouble) {
    guard case .string(let text) = value, let known = Self(rawValue: text) else {
      throw JournalTrouble(why: "a word that this version does not know")
    }
    self = known
  }
}

/// One page of a list.
package struct ListPage: Sendable {
  package var objects: [StoredObject]
  /// The revision from which a watch carries on after the last page.
  package var revision: UInt64
  /// What to ask the next page with; nil on the last one.
  package var continueToken: ContinueToken?
  /// How many objects the further pages hold; nil when a selector hides it.
  package var remaining: Int?
}

/// Where the next page of a list starts: opaque to clients, hexadecimal on the wire.
package struct ContinueToken: Hashable, Sendable {
  /// The revision whose state all pages show; nil goes on with whatever there is when it is asked.
  var revision: UInt64?
  var last: ObjectName

  init(revision: UInt64?, last: ObjectName) {
    self.revision = revision
    self.last = last
  }

  init(text: String) throws(APIError) {
    let digits = text.compactMap(\.hexDigitValue)
    guard digits.count == text.count, digits.count.isMultiple(of: 2) else { throw Self.unreadable }
    let bytes = stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
    let parts = String(decoding: bytes, as: UTF8.self).split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 3, let revision = Int64(parts[0]), revision >= -1 else { throw Self.unreadable }
    self.init(
      revision: UInt64(exactly: revision), last: ObjectName(namespace: String(parts[1]), name: String(parts[2])))
  }

  var text: String {
    "\(revision.map(String.init) ?? "-1")/\(last.namespace)/\(last.name)".utf8
      .map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
      .joined()
  }

  private static let unreadable = APIError.badRequest("continue key is not valid: it is not one this server gave out")
}

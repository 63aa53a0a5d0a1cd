import Federation

/// A secret that a provider's API is asked with, in a header.
///
/// Never shows its secret: not in a description, not in a reflection.
package struct APIKey: Hashable, Sendable {
  /// For the request alone.
  let secret: String

  /// - Parameter text: what the key's file holds; white space around the key is left out.
  /// - Throws: ``ProviderError/Code/unauthorized`` for a text that no header can carry.
  package init(_ text: String) throws(ProviderError) {
    let bytes = Array(text.utf8)
    let key = bytes.drop(while: Self.isSpace).reversed().drop(while: Self.isSpace).reversed()
    guard !key.isEmpty, key.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      throw ProviderError(
        .unauthorized,
        "the API key is \(key.isEmpty ? "empty" : "not one word of plain characters"): put the key alone into its file")
    }
    secret = String(decoding: Array(key), as: UTF8.self)
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  /// A text from a server, harmless to show and without the key, should the server repeat it.
  func cleaned(_ text: String, limit: Int) -> String {
    cleanText(text.replacing(secret, with: "…"), limit: limit)
  }
}

extension APIKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "API key" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}

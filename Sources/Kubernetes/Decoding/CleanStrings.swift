import Federation
import JSON

/// The longest text that is kept of a name, a label or an address; the API allows 253 and 316 bytes.
private let longestText = 512

/// A text from a cluster that can be shown: plain printable ASCII passes at once, anything else is cleaned.
func cleanString(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
  var isPlain = bytes.count <= longestText
  for byte in bytes where byte < 0x20 || byte > 0x7E { isPlain = false }
  let text = String(decoding: bytes, as: UTF8.self)
  return isPlain ? text : cleanText(text, limit: longestText)
}

func cleaned(_ text: String) -> String { cleanText(text, limit: longestText) }

extension JSONReader {
  /// Reads a string that may reach the screen.
  mutating func cleanString() throws(JSONError) -> String {
    let text = try text()
    return text.hasEscapes ? cleaned(text.string) : Kubernetes.cleanString(text.bytes)
  }

  /// Reads an array of strings that may reach the screen; null is the empty one.
  mutating func cleanStrings() throws(JSONError) -> [String] {
    if try skipNull() { return [] }
    var strings: [String] = []
    try beginArray()
    while try nextElement() { strings.append(try cleanString()) }
    return strings
  }

  /// Skips the value of a key that is not the wanted one; the wanted one was null and is already read.
  mutating func skipValueUnlessRead(_ key: JSONText, _ wanted: StaticString) throws(JSONError) {
    if !(key == wanted) { try skipValue() }
  }
}

extension ProtobufReader {
  mutating func cleanString() throws(ProtobufError) -> String { Kubernetes.cleanString(try bytes().bytes) }
}

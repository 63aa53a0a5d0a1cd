/// The parameters after the question mark of a request's path, percent-decoded.
struct QueryParameters {
  private let values: [String: String]

  init(_ query: Substring) {
    var values: [String: String] = [:]
    for part in query.split(separator: "&") {
      let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      values[PercentCoding.decode(pair[0], plusIsSpace: true)] =
        pair.count > 1 ? PercentCoding.decode(pair[1], plusIsSpace: true) : ""
    }
    self.values = values
  }

  subscript(name: String) -> String? { values[name].flatMap { $0.isEmpty ? nil : $0 } }

  /// True for `1`, `true` and the bare name, as Kubernetes reads Boolean parameters.
  func isSet(_ name: String) -> Bool {
    guard let value = values[name] else { return false }
    return value != "false" && value != "0"
  }

  func integer(_ name: String) throws(APIError) -> Int? {
    guard let text = self[name] else { return nil }
    guard let value = Int(text), value >= 0 else { throw .badRequest("the parameter \(name) is no number: \(text)") }
    return value
  }
}

/// Percent-encoding (RFC 3986 section 2.1).
enum PercentCoding {
  /// Escapes that are not two hexadecimal digits stand for themselves.
  static func decode(_ text: Substring, plusIsSpace: Bool = false) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(plusIsSpace && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

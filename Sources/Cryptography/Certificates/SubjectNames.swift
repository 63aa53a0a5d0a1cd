/// What a server may be called by: the subject alternative names of its certificate.
package struct SubjectNames: Hashable, Sendable {
  package private(set) var dnsNames: [String] = []
  /// In text: `127.0.0.1`, `::1`.
  package private(set) var addresses: [String] = []

  package init() {}

  /// Adds a name or an address; false for what is neither.
  @discardableResult
  package mutating func add(_ name: String) -> Bool {
    let bytes = Array(name.utf8)
    guard !bytes.isEmpty, bytes.count <= 253 else { return false }
    let isHex = bytes.allSatisfy { Self.hexadecimal.contains($0) || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".") }
    let isAddress =
      name.contains(":")
      ? isHex : bytes.allSatisfy { Self.digits.contains($0) || $0 == UInt8(ascii: ".") } && name.contains(".")
    if isAddress {
      if !addresses.contains(name) { addresses.append(name) }
      return true
    }
    guard
      bytes.allSatisfy({
        Self.letters.contains($0) || Self.digits.contains($0) || $0 == UInt8(ascii: "-")
          || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "_")
      })
    else { return false }
    if !dnsNames.contains(name) { dnsNames.append(name) }
    return true
  }

  /// OpenSSL's notation; the names hold no character that it reads otherwise.
  var notation: String {
    (dnsNames.map { "DNS:\($0)" } + addresses.map { "IP:\($0)" }).joined(separator: ",")
  }

  private static let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
  private static let letters = Set(UInt8(ascii: "a")...UInt8(ascii: "z")).union(UInt8(ascii: "A")...UInt8(ascii: "Z"))
  private static let hexadecimal = Set("0123456789abcdefABCDEF".utf8)
}

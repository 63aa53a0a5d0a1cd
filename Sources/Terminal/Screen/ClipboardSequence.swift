/// The sequence that asks a terminal to fill the clipboard (OSC 52 of xterm's control sequences).
enum ClipboardSequence {
  static func bytes(_ text: String) -> [UInt8] {
    Array("\u{1B}]52;c;".utf8) + base64(Array(text.utf8)) + [7]
  }

  /// RFC 4648; twenty lines here against all of Foundation.
  static func base64(_ bytes: [UInt8]) -> [UInt8] {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var result: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      var bits = 0
      for offset in 0..<3 { bits = bits << 8 | (offset < group.count ? Int(group[start + offset]) : 0) }
      for offset in 0..<4 {
        result.append(offset <= group.count ? letters[bits >> (18 - 6 * offset) & 63] : UInt8(ascii: "="))
      }
    }
    return result
  }
}

/// Makes text from elsewhere harmless to show (rule clean-text).
///
/// Control characters (C0, DEL, C1), line and paragraph separators, bidirectional controls, zero-width characters,
/// variation selectors, tags and unassigned code points each become U+FFFD, so that it is visible that something stood
/// there. Text that is longer than `limit` code points is cut and ends in `…`. The result is one line, at most `limit`
/// code points long, and cleaning it again changes nothing.
package func cleanText(_ text: some StringProtocol, limit: Int) -> String {
  guard limit > 0 else { return "" }
  var isPlain = true
  var count = 0
  for byte in text.utf8 {
    count += 1
    guard (0x20...0x7E).contains(byte), count <= limit else {
      isPlain = false
      break
    }
  }
  if isPlain { return String(text) }
  var cleaned = String.UnicodeScalarView()
  var length = 0
  for scalar in text.unicodeScalars {
    guard length < limit else {
      cleaned.removeLast()
      cleaned.append("…")
      break
    }
    cleaned.append(isHarmful(scalar) ? "\u{FFFD}" : scalar)
    length += 1
  }
  return String(cleaned)
}

private func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
  if scalar.isASCII { return scalar.value < 0x20 || scalar.value == 0x7F }
  let properties = scalar.properties
  if properties.isDefaultIgnorableCodePoint || properties.isVariationSelector || properties.isBidiControl {
    return true
  }
  switch properties.generalCategory {
  case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: return true
  default: return false
  }
}

/// A code point in the usual four or more hexadecimal digits.
func hexadecimal(_ value: UInt32) -> String {
  let digits = String(value, radix: 16, uppercase: true)
  return String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
}

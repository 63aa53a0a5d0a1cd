/// Text from outside as it may appear in an error: one line, no control characters, of bounded length.
func clean(_ text: String) -> String {
  var result = ""
  for scalar in text.unicodeScalars.prefix(300) {
    let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || scalar.properties.isBidiControl
    result.unicodeScalars.append(isControl ? "\u{FFFD}" : scalar)
  }
  return result
}

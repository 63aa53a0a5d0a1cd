import HTTPTypes

extension HTTPFields {
  /// Adds a warning for the person at the client (RFC 7234 section 5.5, as Kubernetes uses it: code 299, no agent).
  mutating func append(warning text: String) {
    guard let name = HTTPField.Name("Warning") else { return }
    var quoted = ""
    for scalar in text.unicodeScalars where scalar.value >= 0x20 && scalar.value != 0x7F {
      if scalar == "\"" || scalar == "\\" { quoted.append("\\") }
      quoted.unicodeScalars.append(scalar)
    }
    append(HTTPField(name: name, value: "299 - \"\(quoted)\""))
  }
}

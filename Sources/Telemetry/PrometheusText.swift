/// This escapes a label's value as the Prometheus text format asks: backslash, double quote and line feed.
package func prometheusLabel(_ value: String) -> String {
  var text = ""
  for character in value {
    switch character {
    case "\\": text += "\\\\"
    case "\"": text += "\\\""
    case "\n": text += "\\n"
    default: text.append(character)
    }
  }
  return text
}

/// This writes metrics in the Prometheus text format, version 0.0.4
/// (<https://prometheus.io/docs/instrumenting/exposition_formats/>).
///
/// Families without samples are left out. Cost: one pass.
package func prometheusText(_ families: [MetricFamily]) -> String {
  var text = ""
  for family in families where !family.samples.isEmpty {
    text += "# HELP \(family.name) \(prometheusHelp(family.help))\n# TYPE \(family.name) \(family.type.rawValue)\n"
    for sample in family.samples {
      text += family.name + sample.suffix
      if !sample.labels.isEmpty {
        let labels = sample.labels.map { "\($0.name)=\"\(prometheusLabel($0.value))\"" }
        text += "{\(labels.joined(separator: ","))}"
      }
      text += " \(prometheusNumber(sample.value))\n"
    }
  }
  return text
}

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

/// Escapes a help line: backslash and line feed.
private func prometheusHelp(_ value: String) -> String {
  var text = ""
  for character in value {
    switch character {
    case "\\": text += "\\\\"
    case "\n": text += "\\n"
    default: text.append(character)
    }
  }
  return text
}

/// Writes whole numbers without a fraction, and what is no number in Go's words.
private func prometheusNumber(_ value: Double) -> String {
  if value.isNaN { return "NaN" }
  if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
  if value == value.rounded(), abs(value) < 9e15 { return String(Int64(value)) }
  return value.description
}

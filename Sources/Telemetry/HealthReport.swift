/// This says whether a process is live or ready, with a reason for each thing that was looked at.
package struct HealthReport: Sendable, Hashable {
  package var checks: [Check]

  package init(_ checks: [Check]) { self.checks = checks }

  /// One thing that was looked at.
  package struct Check: Sendable, Hashable {
    package var name: String
    package var isPassing: Bool
    /// One cleaned line.
    package var detail: String

    package init(_ name: String, _ isPassing: Bool, _ detail: String) {
      self.name = name
      self.isPassing = isPassing
      self.detail = detail
    }
  }

  /// Whether everything passes.
  package var isPassing: Bool { checks.allSatisfy(\.isPassing) }

  /// One line a check, as Kubernetes' own servers write them, and the verdict.
  package var text: String {
    let lines = checks.map {
      "[\($0.isPassing ? "+" : "-")]\($0.name) \($0.isPassing ? "ok" : "failed"): \($0.detail)\n"
    }
    return lines.joined() + (isPassing ? "ok\n" : "failed\n")
  }

  /// The same as one JSON object.
  package var json: String {
    let checks = checks.map {
      "{\"name\":\(quoted($0.name)),\"ok\":\($0.isPassing),\"detail\":\(quoted($0.detail))}"
    }
    return "{\"ok\":\(isPassing),\"checks\":[\(checks.joined(separator: ","))]}\n"
  }
}

/// A string as JSON writes it (RFC 8259 section 7).
func quoted(_ text: String) -> String {
  var quoted = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": quoted += "\\\""
    case "\\": quoted += "\\\\"
    case "\n": quoted += "\\n"
    case _ where scalar.value < 0x20:
      let digits = String(scalar.value, radix: 16)
      quoted += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
    default: quoted.unicodeScalars.append(scalar)
    }
  }
  return quoted + "\""
}

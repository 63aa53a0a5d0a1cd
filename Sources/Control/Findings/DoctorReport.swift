package import JSON

/// What `zonetop doctor` prints: each finding with its evidence and its cure.
package struct DoctorReport: Sendable {
  private let findings: [Finding]

  package init(_ snapshot: FederationSnapshot) { findings = snapshot.findings }

  /// Whether nothing but notes was found.
  package var isHealthy: Bool { findings.allSatisfy { $0.severity == .note } }

  /// Three lines a finding; one line where there is none.
  package var lines: [String] {
    if findings.isEmpty { return ["nothing found: every shard is healthy, every name is in step"] }
    return findings.flatMap { finding in
      [
        "\(finding.severity.rawValue)  \(finding.subject): \(finding.what)", "       seen  \(finding.evidence)",
        "       do    \(finding.cure)",
      ]
    }
  }

  /// The value of `-o json`.
  package var json: JSONValue {
    .array(
      findings.map { finding in
        [
          "severity": .string(finding.severity.rawValue), "subject": .string(finding.subject),
          "what": .string(finding.what), "evidence": .string(finding.evidence), "cure": .string(finding.cure),
        ]
      })
  }
}

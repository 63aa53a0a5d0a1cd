import Federation
import HTTPTransport

extension HostedZones {
  /// How much of a quota is used.
  package struct Usage: Hashable, Sendable {
    package var count: Int
    package var most: Int

    package init(count: Int, most: Int) {
      self.count = count
      self.most = most
    }

    /// Whether more than nine tenths are used: time to ask Amazon for more, before changes are refused.
    package var isNearlyFull: Bool { count * 10 > most * 9 }
  }

  /// The record sets of a zone, and how many it may have: 10,000 unless its owner had that raised.
  package func recordSets(of id: String) async throws(ProviderError) -> Usage {
    try await limit(
      "asking how many record sets the hosted zone \(cleanLine(id)) may have",
      "hostedzonelimit/\(percentEncoded(id))/MAX_RRSETS_BY_ZONE")
  }

  /// The hosted zones of the account, and how many it may have.
  package func hostedZones() async throws(ProviderError) -> Usage {
    try await limit("asking how many hosted zones the account may have", "accountlimit/MAX_HOSTED_ZONES_BY_OWNER")
  }

  private func limit(_ subject: String, _ path: String) async throws(ProviderError) -> Usage {
    let answer = try await client.send(Route53XML.LimitResponse.self, subject, path: "/2013-04-01/\(path)")
    return Usage(count: answer.Count, most: answer.Limit.Value)
  }
}

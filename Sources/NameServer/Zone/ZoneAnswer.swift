package import DNS

/// What a zone says to a question: an outcome and the records for the answer section, in chain order.
///
/// A negative outcome is sent with the zone's SOA in the authority section (RFC 2308).
package struct ZoneAnswer: Hashable, Sendable {
  package var outcome: Outcome
  package var records: [ResourceRecord]

  package enum Outcome: Hashable, Sendable {
    case answered
    /// The name at the end of the chain exists and holds nothing of the type.
    case noData
    /// The name at the end of the chain does not exist (RFC 6604: also when CNAMEs led there).
    case noSuchName
    /// The name asked for is not in this zone.
    case notAuthoritative
  }

  package init(_ outcome: Outcome, _ records: [ResourceRecord] = []) {
    self.outcome = outcome
    self.records = records
  }
}

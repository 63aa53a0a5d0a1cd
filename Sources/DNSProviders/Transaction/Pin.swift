package import DNS
package import Federation

/// What must be true of the zone for a transaction to happen: a fence around one mark, name or record set.
package enum Pin: Hashable, Sendable {
  /// The set holds exactly these records; the TTL does not matter (RFC 2136 section 2.4.2).
  case holds(HeldRecordSet)
  /// There is no set of the type at the name (section 2.4.3).
  case missing(DomainName, ResourceType)
  /// Nothing is at the name (section 2.4.5).
  case free(DomainName)

  package var name: DomainName {
    switch self {
    case .holds(let set): set.name
    case .missing(let name, _), .free(let name): name
    }
  }

  /// Why the pin does not hold for what is at its name, one line; nil when it holds.
  ///
  /// - Parameter held: all record sets at ``name``.
  package func violation(_ held: [HeldRecordSet]) -> String? {
    switch self {
    case .holds(let expected):
      guard let present = held.first(where: { $0.type == expected.type }) else {
        return "\(name) holds no \(expected.type.rawValue) record; expected was \(Self.text(expected))"
      }
      guard Set(present.data) != Set(expected.data) else { return nil }
      return "\(name) \(expected.type.rawValue) holds \(Self.text(present)); expected was \(Self.text(expected))"
    case .missing(_, let type):
      return held.first { ResourceType($0.type) == type }.map {
        "\(name) already holds \($0.type.rawValue) \(Self.text($0))"
      }
    case .free:
      return held.first.map { "\(name) already holds \($0.type.rawValue) \(Self.text($0))" }
    }
  }

  /// A record set as a person wants to see it: of a mark its generation and writer, of others their values.
  private static func text(_ set: HeldRecordSet) -> String {
    if case .txt(let strings)? = set.data.first,
      case .mark(let mark) = OwnershipMark.read(strings.map { String(decoding: $0, as: UTF8.self) }, at: set.name)
    {
      return "generation \(mark.generation) of \(cleanText(mark.federation, limit: 63)) by \(mark.writer)"
    }
    let values = RecordSet(set).values
    return cleanText(values.prefix(4).joined(separator: ", "), limit: 120) + (values.count > 4 ? ", …" : "")
  }
}

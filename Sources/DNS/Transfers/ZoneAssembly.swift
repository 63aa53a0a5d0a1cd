import Federation

/// Puts a zone together from the messages of a transfer and knows when it is whole.
struct ZoneAssembly: Sendable {
  /// No zone that zonetop is made for comes near; a server that sends without end must not fill the memory.
  static let mostRecords = 5_000_000

  private let zone: DomainName
  private let server: ServerAddress
  private var records: [ResourceRecord] = []
  private var messageCount = 0
  private var isWhole = false

  init(zone: DomainName, server: ServerAddress) {
    self.zone = zone
    self.server = server
  }

  var hasBegun: Bool { !records.isEmpty }

  /// Takes the next message; true once the closing SOA has come.
  mutating func add(_ message: Message) throws(DNSError) -> Bool {
    guard message.responseCode == .noError else {
      throw DNSError(
        .answered(message.responseCode),
        "\(server) answers \(message.responseCode) to the transfer of \(zone): allow it there (allow-transfer), or correct zone and key"
      )
    }
    messageCount += 1
    for record in message.answers {
      guard !isWhole else {
        isWhole = false
        throw incomplete("it has records after its closing SOA")
      }
      guard record.name.isSubdomain(of: zone) else { throw incomplete("it has a record outside of the zone") }
      switch record.data {
      case .soa where records.isEmpty:
        guard record.name == zone else { throw incomplete("it begins with the SOA of another zone") }
        records.append(record)
      case .soa(let soa):
        guard case .soa(let first) = records[0].data, record.name == zone, soa == first else {
          throw incomplete("the zone changed meanwhile")
        }
        isWhole = true
      default:
        guard !records.isEmpty else { throw incomplete("it does not begin with a SOA") }
        guard records.count < Self.mostRecords else { throw incomplete("it has more than \(Self.mostRecords) records") }
        records.append(record)
      }
    }
    if message.answers.isEmpty { throw incomplete("it has a message without records") }
    return isWhole
  }

  /// The zone; only when ``add(_:)`` has said that it is whole.
  func finish() throws(DNSError) -> ZoneTransfer {
    guard isWhole, case .soa(let soa)? = records.first?.data else { throw cutShort }
    return ZoneTransfer(
      zone: zone, startOfAuthority: soa, records: records, messageCount: messageCount, latency: .zero)
  }

  /// The connection ended first.
  var cutShort: DNSError { incomplete("the connection ended before its closing SOA, after \(records.count) records") }

  private func incomplete(_ why: String) -> DNSError {
    DNSError(.incomplete, "the transfer of \(zone) from \(server) cannot be used: \(why); nothing was read, try again")
  }
}

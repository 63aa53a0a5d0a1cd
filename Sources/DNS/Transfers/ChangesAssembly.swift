import Federation

/// Puts the answer to an IXFR together and knows what kind of answer it is and when it is whole (RFC 1995 section 4).
///
/// The first record is the SOA of the version that the server holds. Alone it says that there is nothing to tell; with
/// another SOA behind it the steps follow, with anything else the whole zone.
struct ChangesAssembly: Sendable {
  private let zone: DomainName
  private let known: StartOfAuthority
  private let server: ServerAddress
  private var newest: StartOfAuthority?
  /// Takes over once the answer has turned out to be the whole zone.
  private var whole: ZoneAssembly?
  /// A first message with the SOA alone, whose meaning the next one tells.
  private var first: Message?
  private var steps: [ZoneStep] = []
  private var recordCount = 0
  private var state = State.begun

  private enum State: Hashable {
    /// Nothing but the first SOA has come.
    case begun
    /// What goes, from this version on.
    case removing
    /// What comes, up to this version.
    case adding(StartOfAuthority)
    case done
  }

  init(zone: DomainName, known: StartOfAuthority, server: ServerAddress) {
    self.zone = zone
    self.known = known
    self.server = server
  }

  var hasBegun: Bool { newest != nil }

  /// Takes the next message; true once the answer is whole.
  mutating func add(_ message: Message) throws(DNSError) -> Bool {
    if whole != nil { return try addWhole(message) }
    guard message.responseCode == .noError else {
      throw DNSError(
        .answered(message.responseCode),
        "\(server) answers \(message.responseCode) to the question what has changed in \(zone)")
    }
    guard state != .done else { throw unusable("it goes on after its end") }
    guard !message.answers.isEmpty else { throw unusable("it has a message without records") }
    var records = message.answers[...]
    if newest == nil {
      guard case .soa(let soa) = records[0].data, records[0].name == zone else {
        throw unusable("it does not begin with the SOA of the zone")
      }
      newest = soa
      records = records.dropFirst()
      if records.isEmpty {
        first = message
        // Nothing can follow unless the server has something newer to tell.
        if !soa.isNewer(than: known) { state = .done }
        return state == .done
      }
    }
    if state == .begun, let next = records.first {
      guard case .soa(let soa) = next.data, soa != newest else {
        whole = ZoneAssembly(zone: zone, server: server)
        if let first { _ = try addWhole(first) }
        return try addWhole(message)
      }
      guard next.name == zone, soa.serial == known.serial else { throw unusable("it begins at another version") }
      steps.append(ZoneStep())
      state = .removing
      records = records.dropFirst()
    }
    for record in records { try add(record) }
    return state == .done
  }

  private mutating func addWhole(_ message: Message) throws(DNSError) -> Bool { try whole?.add(message) ?? false }

  private mutating func add(_ record: ResourceRecord) throws(DNSError) {
    guard record.name.isSubdomain(of: zone) else { throw unusable("it has a record outside of the zone") }
    recordCount += 1
    guard recordCount < ZoneAssembly.mostRecords else {
      throw unusable("it has more than \(ZoneAssembly.mostRecords) records")
    }
    guard case .soa(let soa) = record.data else {
      switch state {
      case .removing: steps[steps.count - 1].removed.append(record)
      case .adding: steps[steps.count - 1].added.append(record)
      case .begun, .done: throw unusable("it has records after its closing SOA")
      }
      return
    }
    guard record.name == zone else { throw unusable("it has the SOA of another zone") }
    switch state {
    case .removing: state = .adding(soa)
    case .adding(let reached) where reached == newest:
      guard soa == newest else { throw unusable("the zone changed meanwhile") }
      state = .done
    case .adding(let reached):
      guard soa.serial == reached.serial else { throw unusable("a version is left out") }
      steps.append(ZoneStep())
      state = .removing
    case .begun, .done: throw unusable("it has records after its closing SOA")
    }
  }

  /// What the answer says; only when ``add(_:)`` has said that it is whole.
  func finish() throws(DNSError) -> ZoneChanges {
    if let whole { return .whole(try whole.finish()) }
    guard state == .done, let newest else { throw cutShort }
    guard steps.isEmpty else { return .steps(steps, newest) }
    return newest.serial == known.serial ? .unchanged : .older
  }

  /// The connection ended first.
  var cutShort: DNSError { whole?.cutShort ?? unusable("the connection ended before its closing SOA") }

  private func unusable(_ why: String) -> DNSError {
    DNSError(
      .incomplete, "the changes of \(zone) from \(server) cannot be used: \(why); nothing was read, try again")
  }
}

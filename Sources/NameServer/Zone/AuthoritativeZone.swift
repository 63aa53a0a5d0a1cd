package import DNS
package import DNSProviders
package import Federation

/// A zone as its server of record holds it: a value that answers questions and takes whole commits.
///
/// It is pure: whoever serves it decides about locks and sockets. A lookup costs one hash of each name on the chain; a
/// change costs one hash for each label of its name. Names compare as ``DomainName`` does, so without regard to case.
package struct AuthoritativeZone: Sendable {
  package let apex: DomainName
  package private(set) var startOfAuthority: StartOfAuthority
  /// The targets of the NS records at the apex, sorted.
  package let nameServers: [DomainName]
  private var nodes: [DomainName: ZoneNode] = [:]

  /// A chain inside the zone is followed this far; what is longer is answered as far as it was followed.
  private static let longestChain = 16
  /// TTL of the NS records, in seconds.
  private static let nameServerTTL: UInt32 = 3_600

  /// Makes a zone that holds its SOA and NS records only.
  package init(apex: DomainName, startOfAuthority: StartOfAuthority, nameServers: [DomainName]) {
    self.apex = apex
    self.startOfAuthority = startOfAuthority
    self.nameServers = Set(nameServers).sorted()
  }

  /// Makes a zone with one name server, `ns.<apex>`.
  ///
  /// Negative answers may be cached for 5 seconds only: a name that was missing for a moment should not stay missing.
  package init(apex: DomainName, serial: UInt32 = 1) {
    let primary = DomainName(canonical: apex.isRoot ? "ns" : "ns.\(apex.text)")
    let mailbox = DomainName(canonical: apex.isRoot ? "hostmaster" : "hostmaster.\(apex.text)")
    self.init(
      apex: apex,
      startOfAuthority: StartOfAuthority(
        primary: primary, mailbox: mailbox, serial: serial, refresh: 3_600, retry: 600, expire: 604_800, minimum: 5),
      nameServers: [primary])
  }

  /// How many record sets it holds besides SOA and NS.
  package var count: Int { nodes.values.reduce(0) { $0 + $1.sets.count } }

  /// All its record sets besides SOA and NS, sorted by name and type.
  package var recordSets: [HeldRecordSet] { nodes.sorted { $0.key < $1.key }.flatMap(\.value.sets) }

  /// The SOA record, with the time that negative answers may be cached as its TTL.
  package var startOfAuthorityRecord: ResourceRecord {
    ResourceRecord(name: apex, ttl: startOfAuthority.minimum, data: .soa(startOfAuthority))
  }

  /// The NS records of the apex.
  package var nameServerRecords: [ResourceRecord] {
    nameServers.map { ResourceRecord(name: apex, ttl: Self.nameServerTTL, data: .ns($0)) }
  }

  /// Whether a name is the apex or lies below it.
  package func contains(_ name: DomainName) -> Bool { name.isSubdomain(of: apex) }

  /// The record set at a name, without following anything.
  package func recordSet(_ name: DomainName, _ type: RecordType) -> HeldRecordSet? { nodes[name]?[type] }

  /// All record sets at a name, sorted by type.
  package func recordSets(at name: DomainName) -> [HeldRecordSet] { nodes[name]?.sets ?? [] }

  /// Answers a question as RFC 1034 section 4.3.2 has it for a zone without delegations and wildcards.
  ///
  /// Type ANY is answered with one record set only (RFC 8482).
  package func answer(_ name: DomainName, _ type: ResourceType) -> ZoneAnswer {
    guard contains(name) else { return ZoneAnswer(.notAuthoritative) }
    if name == apex {
      if type == .soa || type == .any { return ZoneAnswer(.answered, [startOfAuthorityRecord]) }
      if type == .ns { return ZoneAnswer(.answered, nameServerRecords) }
    }
    let wanted = RecordType(type)
    var records: [ResourceRecord] = []
    var current = name
    for _ in 0..<Self.longestChain {
      guard let node = nodes[current] else { return ZoneAnswer(current == apex ? .noData : .noSuchName, records) }
      if let set = type == .any ? node.sets.first : wanted.flatMap({ node[$0] }) {
        records.append(contentsOf: set.records)
        return ZoneAnswer(.answered, records)
      }
      guard case .cname(let target)? = node[.cname]?.data.first else { return ZoneAnswer(.noData, records) }
      records.append(contentsOf: node[.cname]?.records ?? [])
      guard contains(target) else { break }
      current = target
    }
    return ZoneAnswer(.answered, records)
  }

  /// Removes and puts record sets in one step; all or nothing, judged by the state that it leaves behind.
  ///
  /// - Throws: ``ProviderError/Code/refused`` where a strict server would refuse; nothing has changed then.
  package mutating func replace(_ removals: [RecordKey], with sets: [HeldRecordSet]) throws(ProviderError) {
    var touched: [DomainName: ZoneNode] = [:]
    for name in removals.map(\.name) + sets.map(\.name) where !contains(name) {
      throw ProviderError(.refused, "\(name) is not in the zone \(apex)")
    }
    for key in removals { touched[key.name, default: nodes[key.name] ?? ZoneNode()].remove(key.type) }
    for set in sets {
      try check(set)
      touched[set.name, default: nodes[set.name] ?? ZoneNode()].put(set)
    }
    for (name, node) in touched.sorted(by: { $0.key < $1.key }) where node[.cname] != nil && node.sets.count > 1 {
      throw ProviderError(.refused, "\(name) would hold a CNAME beside other data, which DNS forbids (RFC 1034 3.6.2)")
    }
    for (name, node) in touched { store(node.sets, at: name) }
    startOfAuthority.serial &+= 1
  }

  private func check(_ set: HeldRecordSet) throws(ProviderError) {
    let what = "\(set.name) \(set.type.rawValue)"
    guard !set.data.isEmpty else { throw ProviderError(.refused, "\(what) would be an empty record set") }
    guard set.ttl <= 0x7FFF_FFFF else {
      throw ProviderError(.refused, "\(what) would have a TTL of \(set.ttl) s, above the 2147483647 s of RFC 2181")
    }
    guard set.type == .cname else { return }
    guard set.data.count == 1 else {
      throw ProviderError(.refused, "\(what) would point at \(set.data.count) names; a CNAME has one target")
    }
    guard set.name != apex else {
      throw ProviderError(.refused, "the apex \(apex) holds SOA and NS records and cannot be a CNAME")
    }
  }

  /// Stores what a name holds and keeps the counts above it, so that empty non-terminals come and go with it.
  private mutating func store(_ sets: [HeldRecordSet], at name: DomainName) {
    var node = nodes[name] ?? ZoneNode()
    let difference = (sets.isEmpty ? 0 : 1) - (node.sets.isEmpty ? 0 : 1)
    node.sets = sets
    nodes[name] = node.isNeeded ? node : nil
    guard difference != 0 else { return }
    var ancestor = name
    while ancestor != apex, let parent = ancestor.parent {
      ancestor = parent
      var above = nodes[ancestor] ?? ZoneNode()
      above.below += difference
      nodes[ancestor] = above.isNeeded ? above : nil
    }
  }
}

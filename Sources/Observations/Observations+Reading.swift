import Documents
import Federation

extension Observations {
  init(_ node: DocumentNode) throws(DocumentError) {
    var fields = try node.mapping()
    let now = try fields.optional("now").map(timestamp) ?? Timestamp(seconds: 0)
    let federation = try federation(try fields.required("federation"))
    let limits = try fields.optional("safety").map(Observations.limits) ?? .default
    let clusters = try clusters(try fields.required("clusters"))
    services = try Observations.services(try fields.required("services"), clusters: Set(clusters.map(\.name)))
    let hosts = try fields.optional("hosts").map(Observations.hosts) ?? [:]
    var cordons: [Cordon] = []
    for element in try fields.optional("cordons")?.sequence() ?? [] { cordons.append(try cordon(element, now: now)) }
    published = []
    var seen: Set<RecordKey> = []
    for element in try fields.optional("published")?.sequence() ?? [] {
      let entry = try publishedSet(element)
      guard seen.insert(entry.recordSet.key).inserted else {
        throw element.error(
          "\(entry.recordSet.name.text) \(entry.recordSet.type.rawValue) is given twice: join the values")
      }
      published.append(entry)
    }
    try fields.finish()
    context = PlanningContext(
      federation: federation, clusters: clusters, limits: limits, cordons: cordons, hosts: hosts, now: now,
      overrides: [])
  }

  private static func limits(_ node: DocumentNode) throws(DocumentError) -> SafetyLimits {
    var fields = try node.mapping()
    var limits = SafetyLimits.default
    if let value = fields.optional("massChangeShare") { limits.massChangeShare = try value.number(in: 0...1) }
    if let value = fields.optional("healthChangeShare") { limits.healthChangeShare = try value.number(in: 0...1) }
    if let value = fields.optional("observerLossShare") { limits.observerLossShare = try value.number(in: 0...1) }
    if let value = fields.optional("unreachableAfter") { limits.unreachableAfter = try value.duration() }
    if let value = fields.optional("minimumHealthyZones") {
      limits.minimumHealthyZones = try value.integer(in: 0...10_000)
    }
    try fields.finish()
    return limits
  }

  private static func services(_ node: DocumentNode, clusters: Set<String>) throws(DocumentError) -> [FederatedService]
  {
    var services: [FederatedService] = []
    var seen: Set<ServiceKey> = []
    for element in try node.sequence() {
      var fields = try element.mapping()
      let key = ServiceKey(
        namespace: try fields.required("namespace").string(), name: try fields.required("name").string())
      guard seen.insert(key).inserted else {
        throw element.error("service \(shown(key.description)) is given twice: keep one")
      }
      let ttl = try fields.optional("ttl").map(seconds)
      let isDeleted = try fields.optional("deleted")?.boolean() ?? false
      var shards: [Shard] = []
      var placed: Set<String> = []
      for shardNode in try fields.optional("shards")?.sequence() ?? [] {
        let shard = try shard(shardNode)
        guard clusters.contains(shard.cluster) else {
          throw shardNode.error("cluster \(shown(shard.cluster)) is not among the clusters: add it or correct the name")
        }
        guard placed.insert(shard.cluster).inserted else {
          throw shardNode.error("cluster \(shown(shard.cluster)) has two shards of one service: join them")
        }
        shards.append(shard)
      }
      try fields.finish()
      services.append(FederatedService(key: key, ttl: ttl, isDeleted: isDeleted, shards: shards))
    }
    return services
  }

  private static func hosts(_ node: DocumentNode) throws(DocumentError) -> [String: [IPAddress]] {
    var hosts: [String: [IPAddress]] = [:]
    for (key, value) in try node.entries() {
      var addresses: [IPAddress] = []
      for element in try value.sequence() {
        guard let address = IPAddress(try element.string()) else {
          throw element.error("an IP address is expected here")
        }
        addresses.append(address)
      }
      var host = key.lowercased()
      if host.hasSuffix(".") { host.removeLast() }
      hosts[host] = addresses
    }
    return hosts
  }
}

private func federation(_ node: DocumentNode) throws(DocumentError) -> Federation {
  var fields = try node.mapping()
  let name = try fields.required("name").nonemptyString()
  let domain = try domainName(try fields.required("domain"))
  guard !domain.isRoot else {
    throw node.error("the federation needs a domain below the root: write one, such as example.com")
  }
  let ttl = try fields.optional("ttl").map(seconds) ?? 180
  let layout = try fields.optional("nameLayout")?.choice(NameLayout.self) ?? .flat
  try fields.finish()
  return Federation(name: name, domain: domain, ttl: ttl, nameLayout: layout)
}

private func clusters(_ node: DocumentNode) throws(DocumentError) -> [Cluster] {
  var clusters: [Cluster] = []
  var seen: Set<String> = []
  for element in try node.sequence() {
    var fields = try element.mapping()
    let name = try fields.required("name").nonemptyString()
    guard seen.insert(name).inserted else { throw element.error("cluster \(shown(name)) is given twice: keep one") }
    // An empty region or zone is no mistake of the file but a fact to judge: the plan refuses that cluster alone.
    let region = try fields.optional("region")?.string() ?? ""
    let zones = try fields.optional("zones")?.strings() ?? []
    let condition = try fields.optional("condition")?.choice(ClusterCondition.self) ?? .ready
    try fields.finish()
    clusters.append(Cluster(name: name, region: region, zones: Set(zones).sorted(), condition: condition))
  }
  return clusters
}

private func shard(_ node: DocumentNode) throws(DocumentError) -> Shard {
  var fields = try node.mapping()
  let cluster = try fields.required("cluster").string()
  let addresses = try fields.optional("addresses")?.strings() ?? []
  let ready = try fields.optional("readyEndpoints")?.integer(in: 0...1_000_000_000) ?? 0
  let total = try fields.optional("totalEndpoints")?.integer(in: 0...1_000_000_000) ?? ready
  try fields.finish()
  return Shard(cluster: cluster, addresses: addresses, readyEndpoints: ready, totalEndpoints: total)
}

private func cordon(_ node: DocumentNode, now: Timestamp) throws(DocumentError) -> Cordon {
  var fields = try node.mapping()
  let kindNode = try fields.required("kind")
  let kind = try kindNode.choice(Cordon.Kind.self)
  let targetNode = try fields.required("target")
  let target: CordonTarget
  do { target = try CordonTarget(try targetNode.string()) } catch let error as CordonTargetError {
    throw targetNode.error(error.description)
  } catch let error as DocumentError { throw error } catch { throw targetNode.error("a scope is expected here") }
  var service: ServiceKey?
  if let value = fields.optional("service") {
    guard let key = ServiceKey(try value.string()) else {
      throw value.error("a service is expected here, written NAMESPACE/NAME")
    }
    service = key
  }
  let expires = try fields.optional("expires").map(timestamp) ?? now + .seconds(3_600)
  let created = try fields.optional("created").map(timestamp) ?? now
  let reason = try fields.optional("reason")?.string() ?? ""
  let holder = try fields.optional("holder")?.string() ?? ""
  try fields.finish()
  return Cordon(
    kind: kind, target: target, service: service, reason: reason, holder: holder, created: created, expires: expires)
}

private func publishedSet(_ node: DocumentNode) throws(DocumentError) -> PublishedRecordSet {
  var fields = try node.mapping()
  let name = try domainName(try fields.required("name"))
  let type = try fields.required("type").choice(RecordType.self)
  let ttl = try fields.optional("ttl").map(seconds) ?? 180
  var values: [String] = []
  for element in try fields.required("values").sequence() { values.append(try value(element, type)) }
  guard !values.isEmpty else { throw node.error("a record set has at least one value: add one or remove the set") }
  let owner = try fields.optional("owner")?.string()
  try fields.finish()
  return PublishedRecordSet(recordSet: RecordSet(name: name, type: type, ttl: ttl, values: values), owner: owner)
}

private func value(_ node: DocumentNode, _ type: RecordType) throws(DocumentError) -> String {
  let text = try node.string()
  switch type {
  case .txt: return text
  case .cname: return try domainName(node).text
  case .a, .aaaa:
    guard let address = IPAddress(text), address.recordType == type else {
      throw node.error("an \(type == .a ? "IPv4" : "IPv6") address is expected here")
    }
    return address.description
  }
}

private func domainName(_ node: DocumentNode) throws(DocumentError) -> DomainName {
  let text = try node.string()
  do { return try DomainName(text) } catch { throw node.error(error.description) }
}

private func seconds(_ node: DocumentNode) throws(DocumentError) -> UInt32 {
  UInt32(truncatingIfNeeded: try node.integer(in: 0...2_147_483_647))
}

private func timestamp(_ node: DocumentNode) throws(DocumentError) -> Timestamp {
  guard let moment = Timestamp(try node.string()) else {
    throw node.error("a time is expected here, such as 2026-01-01T00:00:00Z")
  }
  return moment
}

/// A text from the file as a message may show it.
private func shown(_ text: String) -> String { cleanText(text, limit: 80) }

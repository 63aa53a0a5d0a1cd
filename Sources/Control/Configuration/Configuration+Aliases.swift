internal import Documents
internal import Federation

extension Configuration {
  /// Reads `aliases`: `{ name, target: { service: NAMESPACE/NAME, zone or region }, ttl }`.
  static func aliases(
    _ node: DocumentNode?, federation: Federation, dns: DNSSettings
  ) throws(DocumentError) -> [Alias] {
    var aliases: [Alias] = []
    var seen: Set<DomainName> = []
    for item in try node?.sequence() ?? [] {
      var fields = try item.mapping()
      let nameNode = try fields.required("name")
      let name = try aliasName(nameNode, federation: federation, zone: dns.zone(federation))
      guard seen.insert(name).inserted else {
        throw nameNode.error("the alias \(name) is declared twice; a name leads to one place")
      }
      let (service, target) = try self.target(try fields.required("target"), federation: federation)
      let ttl = try fields.optional("ttl")?.integer(in: 1...604_800)
      try fields.finish()
      aliases.append(Alias(name: name, service: service, target: target, ttl: ttl.map { UInt32($0) }))
    }
    return aliases
  }

  private static func aliasName(
    _ node: DocumentNode, federation: Federation, zone: DomainName
  ) throws(DocumentError) -> DomainName {
    let name = try domainName(node)
    guard name.isSubdomain(of: zone) else {
      throw node.error(
        "\(name) is not in the zone \(zone), which the configured provider serves; an alias in another zone needs a "
          + "provider for that zone, which this version does not know: choose a name below \(zone)")
    }
    guard !federation.domain.isSubdomain(of: name) else {
      throw node.error("\(name) holds the federation's names, and a CNAME bears nothing beside it; choose another name")
    }
    guard ManagedNames(federation: federation).inHierarchy(name) == nil, !OwnershipMark.isMarkName(name) else {
      throw node.error("\(name) is one of the names that zonetop makes by itself; choose another name")
    }
    guard name.labels.first != "*" else {
      throw node.error("\(name) would answer for every name that is missing; declare the names that are meant")
    }
    return name
  }

  private static func target(
    _ node: DocumentNode, federation: Federation
  ) throws(DocumentError) -> (ServiceKey, Alias.Target) {
    var fields = try node.mapping()
    let serviceNode = try fields.required("service")
    let text = try serviceNode.nonemptyString()
    guard let service = ServiceKey(text) else {
      throw serviceNode.error("\"\(cleanLine(text))\" is no service; write NAMESPACE/NAME, such as mynamespace/nginx")
    }
    let regionNode = fields.optional("region")
    let region = try regionNode.map(label)
    let zone = try fields.optional("zone").map(label)
    try fields.finish()
    guard let zone else { return (service, region.map { .region($0) } ?? .global) }
    if let regionNode, federation.nameLayout == .flat {
      throw regionNode.error("the target has both zone and region; keep the level that the alias is to lead to")
    }
    return (service, .zone(zone, region: region))
  }

  private static func label(_ node: DocumentNode) throws(DocumentError) -> String {
    let text = try node.nonemptyString()
    guard Alias.Target.isLabel(text) else {
      throw node.error(
        "\"\(cleanLine(text))\" cannot be one label of a name; write a zone or region as clusters have it")
    }
    return text.lowercased()
  }
}

extension DNSSettings {
  /// The zone that names can be written to, as far as the configuration tells: where a provider looks for its zone, only
  /// the federation's domain is known to lie in it.
  fileprivate func zone(_ federation: Federation) -> DomainName {
    switch provider {
    case .rfc2136(let settings): settings.zone
    case .powerdns(let settings): settings.zone
    case .coredns(let settings): settings.zone
    case .embedded, .route53, .googleCloudDNS: federation.domain
    }
  }
}

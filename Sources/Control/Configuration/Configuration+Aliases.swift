internal import Documents
internal import Federation

extension Configuration {
  /// The section `aliases`: `{ name, target: { service: NAMESPACE/NAME, zone or region }, ttl, dns }`.
  ///
  /// `dns` stands at an alias in another zone than the federation's, and serves further aliases in that zone too.
  struct Aliases {
    private(set) var aliases: [Alias] = []
    private(set) var zones: [AliasZone] = []
    private let federation: Federation
    private let zone: DomainName

    init(_ node: DocumentNode?, folder: String, federation: Federation, dns: DNSSettings) throws(DocumentError) {
      self.federation = federation
      zone = dns.zone(holding: federation.domain)
      var seen: Set<DomainName> = []
      for item in try node?.sequence() ?? [] {
        var fields = try item.mapping()
        let nameNode = try fields.required("name")
        let name = try aliasName(nameNode)
        guard seen.insert(name).inserted else {
          throw nameNode.error("the alias \(name) is declared twice; a name leads to one place")
        }
        let (service, target) = try Self.target(try fields.required("target"), federation: federation)
        let ttl = try fields.optional("ttl")?.integer(in: 1...604_800)
        if let section = fields.optional("dns") { try add(section, folder: folder, holding: name) }
        try fields.finish()
        guard let home = ([zone] + zones.map(\.zone)).filter(name.isSubdomain).max(by: Self.isShorter) else {
          throw nameNode.error(
            "\(name) is not in the zone \(zone), which the configured provider serves; give it a dns section of its own "
              + "with the provider of its zone")
        }
        guard name != home || zones.contains(where: { $0.zone == home && !$0.dns.namesZone }) else {
          throw nameNode.error("\(name) is the zone itself, which cannot be an alias; choose a name below it")
        }
        aliases.append(Alias(name: name, service: service, target: target, ttl: ttl.map { UInt32($0) }))
      }
    }

    private static func isShorter(_ one: DomainName, _ other: DomainName) -> Bool {
      one.text.utf8.count < other.text.utf8.count
    }

    private mutating func add(_ node: DocumentNode, folder: String, holding name: DomainName) throws(DocumentError) {
      var owner = federation
      owner.domain = name
      let dns = try DNSSettings(node, folder: folder, federation: owner)
      if case .embedded = dns.provider {
        throw node.error("the embedded provider serves the federation's zone alone; name the provider of another zone")
      }
      let found = dns.zone(holding: name)
      guard found != zone, !zones.contains(where: { $0.zone == found }) else {
        throw node.error("the zone \(found) has its provider already; keep one dns section for each zone")
      }
      zones.append(AliasZone(zone: found, dns: dns))
    }

    private func aliasName(_ node: DocumentNode) throws(DocumentError) -> DomainName {
      let name = try domainName(node)
      guard !federation.domain.isSubdomain(of: name) else {
        throw node.error(
          "\(name) holds the federation's names, and a CNAME bears nothing beside it; choose another name")
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
      let region = try regionNode.map(Self.label)
      let zone = try fields.optional("zone").map(Self.label)
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
}

extension DNSSettings {
  /// Whether the configuration itself says which zone it is.
  fileprivate var namesZone: Bool {
    switch provider {
    case .rfc2136, .powerdns, .coredns: true
    case .embedded, .route53, .googleCloudDNS: false
    }
  }

  /// The zone that names can be written to, as far as the configuration tells: where a provider looks for its zone, only
  /// the name that it is to hold is known to lie in it.
  fileprivate func zone(holding name: DomainName) -> DomainName {
    switch provider {
    case .rfc2136(let settings): settings.zone
    case .powerdns(let settings): settings.zone
    case .coredns(let settings): settings.zone
    case .embedded, .route53, .googleCloudDNS: name
    }
  }
}

internal import DNS
internal import Documents
internal import Federation

/// The providers that the configuration may name.
private enum ProviderName: String, CaseIterable {
  case rfc2136, route53, googleCloudDNS, powerdns, coredns, embedded
}

extension DNSSettings {
  /// Reads the `dns` section; the section of each provider may stand there, the one that is named is used.
  init(_ node: DocumentNode, folder: String, federation: Federation) throws(DocumentError) {
    var fields = try node.mapping()
    let choice = try fields.required("provider")
    let name = try choice.choice(ProviderName.self)
    var rfc2136: RFC2136Settings?
    if let section = fields.optional("rfc2136") {
      rfc2136 = try RFC2136Settings(section, folder: folder, federation: federation)
    }
    // Sections of providers that are not used may stay in the file.
    for other in ["route53", "googleCloudDNS", "powerdns", "coredns"] { _ = fields.optional(other) }
    var servers: [ServerAddress] = []
    for server in try fields.optional("nameServers")?.sequence() ?? [] { servers.append(try serverAddress(server)) }
    try fields.finish()
    nameServers = servers
    switch name {
    case .rfc2136:
      guard let rfc2136 else { throw choice.error("provider rfc2136 needs a section rfc2136 with servers and zone") }
      provider = .rfc2136(rfc2136)
    case .embedded: provider = .embedded
    case .route53, .googleCloudDNS, .powerdns, .coredns:
      throw choice.error("provider \(name.rawValue) comes with a later version; use rfc2136 or embedded")
    }
  }
}

extension RFC2136Settings {
  fileprivate init(_ node: DocumentNode, folder: String, federation: Federation) throws(DocumentError) {
    var fields = try node.mapping()
    let list = try fields.required("servers")
    var servers: [ServerAddress] = []
    for server in try list.sequence() { servers.append(try serverAddress(server)) }
    guard !servers.isEmpty else { throw list.error("servers is empty; name at least one ADDRESS:PORT") }
    let zoneNode = fields.optional("zone")
    let zone =
      try zoneNode.map { node throws(DocumentError) in try Configuration.domainName(node) } ?? federation.domain
    guard federation.domain == zone || federation.domain.isSubdomain(of: zone) else {
      throw (zoneNode ?? node).error("the zone \(zone) does not hold the federation's domain \(federation.domain)")
    }
    let tsig = try fields.optional("tsig").map { node throws(DocumentError) in try TSIGSettings(node, folder: folder) }
    try fields.finish()
    self.init(servers: servers, zone: zone, tsig: tsig)
  }
}

extension TSIGSettings {
  fileprivate init(_ node: DocumentNode, folder: String) throws(DocumentError) {
    var fields = try node.mapping()
    let name = try Configuration.domainName(try fields.required("name"))
    let algorithmNode = fields.optional("algorithm")
    let algorithm = try algorithmNode?.nonemptyString() ?? "hmac-sha256"
    guard TransactionKey.algorithm(named: algorithm) != nil else {
      throw (algorithmNode ?? node).error(
        "\"\(cleanLine(algorithm))\" is no TSIG algorithm here; use hmac-sha256, hmac-sha384 or hmac-sha512")
    }
    let file = try fields.required("secretFile").nonemptyString()
    try fields.finish()
    self.init(name: name, algorithm: algorithm, secretFile: file.hasPrefix("/") ? file : "\(folder)/\(file)")
  }
}

func serverAddress(_ node: DocumentNode) throws(DocumentError) -> ServerAddress {
  let text = try node.nonemptyString()
  guard let address = ServerAddress(text) else {
    throw node.error("\"\(cleanLine(text))\" is no server; write ADDRESS:PORT with an IP address, such as 127.0.0.1:53")
  }
  return address
}

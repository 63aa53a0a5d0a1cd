internal import DNS
internal import Documents
internal import Federation

/// The providers that the configuration may name.
private enum ProviderName: String, CaseIterable {
  case rfc2136, route53, googleCloudDNS, powerdns, coredns, embedded
}

extension DNSSettings {
  /// Reads the `dns` section; the section of each provider may stand there and is checked, the one that is named is used.
  init(_ node: DocumentNode, folder: String, federation: Federation) throws(DocumentError) {
    var fields = try node.mapping()
    let choice = try fields.required("provider")
    let name = try choice.choice(ProviderName.self)
    let rfc2136 = try fields.optional("rfc2136").map { node throws(DocumentError) in
      try RFC2136Settings(node, folder: folder, federation: federation)
    }
    let route53 = try fields.optional("route53").map { node throws(DocumentError) in try Route53Settings(node) }
    let cloudDNS = try fields.optional("googleCloudDNS").map { node throws(DocumentError) in
      try CloudDNSSettings(node, folder: folder)
    }
    let powerdns = try fields.optional("powerdns").map { node throws(DocumentError) in
      try PowerDNSSettings(node, folder: folder, federation: federation)
    }
    let coredns = try fields.optional("coredns").map { node throws(DocumentError) in
      try CoreDNSSettings(node, folder: folder, federation: federation)
    }
    var servers: [ServerAddress] = []
    for server in try fields.optional("nameServers")?.sequence() ?? [] { servers.append(try serverAddress(server)) }
    try fields.finish()
    nameServers = servers
    func section<Value>(_ value: Value?, _ keys: String) throws(DocumentError) -> Value {
      guard let value else {
        throw choice.error("provider \(name.rawValue) needs a section \(name.rawValue) with \(keys)")
      }
      return value
    }
    switch name {
    case .embedded: provider = .embedded
    case .rfc2136: provider = .rfc2136(try section(rfc2136, "servers and zone"))
    // Everything in these two can be found out.
    case .route53: provider = .route53(route53 ?? Route53Settings())
    case .googleCloudDNS: provider = .googleCloudDNS(cloudDNS ?? CloudDNSSettings())
    case .powerdns: provider = .powerdns(try section(powerdns, "url and apiKeyFile"))
    case .coredns: provider = .coredns(try section(coredns, "endpoints"))
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
    let zone = try Control.zone(fields.optional("zone"), federation)
    let tsig = try fields.optional("tsig").map { node throws(DocumentError) in try TSIGSettings(node, folder: folder) }
    let notify = try fields.optional("notify").map { node throws(DocumentError) in try serverAddress(node) }
    try fields.finish()
    self.init(servers: servers, zone: zone, tsig: tsig, notify: notify)
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
    self.init(name: name, algorithm: algorithm, secretFile: path(file, in: folder))
  }
}

/// The zone that a section names; the federation's domain without one.
func zone(_ node: DocumentNode?, _ federation: Federation) throws(DocumentError) -> DomainName {
  guard let node else { return federation.domain }
  let zone = try Configuration.domainName(node)
  guard federation.domain.isSubdomain(of: zone) else {
    throw node.error("the zone \(zone) does not hold the federation's domain \(federation.domain)")
  }
  return zone
}

/// A file that a section names, seen from the configuration's folder.
func path(_ file: String, in folder: String) -> String { file.hasPrefix("/") ? file : "\(folder)/\(file)" }

func serverAddress(_ node: DocumentNode) throws(DocumentError) -> ServerAddress {
  let text = try node.nonemptyString()
  guard let address = ServerAddress(text) else {
    throw node.error("\"\(cleanLine(text))\" is no server; write ADDRESS:PORT with an IP address, such as 127.0.0.1:53")
  }
  return address
}

internal import DNS
package import Documents
internal import Federation

extension Configuration {
  /// Reads the configuration file; every key is known or an error with its line and column.
  ///
  /// - Parameters:
  ///   - text: YAML, or JSON, which is YAML too.
  ///   - name: the file's name, for errors; relative files in it are resolved against its folder.
  package init(text: String, name: String) throws(DocumentError) {
    let root = try DocumentNode.parse(text, name: name)
    var fields = try root.mapping()
    federation = try Self.federation(try fields.required("federation"))
    api = try Self.api(try fields.required("api"), folder: Self.folder(of: name))
    clusters = []
    for node in try fields.optional("clusters")?.sequence() ?? [] { clusters.append(try Self.member(node)) }
    var seen: Set<String> = []
    for member in clusters where !seen.insert(member.context).inserted {
      throw root.error("clusters: the context \(member.context) is listed twice; list each cluster once")
    }
    services = try Self.services(fields.optional("services"))
    dns = try DNSSettings(try fields.required("dns"), folder: Self.folder(of: name), federation: federation)
    let safety = try Safety(fields.optional("safety"))
    self.safety = safety.limits
    lease = safety.lease
    probes = safety.probes
    let declared = try Aliases(
      fields.optional("aliases"), folder: Self.folder(of: name), federation: federation, dns: dns)
    aliases = declared.aliases
    aliasZones = declared.zones
    dashboard = try Self.dashboard(fields.optional("dashboard"))
    telemetry = try fields.optional("telemetry").map { node throws(DocumentError) in
      var section = try node.mapping()
      let address = try serverAddress(try section.required("listen"))
      try section.finish()
      return address
    }
    try fields.finish()
  }

  private static func federation(_ node: DocumentNode) throws(DocumentError) -> Federation {
    var fields = try node.mapping()
    let name = try fields.required("name")
    let label = try name.nonemptyString()
    guard (try? DomainName("\(label).example")) != nil, !label.contains(".") else {
      throw name.error("\"\(cleanLine(label))\" cannot be a DNS label; use letters, digits and hyphens")
    }
    let domainNode = try fields.required("domain")
    let domain = try domainName(domainNode)
    let ttl = try fields.optional("ttl")?.integer(in: 1...604_800) ?? 180
    let layout = try fields.optional("nameLayout")?.choice(NameLayout.self) ?? .flat
    try fields.finish()
    return Federation(name: label.lowercased(), domain: domain, ttl: UInt32(ttl), nameLayout: layout)
  }

  static func domainName(_ node: DocumentNode) throws(DocumentError) -> DomainName {
    let text = try node.nonemptyString()
    do { return try DomainName(text) } catch { throw node.error("\(error)") }
  }

  private static func api(_ node: DocumentNode, folder: String) throws(DocumentError) -> API {
    var fields = try node.mapping()
    if let embedded = fields.optional("embedded") {
      if let context = fields.optional("context") {
        throw context.error("api has both embedded and context; keep the one where your services live")
      }
      try fields.finish()
      return .embedded(try EmbeddedAPISettings(embedded, folder: folder))
    }
    let context = try fields.required("context").nonemptyString()
    try fields.finish()
    return .context(context)
  }

  private static func member(_ node: DocumentNode) throws(DocumentError) -> Member {
    var fields = try node.mapping()
    let context = try fields.required("context").nonemptyString()
    let region = try fields.optional("region")?.nonemptyString()
    let zones = try fields.optional("zones")?.strings() ?? []
    try fields.finish()
    return Member(context: context, region: region, zones: zones)
  }

  private static func services(_ node: DocumentNode?) throws(DocumentError) -> ServiceSelection {
    guard let node else { return ServiceSelection(selector: nil, namespaces: []) }
    var fields = try node.mapping()
    var selector: LabelSelector?
    if let selectorNode = fields.optional("selector") {
      let text = try selectorNode.string()
      do { selector = try LabelSelector(text) } catch { throw selectorNode.error(error.description) }
    }
    let namespaces = try fields.optional("namespaces")?.strings() ?? []
    try fields.finish()
    return ServiceSelection(selector: selector, namespaces: namespaces)
  }

  private static func dashboard(_ node: DocumentNode?) throws(DocumentError) -> DashboardSettings {
    guard let node else { return DashboardSettings(theme: nil, environment: nil) }
    var fields = try node.mapping()
    let theme = try fields.optional("theme")?.nonemptyString()
    let environment = try fields.optional("environment")?.nonemptyString()
    var keys: [String: String] = [:]
    for (name, node) in try fields.optional("keys")?.entries() ?? [] { keys[name] = try node.nonemptyString() }
    let bell = try fields.optional("bell")?.boolean() ?? false
    try fields.finish()
    return DashboardSettings(theme: theme, environment: environment.map { cleanLine($0) }, keys: keys, bell: bell)
  }

  private static func folder(of name: String) -> String {
    guard let slash = name.lastIndex(of: "/") else { return "." }
    return slash == name.startIndex ? "/" : String(name[..<slash])
  }
}

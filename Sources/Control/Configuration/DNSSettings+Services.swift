internal import Documents
internal import Federation

/// The sections of providers that are reached by HTTP.
extension Route53Settings {
  init(_ node: DocumentNode) throws(DocumentError) {
    var fields = try node.mapping()
    hostedZone = try fields.optional("hostedZone")?.nonemptyString()
    profile = try fields.optional("profile")?.nonemptyString()
    endpoint = try fields.optional("endpoint").map { node throws(DocumentError) in try url(node) }
    try fields.finish()
  }
}

extension CloudDNSSettings {
  init(_ node: DocumentNode, folder: String) throws(DocumentError) {
    var fields = try node.mapping()
    project = try fields.optional("project")?.nonemptyString()
    managedZone = try fields.optional("managedZone")?.nonemptyString()
    credentialsFile = try fields.optional("credentialsFile")?.nonemptyString()
    credentialsFile = credentialsFile.map { path($0, in: folder) }
    endpoint = try fields.optional("endpoint").map { node throws(DocumentError) in try url(node) }
    try fields.finish()
  }
}

extension PowerDNSSettings {
  init(_ node: DocumentNode, folder: String, federation: Federation) throws(DocumentError) {
    var fields = try node.mapping()
    url = try Control.url(try fields.required("url"))
    server = try fields.optional("server")?.nonemptyString() ?? "localhost"
    zone = try Control.zone(fields.optional("zone"), federation)
    apiKeyFile = path(try fields.required("apiKeyFile").nonemptyString(), in: folder)
    certificateAuthorityFile = try fields.optional("caFile")?.nonemptyString()
    certificateAuthorityFile = certificateAuthorityFile.map { path($0, in: folder) }
    try fields.finish()
  }
}

extension CoreDNSSettings {
  init(_ node: DocumentNode, folder: String, federation: Federation) throws(DocumentError) {
    var fields = try node.mapping()
    let list = try fields.required("endpoints")
    var endpoints: [String] = []
    for endpoint in try list.sequence() { endpoints.append(try url(endpoint)) }
    guard !endpoints.isEmpty else { throw list.error("endpoints is empty; name at least one http://HOST:PORT") }
    self.endpoints = endpoints
    prefix = try fields.optional("prefix")?.nonemptyString() ?? "/skydns"
    zone = try Control.zone(fields.optional("zone"), federation)
    let userNode = fields.optional("user")
    user = try userNode?.nonemptyString()
    func file(_ key: String) throws(DocumentError) -> String? {
      try fields.optional(key)?.nonemptyString()
    }
    passwordFile = try file("passwordFile").map { path($0, in: folder) }
    if let userNode, passwordFile == nil { throw userNode.error("user needs passwordFile beside it") }
    certificateAuthorityFile = try file("caFile").map { path($0, in: folder) }
    clientCertificateFile = try file("certFile").map { path($0, in: folder) }
    clientKeyFile = try file("keyFile").map { path($0, in: folder) }
    guard (clientCertificateFile == nil) == (clientKeyFile == nil) else {
      throw node.error("certFile and keyFile belong together; write both or neither")
    }
    try fields.finish()
  }
}

/// A base URL, without the slash at its end.
private func url(_ node: DocumentNode) throws(DocumentError) -> String {
  var text = try node.nonemptyString()
  while text.hasSuffix("/") { text.removeLast() }
  guard let scheme = ["http://", "https://"].first(where: text.hasPrefix), text.utf8.count > scheme.utf8.count else {
    throw node.error("\"\(cleanLine(text))\" is no address of a service; write http://HOST:PORT or https://HOST")
  }
  return text
}

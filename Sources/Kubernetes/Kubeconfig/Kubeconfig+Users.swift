import Documents
import HTTPTransport
import JSON

extension Kubeconfig {
  /// What a user's entry says: who to be.
  func addUser(_ entry: Entry, cluster: Entry, to access: inout ClusterAccess) async throws {
    var fields = try entry.node.mapping()
    access.tls.clientCertificate = try await material(
      data: fields.optional("client-certificate-data"), file: fields.optional("client-certificate"),
      folder: entry.folder, what: "the client certificate")
    access.tls.clientKey = try await material(
      data: fields.optional("client-key-data"), file: fields.optional("client-key"), folder: entry.folder,
      what: "the client key")
    guard (access.tls.clientCertificate == nil) == (access.tls.clientKey == nil) else {
      throw fields.error("a client certificate and its key belong together: one of them is missing")
    }
    // As in kubectl: a file wins over the text beside it, and either wins over a plugin.
    if let file = fields.optional("tokenFile"), try !file.string().isEmpty {
      access.credential = .tokenFile(path: Kubeconfig.path(try file.string(), folder: entry.folder))
    } else if let token = fields.optional("token"), try !token.string().isEmpty {
      access.credential = .token(try Kubeconfig.token(token))
    } else if let exec = fields.optional("exec") {
      access.credential = .exec(try Kubeconfig.plugin(exec, folder: entry.folder, cluster: cluster))
    } else if let name = fields.optional("username"), try !name.string().isEmpty {
      throw name.error("user name and password are not supported, nor by Kubernetes since 1.19: use a token")
    } else if let provider = fields.optional("auth-provider") {
      throw provider.error("auth-provider is gone since Kubernetes 1.26: use an exec plugin")
    }
    if let name = fields.optional("as") { access.impersonation.append(try Kubeconfig.header("User", name)) }
    for group in try fields.optional("as-groups")?.sequence() ?? [] {
      access.impersonation.append(try Kubeconfig.header("Group", group))
    }
  }

  private static func token(_ node: DocumentNode) throws(DocumentError) -> String {
    let token = try node.string()
    guard token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      throw node.error("the token holds characters that cannot be sent")
    }
    return token
  }

  private static func header(_ name: String, _ node: DocumentNode) throws(DocumentError) -> HTTPHeader {
    let value = try node.nonemptyString()
    guard value.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) else {
      throw node.error("this name holds characters that cannot be sent")
    }
    return HTTPHeader("Impersonate-\(name)", value)
  }

  private static func plugin(
    _ node: DocumentNode, folder: String, cluster: Entry
  ) throws(DocumentError) -> ExecPlugin {
    var fields = try node.mapping()
    let versionNode = try fields.required("apiVersion")
    guard ExecPlugin.apiVersions.contains(try versionNode.string()) else {
      throw versionNode.error("one of \(ExecPlugin.apiVersions.joined(separator: ", ")) is expected here")
    }
    var command = try fields.required("command").nonemptyString()
    // As in kubectl: a bare name is looked for in PATH, a relative path starts from the file's folder.
    if command.contains("/") { command = path(command, folder: folder) }
    var plugin = ExecPlugin(apiVersion: try versionNode.string(), command: command)
    plugin.arguments = try fields.optional("args")?.strings() ?? []
    for variable in try fields.optional("env")?.sequence() ?? [] {
      var pair = try variable.mapping()
      plugin.environment[try pair.required("name").nonemptyString()] = try pair.required("value").string()
    }
    plugin.installHint = try fields.optional("installHint")?.string()
    plugin.providesClusterInfo = try fields.optional("provideClusterInfo")?.boolean() ?? false
    if let mode = fields.optional("interactiveMode"), try mode.string() == "Always" {
      throw mode.error("a plugin that must ask at the terminal cannot be used here: run it beforehand")
    }
    if plugin.providesClusterInfo { plugin.clusterConfig = try execExtension(of: cluster) }
    return plugin
  }

  private static func execExtension(of cluster: Entry) throws(DocumentError) -> JSONValue? {
    var fields = try cluster.node.mapping()
    for element in try fields.optional("extensions")?.sequence() ?? [] {
      var pair = try element.mapping()
      guard try pair.required("name").string() == "client.authentication.k8s.io/exec" else { continue }
      return try pair.optional("extension").map(json)
    }
    return nil
  }

  /// A document's value as JSON; plain words are taken as YAML 1.2 takes them.
  private static func json(_ node: DocumentNode) throws(DocumentError) -> JSONValue {
    if node.isNull { return .null }
    if let entries = try? node.entries() {
      var members: [String: JSONValue] = [:]
      for (key, value) in entries { members[key] = try json(value) }
      return .object(members)
    }
    if let elements = try? node.sequence() {
      var values: [JSONValue] = []
      for element in elements { values.append(try json(element)) }
      return .array(values)
    }
    if let flag = try? node.boolean() { return .bool(flag) }
    if let whole = try? node.integer(in: Int.min...Int.max) { return .integer(Int64(whole)) }
    return .string(try node.string())
  }
}

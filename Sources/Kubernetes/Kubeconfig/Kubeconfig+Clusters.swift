import Documents
import HTTPTransport

extension Kubeconfig {
  /// What a cluster's entry says: where it is and whom to trust.
  func clusterAccess(_ entry: Entry) async throws -> ClusterAccess {
    var fields = try entry.node.mapping()
    let serverNode = try fields.required("server")
    var access = ClusterAccess(server: try Kubeconfig.server(serverNode))
    access.tls.certificateAuthority = try await material(
      data: fields.optional("certificate-authority-data"), file: fields.optional("certificate-authority"),
      folder: entry.folder, what: "the certificate authority")
    if let name = try fields.optional("tls-server-name")?.string(), !name.isEmpty { access.tls.serverName = name }
    if let skips = fields.optional("insecure-skip-tls-verify"), try skips.boolean() {
      guard access.tls.certificateAuthority == nil else {
        throw skips.error("insecure-skip-tls-verify and a certificate authority exclude one another: remove one")
      }
      access.tls.verification = .none
    }
    if let proxy = fields.optional("proxy-url"), try !proxy.string().isEmpty {
      let url = try proxy.string()
      guard ["http://", "https://", "socks5://", "socks5h://"].contains(where: { url.hasPrefix($0) }) else {
        throw proxy.error("proxy-url must start with http://, https:// or socks5://")
      }
      access.proxy = url
    }
    return access
  }

  private static func server(_ node: DocumentNode) throws(DocumentError) -> String {
    var server = try node.nonemptyString()
    while server.hasSuffix("/") { server.removeLast() }
    let host = server.drop { $0 != "/" }.dropFirst(2).prefix { $0 != "/" }
    guard server.hasPrefix("https://") || server.hasPrefix("http://"), !host.isEmpty else {
      throw node.error("the server must be a URL such as https://host:6443")
    }
    guard server.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), !server.contains("?"), !server.contains("#"),
      !host.contains("@")
    else { throw node.error("the server's URL may not hold spaces, a query or credentials") }
    return server
  }

  /// PEM that stands in the entry as base64, or in a file that it names; data wins over a file.
  func material(
    data: DocumentNode?, file: DocumentNode?, folder: String, what: String
  ) async throws -> [UInt8]? {
    let found: (bytes: [UInt8], node: DocumentNode)
    if let data, try !data.string().isEmpty {
      guard let bytes = base64Decoded(try data.string()) else { throw data.error("\(what) is not valid base64") }
      found = (bytes, data)
    } else if let file, try !file.string().isEmpty {
      let path = Kubeconfig.path(try file.string(), folder: folder)
      switch await fileContents(path) {
      case .success(let bytes): found = (bytes, file)
      case .failure(let error): throw file.error("\(what) cannot be read from \(path): \(error.reason)")
      }
    } else {
      return nil
    }
    guard String(decoding: found.bytes, as: UTF8.self).contains("-----BEGIN ") else {
      throw found.node.error("\(what) is not PEM (-----BEGIN …)")
    }
    return found.bytes
  }

  static func path(_ path: String, folder: String) -> String {
    path.hasPrefix("/") ? path : "\(folder)/\(path)"
  }
}

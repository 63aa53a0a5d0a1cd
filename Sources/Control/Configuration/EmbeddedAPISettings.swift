package import DNS
internal import Documents
internal import Federation

/// Where the embedded federation API listens and keeps its objects.
package struct EmbeddedAPISettings: Sendable, Hashable {
  package var listen: ServerAddress
  /// Resolved against the configuration file's folder; nil takes the user's state folder.
  package var store: String?
}

extension EmbeddedAPISettings {
  init(_ node: DocumentNode, folder: String) throws(DocumentError) {
    listen = Self.standard
    // `embedded:` alone takes every default.
    if node.isNull { return }
    var fields = try node.mapping()
    if let listenNode = fields.optional("listen") {
      let text = try listenNode.nonemptyString()
      guard let address = ServerAddress(text), text.hasSuffix(":\(address.port)") else {
        throw listenNode.error("\"\(cleanLine(text))\" is no ADDRESS:PORT; write 127.0.0.1:8443 or [::1]:8443")
      }
      listen = address
    }
    if let path = try fields.optional("store")?.nonemptyString() {
      store = path.hasPrefix("/") ? path : "\(folder)/\(path)"
    }
    try fields.finish()
  }

  /// 127.0.0.1:8443.
  package static let standard = ServerAddress(address: .v4(0x7F00_0001), port: 8443)
}

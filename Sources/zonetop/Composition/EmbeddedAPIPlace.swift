import Control
import Cryptography
import DNS
import Federation

/// Where an embedded API listens and keeps its objects.
struct EmbeddedAPIPlace: Sendable {
  /// An IP address.
  var host: String
  /// 0 lets the kernel choose.
  var port: Int
  /// The path of the store; its keys lie beside it in `STORE.pki`.
  var store: String

  init(host: String, port: Int, store: String) {
    self.host = host
    self.port = port
    self.store = store
  }

  /// What the configuration says, with the user's state folder where it names no store.
  init(_ settings: EmbeddedAPISettings) throws {
    self.init(
      host: settings.listen.address.description, port: Int(settings.listen.port),
      store: try settings.store ?? Self.standardStore())
  }

  /// Reads `ADDRESS:PORT`.
  init(listen text: String, store: String) throws {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard let last = parts.last, let port = UInt16(last),
      let address = ServerAddress(port == 0 ? "\(text.dropLast())1" : text)
    else {
      throw Failure(.usage, "--listen \(cleanLine(text)): write ADDRESS:PORT, such as 127.0.0.1:8443 or [::]:8443")
    }
    self.init(host: address.address.description, port: Int(port), store: store)
  }

  /// `$XDG_STATE_HOME/zonetop/federation.sqlite`.
  static func standardStore() throws -> String {
    guard let folder = StateFolder.path else {
      throw Failure(
        .failed, "there is no state folder to keep the store in; name one with --store or api.embedded.store")
    }
    return "\(folder)/federation.sqlite"
  }

  /// Makes the folder of the store where it is missing.
  func makeFolder() throws {
    let folder = store.lastIndex(of: "/").map { String(store[..<$0]) } ?? "."
    try SecretFile.makeFolder(folder.isEmpty ? "/" : folder)
  }

  /// How a client on this machine calls it.
  func url(port: Int) -> String {
    switch host {
    case "0.0.0.0": "https://127.0.0.1:\(port)"
    case "::": "https://[::1]:\(port)"
    default: "https://\(host.contains(":") ? "[\(host)]" : host):\(port)"
    }
  }

  /// What its certificate is good for: this machine by every name that it is surely called by.
  var names: SubjectNames {
    var names = SubjectNames()
    for name in ["localhost", SystemIdentity.host, "127.0.0.1", "::1"] { names.add(name) }
    if !["0.0.0.0", "::"].contains(host) { names.add(host) }
    return names
  }
}

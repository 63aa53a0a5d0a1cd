import Federation
import Glibc
import JSON

/// A file with credentials of any kind; it is read anew for every token, so that a key that is replaced counts at once.
struct GoogleCredentialsFile: GoogleTokenSource {
  let who: String
  private let path: String
  private let api: ProviderAPI

  /// More than any credentials have.
  private static let mostBytes = 1 << 20

  /// - Throws: when it cannot be read or used now.
  init(_ path: String, api: ProviderAPI) throws(ProviderError) {
    self.path = path
    self.api = api
    who = try Self.source(path, api).who
  }

  func token(at now: Timestamp) async throws(ProviderError) -> GoogleToken {
    try await Self.source(path, api).token(at: now)
  }

  private static func source(_ path: String, _ api: ProviderAPI) throws(ProviderError) -> any GoogleTokenSource {
    let place = "file \(cleanText(path, limit: 160))"
    let bytes = try contents(of: path)
    // What the parser says of a broken file may quote it.
    guard let json = try? JSONValue.parse(bytes), json.object != nil else {
      throw ProviderError(.unauthorized, "\(place): it is no JSON object; download or create the credentials anew")
    }
    return try source(json, place: place, api)
  }

  private static func source(
    _ json: JSONValue, place: String, _ api: ProviderAPI
  ) throws(ProviderError) -> any GoogleTokenSource {
    switch json["type"]?.string {
    case "service_account": return try GoogleServiceAccount(json, place: place, api: api)
    case "authorized_user": return try GoogleUser(json, place: place, api: api)
    case "external_account":
      let account = try GoogleExternalAccount(json, place: place, api: api)
      guard let url = json["service_account_impersonation_url"]?.string else { return account }
      return GoogleImpersonation(url: url, source: account, api: api)
    case "impersonated_service_account":
      let source = try source(json["source_credentials"] ?? .null, place: place, api)
      return GoogleImpersonation(
        url: try json.text("service_account_impersonation_url", place), source: source, api: api)
    case let other:
      throw ProviderError(
        .unauthorized,
        "\(place): its type is \(other.map { cleanText($0, limit: 60) } ?? "not given"), which zonetop does not know: use a service account's key, a user's credentials or workload identity federation"
      )
    }
  }

  /// The bytes of a small ordinary file.
  static func contents(of path: String) throws(ProviderError) -> [UInt8] {
    let place = "file \(cleanText(path, limit: 160))"
    // A pipe would never be read to its end.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw ProviderError(.unauthorized, "\(place) cannot be read: \(String(cString: strerror(errno)))")
    }
    defer { close(descriptor) }
    var facts = stat()
    guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
      throw ProviderError(.unauthorized, "\(place) is no ordinary file: name the file with the credentials")
    }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 16_384)
    while bytes.count <= mostBytes {
      let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else {
        throw ProviderError(.unauthorized, "\(place) cannot be read: \(String(cString: strerror(errno)))")
      }
      if count == 0 { return bytes }
      bytes += buffer[..<count]
    }
    throw ProviderError(.unauthorized, "\(place) is too large to hold credentials: name the file with the credentials")
  }
}

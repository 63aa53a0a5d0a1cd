import HTTPTypes
import Hummingbird
import NIOCore
import NIOSSL

/// Lets a request in or refuses it before its body is read.
struct RequestGate {
  let access: AccessControl?
  let endpoint: APIEndpoint

  /// A request that was let in.
  struct Pass {
    /// Nil where the server is open to all.
    var caller: Caller?
    var path: Substring
    /// What it asks for, or why that does not exist.
    var target: Result<APITarget, APIError>
    /// Why the caller may not create the object that an apply may find missing; nil for one who may.
    var creationRefusal: APIError?
  }

  /// - Parameter path: without the endpoint's prefix.
  /// - Throws: 401 or 403.
  func admit(
    _ request: Request, path: Substring, isWatch: Bool, on channel: any Channel
  ) async throws(APIError) -> Pass {
    let target = Result { () throws(APIError) in try APITarget(path: path, catalog: endpoint.catalog) }
    guard let access else { return Pass(caller: nil, path: path, target: target) }
    let shown = try? await channel.nioSSL_peerCertificate().get()
    let caller = try access.authenticator.caller(
      certificate: try? shown?.toDERBytes(), authorization: request.headers[.authorization],
      unixSeconds: endpoint.clock.unixSeconds)
    if let field = request.headers.first(where: { $0.name.canonicalName.hasPrefix("impersonate-") }) {
      throw .impersonation(of: field.value, by: caller)
    }
    let method = request.method.rawValue
    var pass = Pass(caller: caller, path: path, target: target)
    switch target {
    case .success(let target):
      try access.check(AccessRequest(method: method, target: target, path: path, isWatch: isWatch), by: caller)
      // An apply of what is there needs no more than a patch does; whether it is there is known when it is carried out.
      if method == "PATCH", request.headers[.contentType]?.lowercased().hasPrefix("application/apply-patch") == true,
        case .object(_, _, nil) = target
      {
        var creation = AccessRequest(method: method, target: target, path: path, isWatch: false)
        creation.verb = "create"
        do throws(APIError) { try access.check(creation, by: caller) } catch { pass.creationRefusal = error }
      }
    case .failure: try access.check(AccessRequest(method: method, path: path), by: caller)
    }
    return pass
  }
}

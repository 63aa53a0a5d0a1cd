import Federation
import JSON

/// What etcd's answers mean, as lines that a person can act on.
///
/// The gateway answers an error with a status that depends on its version, and with the gRPC code and etcd's own words
/// in the body; the words decide, then the code.
struct EtcdErrors: Sendable {
  var subject: String
  var user: String?
  /// The keys that the user must be able to read and write.
  var realm: String

  /// Codes of gRPC.
  private enum Code {
    static let unknown: Int64 = 2
    static let deadlineExceeded: Int64 = 4
    static let resourceExhausted: Int64 = 8
    static let `internal`: Int64 = 13
    static let unavailable: Int64 = 14
  }

  func judge(_ answer: ProviderAnswer) -> ProviderCall.Judgement {
    // Its body is read once, by whoever asked.
    guard answer.status != 200 else { return .done }
    let body = answer.json
    let words = body?["error"]?.string ?? body?["message"]?.string ?? ""
    if let judgement = known(words) { return judgement }
    let text = words.isEmpty ? "HTTP status \(answer.status)" : cleanText(words, limit: 120)
    switch body?["code"]?.integer {
    case Code.resourceExhausted: return .throttled(error(.throttled, "\(text): etcd asks to wait"))
    case Code.unavailable, Code.deadlineExceeded, Code.unknown, Code.internal:
      return .doubtful(error(.unreachable, "\(text): see etcd's log"))
    default: break
    }
    switch answer.status {
    case 429: return .throttled(error(.throttled, "\(text): etcd asks to wait"))
    case 401, 403: return .failed(error(.unauthorized, "\(text): correct the credentials"))
    case 404:
      return .failed(
        error(
          .refused, "\(text): no JSON gateway is there; etcd 3.4 and later have one unless --enable-grpc-gateway=false")
      )
    case 500...: return .doubtful(error(.unreachable, "\(text): see etcd's log"))
    default: return .failed(error(.refused, text))
    }
  }

  private func known(_ words: String) -> ProviderCall.Judgement? {
    let who = user.map { "the user \(cleanText($0, limit: 60))" } ?? "whoever has no user"
    func says(_ part: String) -> Bool { words.contains(part) }
    // No credentials are needed: the answer has no token, and none is sent.
    if says("authentication is not enabled") { return .done }
    if says("invalid auth token") || says("revision of auth store is old") {
      return .expired(error(.unauthorized, "etcd does not take the token of \(who) any more, nor a new one"))
    }
    if says("permission denied") {
      return .failed(
        error(
          .unauthorized,
          "etcd denies it to \(who) (permission denied): grant a role of that user readwrite on the prefix \(realm) (etcdctl role grant-permission ROLE --prefix=true readwrite \(realm))"
        ))
    }
    if says("authentication failed") {
      return .failed(error(.unauthorized, "etcd does not know \(who) with this password: correct user or password"))
    }
    if says("user name is empty") || says("user name not found") {
      return .failed(error(.unauthorized, "etcd wants a user: configure one with a role on the prefix \(realm)"))
    }
    if says("too many operations") {
      return .failed(
        error(
          .refused,
          "the change has more operations than etcd takes in one transaction, and it is all or nothing: raise etcd's --max-txn-ops, or give the service fewer addresses"
        ))
    }
    if says("request is too large") || says("message larger than max") {
      return .failed(
        error(
          .refused,
          "the change is larger than etcd takes, and it is all or nothing: raise etcd's --max-request-bytes, or give the service fewer addresses"
        ))
    }
    if says("database space exceeded") {
      return .failed(
        error(
          .refused,
          "etcd's database is full: compact and defragment it, then etcdctl alarm disarm; or raise --quota-backend-bytes"
        ))
    }
    if says("future revision") {
      return .failed(error(.fenced, "somebody else has written since; nothing was changed"))
    }
    if says("has been compacted") {
      return .failed(error(.incomplete, "etcd dropped the revision while it was read (compacted): read again"))
    }
    if says("no leader") { return .busy(error(.unreachable, "etcd has no leader just now")) }
    return nil
  }

  private func error(_ code: ProviderError.Code, _ text: String) -> ProviderError {
    ProviderError(code, "\(subject): \(text)")
  }
}

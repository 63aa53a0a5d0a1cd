import Logging

/// Writes down who changed what: one line for every change that was carried out for a caller.
struct AccessLog {
  var logger: Logger

  /// Leases and events are renewed all the time by programs; they are told at level debug.
  func note(_ info: RequestInfo, _ target: Result<APITarget, APIError>) {
    guard let caller = info.caller, !["GET", "HEAD"].contains(info.method), case .success(let target) = target else {
      return
    }
    let kind: ResourceKind
    switch target {
    case .collection(let of, _): kind = of
    case .object(let of, _, _): kind = of
    default: return
    }
    guard kind.isStored else { return }
    let isRoutine = ["leases", "events"].contains(kind.plural)
    // The path is that of an object that exists, so it holds nothing but names.
    logger.log(
      level: isRoutine ? .debug : .info, "\(info.method) \(info.path)",
      metadata: ["user": "\(caller.user)", "dryRun": "\(info.query["dryRun"] != nil)"])
  }
}

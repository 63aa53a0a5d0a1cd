internal import Federation
internal import Logging

extension ControlCore {
  /// What a log line says of an event besides its sentence: the service, generation, rule and cluster concerned.
  func logMetadata(of event: Event) -> Logger.Metadata {
    var metadata: Logger.Metadata = ["kind": "\(event.kind.rawValue)", "subject": "\(event.subject)"]
    switch event.kind {
    case .up, .down:
      let parts = event.subject.split(separator: "/", maxSplits: 1)
      if parts.count == 2, members[String(parts[0])] != nil {
        metadata["cluster"] = "\(parts[0])"
        metadata["service"] = "\(parts[1])"
      }
    case .cluster: metadata["cluster"] = "\(event.subject)"
    case .applied, .error:
      guard let key = ServiceKey(event.subject), let entry = services[key] else { break }
      metadata["service"] = "\(key)"
      if let generation = entry.mark?.generation { metadata["generation"] = "\(generation)" }
    case .held:
      if let rule = event.message.split(separator: ":").first.flatMap({ SafetyRule(rawValue: String($0)) }) {
        metadata["rule"] = "\(rule.rawValue)"
      }
    default: break
    }
    return metadata
  }
}

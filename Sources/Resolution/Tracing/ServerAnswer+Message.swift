import DNS
import Federation

extension ServerAnswer.Content {
  /// What a message says of one name by itself: the rest of a chain in the same message is somebody's convenience, and
  /// is asked for again at the next hop.
  ///
  /// - Returns: the content and its TTL; for a negative answer the time it may be cached (RFC 2308 section 5).
  static func read(_ message: Message, at name: DomainName, _ type: RecordType) -> (ServerAnswer.Content, ttl: UInt32) {
    guard message.responseCode == .noError || message.responseCode == .nameError else {
      return (.failure(message.responseCode.description), 0)
    }
    let own = message.answers.filter { $0.name == name && $0.resourceClass == .internet }
    var values: Set<String> = []
    var ttl = UInt32.max
    for record in own {
      switch record.data {
      case .cname(let target) where type != .cname: return (.cname(target), record.ttl)
      case .cname(let target): values.insert(target.text)
      case .address(let address) where address.recordType == type: values.insert(address.description)
      case .txt(let strings) where type == .txt:
        values.insert(cleanText(String(decoding: strings.joined(), as: UTF8.self), limit: 1_024))
      default: continue
      }
      ttl = min(ttl, record.ttl)
    }
    if !values.isEmpty { return (.addresses(values.sorted()), ttl) }
    let negative = negativeTTL(message)
    if message.responseCode == .nameError { return (.noSuchName, negative) }
    let isReferral = !message.flags.contains(.authoritative) && message.authorities.contains { $0.type == .ns }
    return isReferral ? (.failure("refers to other servers: it does not hold the name"), 0) : (.noData, negative)
  }

  private static func negativeTTL(_ message: Message) -> UInt32 {
    for record in message.authorities {
      if case .soa(let soa) = record.data { return min(record.ttl, soa.minimum) }
    }
    return 0
  }
}

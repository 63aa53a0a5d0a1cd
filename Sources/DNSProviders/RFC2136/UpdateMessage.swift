import DNS
import Federation

extension Message {
  /// One UPDATE with all pins of a transaction as prerequisites and all its steps, deletes before adds at each name.
  ///
  /// BIND and Knot answer NOERROR to an A beside a CNAME and pass over it, so the order within a name is not a matter
  /// of taste.
  static func update(zone: DomainName, _ transaction: Transaction, id: UInt16) -> Message {
    var prerequisites: [ResourceRecord] = []
    for pin in transaction.pins {
      switch pin {
      case .holds(let set): prerequisites += set.data.map { .existsExactly(set.name, $0) }
      case .missing(let name, let type): prerequisites.append(.isMissing(name, type))
      case .free(let name): prerequisites.append(.nameIsFree(name))
      }
    }
    var updates: [ResourceRecord] = []
    for step in transaction.steps {
      updates += step.removals.map { .deleteSet(step.name, ResourceType($0)) }
      updates += step.additions.flatMap(\.records)
    }
    return .update(zone: zone, prerequisites: prerequisites, updates: updates, id: id)
  }
}

extension ProviderError {
  /// What a server's answer to an update means; nil when it did it.
  init?(updateAnswer code: ResponseCode, zone: DomainName, server: ServerAddress) {
    switch code {
    case .noError: return nil
    case .recordSetMissing, .recordSetExists, .nameExists, .nameError:
      self.init(
        .fenced,
        "\(server) holds something else than was planned on (\(code)): somebody else has written; nothing was changed, plan anew"
      )
    case .refused:
      self.init(
        .unauthorized, "\(server) refuses updates of \(zone) (REFUSED): allow them to this key (BIND: allow-update)")
    case .notAuthoritative:
      self.init(
        .unauthorized,
        "\(server) is not authoritative for \(zone), or knows not this key (NOTAUTH): correct the zone, server or key")
    case .notImplemented:
      self.init(.refused, "\(server) takes no updates (NOTIMP): use a primary server that speaks RFC 2136")
    case .notZone:
      self.init(.refused, "\(server): a name is not in the zone \(zone) (NOTZONE): correct the configuration")
    default:
      self.init(
        .refused,
        "\(server) could not apply the update (\(code)): its log says why (BIND: perhaps max-records-per-type)")
    }
  }
}

import Federation
import Synchronization

/// The names at which the last whole read found sets of which nothing is served.
///
/// Asked for one name, PowerDNS (4.7) is silent about what is disabled there. So names are only asked for one by one
/// after a whole read, and not those where that found something disabled. What somebody switches off is noticed with
/// the next whole read, which comes every few seconds.
final class ParkedNames: Sendable {
  private let names = Mutex<Set<DomainName>?>(nil)

  func learn(from zone: PowerDNSZone) { names.withLock { $0 = Set(zone.disabled.map(\.name)) } }

  /// Whether nothing disabled is at any of the names, as far as is known; false before the first whole read.
  func areKnownNotToBe(_ asked: Set<DomainName>) -> Bool { names.withLock { $0?.isDisjoint(with: asked) ?? false } }
}

package import Federation

/// A commit of which nobody knows whether it was done.
struct DoubtfulCommit: Sendable, Hashable {
  /// The mark that stands if it was.
  var next: OwnershipMark?
  var removals: Removals
}

/// What was taken out of DNS within one window, and has not come back (rule mass-change).
///
/// A shard that flaps takes the same address away again and again; it counts once, and not at all once it is back.
package struct RemovalLedger: Sendable, Hashable {
  /// How long removals count together.
  package static let length: Duration = .seconds(300)

  package private(set) var window: RemovalWindow
  private let began: Timestamp
  private var missing: [ServiceKey: Set<String>] = [:]

  /// - Parameter published: addresses published by all services, each counted once a service.
  package init(published: Int, at now: Timestamp) {
    window = RemovalWindow(published: published)
    began = now
  }

  package func isOver(at now: Timestamp) -> Bool { now - began >= Self.length }

  /// Notes a commit: what its plan took away, and which addresses the service published before and after.
  package mutating func note(
    _ removals: Removals, of service: ServiceKey, before: Set<String>, after: Set<String>
  ) {
    var outstanding = missing[service] ?? []
    let again = before.subtracting(after).intersection(outstanding).count
    let restored = outstanding.intersection(after)
    outstanding.subtract(restored)
    outstanding.formUnion(before.subtracting(after))
    missing[service] = outstanding.isEmpty ? nil : outstanding
    window.add(removals)
    window.published += max(0, after.count - before.count - restored.count)
    credit(restored.count + again)
  }

  private mutating func credit(_ count: Int) {
    let reported = min(count, window.removed.reported)
    window.removed.reported -= reported
    window.removed.vanished -= min(count - reported, window.removed.vanished)
  }
}

package import DNSProviders
import Synchronization

/// The one place where a served zone lives: many readers, one commit at a time, and nobody sees half of one.
///
/// Questions are answered inside the lock, so that a commit changes the zone in place and never copies it; each holds
/// the lock for the time of a few hashes.
package final class ZoneStore: Sendable {
  private let zone: Mutex<AuthoritativeZone>

  package init(_ zone: AuthoritativeZone) { self.zone = Mutex(zone) }

  /// The zone as it is now. Keeping it makes the next commit copy it.
  package var snapshot: AuthoritativeZone { zone.withLock { $0 } }

  /// Reads the zone within the lock; `body` must be quick.
  package func read<Result: Sendable>(_ body: (borrowing AuthoritativeZone) -> Result) -> Result {
    zone.withLock { body($0) }
  }

  /// Applies a batch whole, or not at all; see ``AuthoritativeZone/commit(_:)``.
  package func commit(_ batch: Batch) throws(ProviderError) {
    try change { (zone) throws(ProviderError) in try zone.commit(batch) }
  }

  /// Changes the zone in any way that it allows, as its administrator would with an editor.
  package func change(
    _ body: (inout AuthoritativeZone) throws(ProviderError) -> Void
  ) throws(ProviderError) {
    try zone.withLock { (zone) throws(ProviderError) in try body(&zone) }
  }
}

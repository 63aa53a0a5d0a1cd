/// This bounds the journal at the federation API.
package struct JournalLimits: Sendable, Hashable {
  /// Entries on one page.
  package var entries: Int
  /// Bytes on one page; etcd takes objects of up to 1.5 MiB.
  package var bytes: Int
  /// Pages; the oldest goes when one is added.
  package var pages: Int

  package init(entries: Int = 1_000, bytes: Int = 512 << 10, pages: Int = 16) {
    self.entries = max(1, entries)
    self.bytes = max(4_096, bytes)
    self.pages = max(2, pages)
  }
}

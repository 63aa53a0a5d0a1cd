/// What was opened from disk: the objects with their journal as they were last kept, and the log that keeps what follows.
package struct KeptStore: Sendable {
  package var store: ResourceStore
  package var log: any DurableLog

  package init(store: ResourceStore, log: any DurableLog) {
    self.store = store
    self.log = log
  }
}

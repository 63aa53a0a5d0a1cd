/// What keeps a commit from overwriting what somebody else wrote since it was planned (rule fenced).
package enum Fence: String, Hashable, Sendable {
  /// The provider compares the generation and writes in one transaction: a late writer changes nothing.
  case transaction
  /// The provider cannot compare. The names are read and compared right before they are written, and only the holder of
  /// the lease writes (rule single-writer): a writer that is paused between the two is not stopped.
  case lease
}

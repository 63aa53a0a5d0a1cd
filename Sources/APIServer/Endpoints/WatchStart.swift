/// Where a watch begins.
package enum WatchStart: Hashable, Sendable {
  /// With every object as it is now, each as an addition; then the changes.
  case now(announcesEnd: Bool)
  /// With the first change after this revision.
  case after(UInt64)
}

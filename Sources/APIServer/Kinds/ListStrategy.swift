/// How a strategic merge patch merges one list of a built-in kind; lists without a strategy are replaced.
package enum ListStrategy: Hashable, Sendable {
  /// Elements are objects, told apart by the value of this member.
  case byKey(String)
  /// Elements are plain values; the patch adds to them.
  case set
}

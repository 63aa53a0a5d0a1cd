/// How the membership of the federation changed.
package enum MembershipChange: Sendable, Hashable {
  /// Every `Cluster` object there is has been told.
  case listed
  /// A member by its name, here in the place of the context, with what its object says about its place.
  case joined(Configuration.Member)
  /// The labels of a member's `Cluster` object, which selectors ask for.
  case labelled(String, [String: String])
  /// It is to leave: its addresses go from DNS, under mass-change's low limit.
  case leaving(String)
  /// It is no member any more.
  case left(String)
}

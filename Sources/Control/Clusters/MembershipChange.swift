/// How the membership of the federation changed.
package enum MembershipChange: Sendable, Hashable {
  /// Every `Cluster` object there is has been told.
  case listed
  /// A member by its name, here in the place of the context, with what its object says about its place.
  case joined(Configuration.Member)
  /// It is to leave: its addresses go from DNS, under mass-change's low limit.
  case leaving(String)
  /// It is no member any more.
  case left(String)
}

/// How siblings are ordered: what is worst, then most that is down, then the label; or only the label.
enum PlaceOrder: String, Hashable, Sendable, CaseIterable {
  case worstFirst = "worst first"
  case name = "by name"
}

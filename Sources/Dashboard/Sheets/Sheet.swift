/// A page that lies over the views and is only read.
struct Sheet: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case help
    /// What toasts have said.
    case messages
    /// What would be changed for the selected service.
    case plan
  }
  var kind: Kind
  /// First line on screen.
  var top = 0
}

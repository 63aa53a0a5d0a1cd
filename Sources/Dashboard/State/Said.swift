import Federation

/// What a toast has said, kept for `:messages`.
struct Said: Hashable, Sendable {
  var time: Timestamp
  var kind: Toast.Kind
  var text: String

  static let limit = 200
}

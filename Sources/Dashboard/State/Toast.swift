import Federation

/// A short notice of what happened off screen.
package struct Toast: Hashable, Sendable {
  package enum Kind: Hashable, Sendable { case done, warning, error }
  var kind: Kind
  var text: String
  var until: Timestamp

  /// How long a notice stays; an error longer, because it must be read.
  static func lifetime(of kind: Kind) -> Duration { kind == .done ? .seconds(4) : .seconds(8) }
}

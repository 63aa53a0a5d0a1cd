/// The line at the foot of the screen in which a filter or a command is typed.
struct Prompt: Hashable, Sendable {
  enum Purpose: Hashable, Sendable { case filter, command }
  var purpose: Purpose
  var field: InputField
  /// What the filter was before, for Esc.
  var former: String
  /// Where Tab is in what the line could become.
  var round: Round?
  /// Which of the lines typed before is shown; nil for a new one.
  var recalled: Int?

  struct Round: Hashable, Sendable {
    /// What was typed.
    var line: String
    var index: Int
  }
}

/// The line at the foot of the screen in which a filter or a command is typed.
struct Prompt: Hashable, Sendable {
  enum Purpose: Hashable, Sendable { case filter, command }
  var purpose: Purpose
  var field: InputField
  /// What the filter was before, for Esc.
  var former: String
}

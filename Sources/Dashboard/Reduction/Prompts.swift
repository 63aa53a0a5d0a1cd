import Terminal

extension DashboardState {
  mutating func handleInPrompt(_ key: Key) -> [Effect] {
    guard let current = prompt else { return [] }
    switch key {
    case .escape, .control("c"):
      prompt = nil
      if current.purpose == .filter {
        filterText = current.former
        refreshRows()
      }
    case .enter:
      prompt = nil
      if current.purpose == .command { return run(current.field.trimmed) }
    case .tab where current.purpose == .command: completeCommand()
    case .up where current.purpose == .command: recallCommand(-1)
    case .down where current.purpose == .command: recallCommand(1)
    case .backspace where current.field.text.isEmpty: prompt = nil
    default:
      if prompt?.field.edit(key) == true {
        prompt?.round = nil
        applyPromptAsTyped()
      }
    }
    return []
  }

  /// A filter works while it is typed.
  mutating func applyPromptAsTyped() {
    guard let prompt, prompt.purpose == .filter, prompt.field.text != filterText else { return }
    filterText = prompt.field.text
    refreshRows()
  }
}

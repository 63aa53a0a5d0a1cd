import Terminal
import Testing

@testable import Dashboard

@Suite struct BindingTests {
  @Test func everyActionHasKeysOfItsOwnAndAHelpLine() {
    let bindings = BindingTable.standard.bindings
    #expect(Set(bindings.map(\.action)) == Set(Action.allCases))
    let keys = bindings.flatMap(\.keys)
    #expect(Set(keys).count == keys.count)
    let help = HelpView(state: Driver().state, glyphs: .unicode).lines().map { $0.pieces.map(\.text).joined() }
    for binding in bindings { #expect(help.contains { $0.contains(binding.help) }) }
  }

  @Test func noTriggerIsAMovementKeyWithOrWithoutAModifier() {
    let bindings = BindingTable.standard.bindings
    let moves = Set(
      bindings.filter { $0.group == .move }.flatMap(\.keys).compactMap { key in
        if case .character(let character) = key { character.lowercased() } else { nil }
      })
    for binding in bindings where binding.group == .act {
      for case .character(let character) in binding.keys { #expect(!moves.contains(character.lowercased())) }
    }
  }

  @Test func rebindingWorksAndRefusesWhatIsDangerous() throws {
    let table = try BindingTable.standard.rebound(["drain": "D"])
    #expect(table.action(for: .character("D")) == .drain)
    #expect(table.action(for: .character("d")) == nil)
    var driver = Driver(bindings: table)
    #expect(driver.screen.contains("D drain"))
    driver.type("D")
    #expect(driver.state.card != nil)
    func refusal(_ keys: [String: String]) -> BindingTable.Refusal? {
      do throws(BindingTable.Refusal) {
        _ = try BindingTable.standard.rebound(keys)
        return nil
      } catch { return error }
    }
    #expect(refusal(["drain": "J"]) == .besideMovement(action: "drain", key: "J"))
    #expect(
      refusal(["drain": "c"]) == .taken(key: "c", by: "drain")
        || refusal(["drain": "c"]) == .taken(key: "c", by: "cordon"))
    #expect(refusal(["explode": "x"]) == .unknownAction("explode"))
    #expect(refusal(["drain": "dd"]) == .notOneCharacter(action: "drain", key: "dd"))
  }
}

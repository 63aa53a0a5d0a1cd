import Control
import Federation
import Terminal

@testable import Dashboard

/// A person at a dashboard: presses keys, lets time pass, looks at the grid.
struct Driver {
  var state: DashboardState
  private(set) var effects: [Effect] = []
  static let theme = Theme.dark

  init(
    _ snapshot: FederationSnapshot? = SampleWorld().snapshot, columns: Int = 120, rows: Int = 36,
    readOnly: String? = nil, bindings: BindingTable = .standard
  ) {
    state = DashboardState(
      options: DashboardOptions(
        operatorName: "ops1", readOnly: readOnly, themes: ["dark", "light"], bindings: bindings),
      size: Size(columns: columns, rows: rows), now: SampleWorld.now)
    if let snapshot { send(.snapshot(snapshot)) }
  }

  @discardableResult
  mutating func send(_ message: Message) -> [Effect] {
    let new = reduce(&state, message)
    effects += new
    return new
  }

  @discardableResult
  mutating func press(_ keys: Key...) -> [Effect] {
    keys.flatMap { send(.input(.key($0))) }
  }

  @discardableResult
  mutating func type(_ text: String) -> [Effect] {
    text.flatMap { send(.input(.key(.character($0)))) }
  }

  mutating func wait(_ duration: Duration) { send(.tick(state.now + duration)) }

  /// Goes to the row of a place.
  mutating func select(_ label: String) {
    press(.home)
    for _ in 0..<state.rows.count where state.selectedPlace?.label != label { press(.down) }
  }

  var grid: CellGrid { frame(state, theme: Self.theme) }
  var screen: String { grid.trimmedRows.joined(separator: "\n") }

  /// The first row that holds a text.
  func row(with text: String) -> String? { grid.trimmedRows.first { $0.contains(text) } }

  /// The role in which a text is shown, on any ground.
  func role(of text: String) -> Role? {
    let grid = grid
    for (row, line) in grid.rows.enumerated() {
      guard let range = line.firstRange(of: text) else { continue }
      let column = line.distance(from: line.startIndex, to: range.lowerBound)
      let style = grid[column, row].style
      let grounds: [Role] = [.background, .selection, .header, .card, .toast]
      for ground in grounds {
        if let role = Role.allCases.first(where: { Self.theme[$0, on: ground] == style }) { return role }
      }
    }
    return nil
  }

  var placed: [Intent] {
    effects.compactMap { effect in
      if case .perform(let intent) = effect, case .place = intent { intent } else { nil }
    }
  }

  /// What was asked for last.
  var asked: OrderChange? {
    for case .preview(let change) in effects.reversed() { return change }
    return nil
  }

  /// Answers what was asked for last.
  mutating func answer(
    hash: String = "9f31c0de", objections: [Hold] = [], waits: [Hold] = [], nearby: [Cordon] = []
  ) {
    guard let asked else { return }
    send(
      .previewed(
        SampleWorld.preview(
          asked, hash: hash, objections: objections, waits: waits, nearby: nearby, at: state.now)))
  }

  /// Opens the drain of us-central1-b with its preview on screen for long enough.
  mutating func openDrain(objections: [Hold] = [], waits: [Hold] = [], nearby: [Cordon] = []) {
    select("us-central1-b")
    press(.character("d"))
    answer(objections: objections, waits: waits, nearby: nearby)
    wait(.milliseconds(500))
  }

  /// Fills in what the card asks for, and goes back to its buttons.
  mutating func fillCard(reason: String = "rack power", typed: String? = "us-central1-b") {
    press(.tab)
    type(reason)
    press(.tab)
    if let typed {
      press(.tab)
      type(typed)
    }
    press(.escape)
  }
}

extension DashboardState {
  /// What every row shows, on screen or not.
  var shownPlaces: [Place] { places(in: rows.indices) }
}

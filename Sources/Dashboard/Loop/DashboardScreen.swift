package import Terminal

/// What the loop needs of a terminal. ``Terminal/Screen`` is one; tests have one in memory.
package protocol DashboardScreen: Sendable {
  var size: Size { get }
  /// What came in, everything that waits in one piece; ends when the screen does.
  var inputs: AsyncStream<[InputEvent]> { get }
  /// Shows a frame soon; never waits.
  func show(_ frame: CellGrid)
  func copy(_ text: String)
  func redraw()
  func ring()
}

extension Screen: DashboardScreen {}

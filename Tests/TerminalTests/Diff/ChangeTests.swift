import Testing

@testable import Terminal

@Suite("Changed runs")
struct ChangeTests {
  @Test("Applying the changes to the frame before gives the frame after", arguments: 0..<16)
  func roundTrip(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    var backend = MemoryBackend()
    var before: CellGrid?
    for _ in 0..<25 {
      var after = before ?? CellGrid(size: Size(columns: 12, rows: 4))
      scribble(on: &after, using: &generator)
      backend.show(after, changes: after.changes(since: before))
      #expect(backend.frame == after)
      before = after
    }
  }

  @Test("Nothing but what differs is drawn, apart from the other half of a wide glyph", arguments: 0..<16)
  func minimal(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    var before = CellGrid(size: Size(columns: 12, rows: 4))
    scribble(on: &before, using: &generator)
    for _ in 0..<25 {
      var after = before
      scribble(on: &after, using: &generator)
      for change in after.changes(since: before) {
        #expect(!change.columns.isEmpty)
        for column in change.columns {
          let index = change.row * 12 + column
          let touchesWide =
            after.cells[index].glyph == 0 || column + 1 < 12 && after.cells[index + 1].glyph == 0
          #expect(!after.shows(at: index, sameAs: before) || touchesWide)
        }
      }
      before = after
    }
  }

  @Test("No frame ever holds half of a wide glyph or a scalar that a terminal would obey", arguments: 0..<16)
  func sound(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    var frame = CellGrid(size: Size(columns: 12, rows: 4))
    for _ in 0..<25 {
      scribble(on: &frame, using: &generator)
      for row in 0..<4 {
        #expect(columns(of: frame.rows[row]) == 12)
        #expect(frame.rows[row].unicodeScalars.allSatisfy { ScalarWidth.measure($0.value).scalar == $0.value })
        for column in 0..<12 where frame[column, row].isContinuation {
          #expect(column > 0 && columns(of: frame.text(of: frame[column - 1, row])) == 2)
        }
      }
    }
  }

  @Test("An unchanged frame changes nothing, a first one and another size everything")
  func wholes() {
    var frame = CellGrid(size: Size(columns: 4, rows: 2))
    #expect(frame.changes(since: frame).isEmpty)
    #expect(frame.changes(since: nil).map(\.columns) == [0..<4, 0..<4])
    #expect(frame.changes(since: CellGrid(size: Size(columns: 5, rows: 2))).count == 2)
    #expect(CellGrid(size: Size(columns: 0, rows: 3)).changes(since: nil).isEmpty)
    let before = frame
    frame.write("x", at: Point(column: 1, row: 1), style: .plain)
    frame.write("y", at: Point(column: 3, row: 1), style: .plain)
    #expect(frame.changes(since: before) == [Change(row: 1, columns: 1..<2), Change(row: 1, columns: 3..<4)])
  }
}

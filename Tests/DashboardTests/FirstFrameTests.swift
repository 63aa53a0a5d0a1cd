import Control
import Federation
import Terminal
import Testing

@testable import Dashboard

@Suite struct FirstFrameTests {
  @Test(arguments: [(40, 10), (80, 24), (120, 36), (160, 50)])
  func printsFrame(columns: Int, rows: Int) {
    let grid = renderOnce(
      SampleWorld().snapshot, trace: nil, size: Size(columns: columns, rows: rows), theme: .dark,
      options: DashboardOptions(operatorName: "ops1"))
    print(grid.trimmedRows.joined(separator: "\n"))
    #expect(grid.rows.contains { $0.contains("europe-west1") })
  }
}

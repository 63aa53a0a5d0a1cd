import Foundation
import Terminal

@testable import Dashboard

/// Frames kept beside the tests: rows of text, a plane of styles, and what each letter of it means.
enum FrameRecord {
  /// What a frame looks like as text.
  static func text(of grid: CellGrid, theme: Theme) -> String {
    let plane = grid.stylePlane { style in
      for ground in [Role.background, .header, .selection, .card, .toast] {
        if let role = Role.allCases.first(where: { theme[$0, on: ground] == style }) {
          return ground == .background ? role.rawValue : "\(role.rawValue) on \(ground.rawValue)"
        }
      }
      return nil
    }
    return (grid.trimmedRows + ["", "--- styles"] + plane.rows + ["---"] + plane.legend).joined(separator: "\n") + "\n"
  }

  /// The kept frame of a name, or what was drawn where it is being recorded (`ZONETOP_RECORD=1`).
  static func kept(_ name: String, drawn: String) throws -> String {
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Snapshots").appendingPathComponent("\(name).txt")
    if ProcessInfo.processInfo.environment["ZONETOP_RECORD"] == "1" {
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try drawn.write(to: url, atomically: true, encoding: .utf8)
    }
    return try String(contentsOf: url, encoding: .utf8)
  }
}

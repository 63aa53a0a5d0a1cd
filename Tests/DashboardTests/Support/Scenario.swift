import Foundation
import Journal

/// The recorded scenario that screenshots are made of.
enum Scenario {
  static var path: String {
    var folder = URL(fileURLWithPath: #filePath)
    for _ in 0..<4 { folder.deleteLastPathComponent() }
    return folder.appendingPathComponent("Screenshots/incident.jsonl").path
  }

  /// What is kept; made anew with `ZONETOP_RECORD=1`.
  static func bytes() throws -> [UInt8] {
    if ProcessInfo.processInfo.environment["ZONETOP_RECORD"] == "1" {
      try Data(Incident.lines()).write(to: URL(filePath: path))
    }
    return [UInt8](try Data(contentsOf: URL(filePath: path)))
  }

  static func recording() throws -> Recording { try Recording.read(try bytes(), name: "incident.jsonl").recording }
}

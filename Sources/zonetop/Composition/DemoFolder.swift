import FoundationEssentials
import Glibc

/// Where a demo keeps its store, its keys and what others need to join in: named by its user, who keeps it, or one of its
/// own, which goes with it.
struct DemoFolder {
  let path: String
  private let isOwn: Bool

  /// - Parameter named: nil makes one under `$TMPDIR`, readable by its owner alone.
  init(_ named: String?) throws {
    isOwn = named == nil
    if let named {
      path = named
      return
    }
    let place = Environment["TMPDIR"] ?? "/tmp"
    var template = Array("\(place)/zonetop-demo-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Failure(.failed, "cannot make a folder under \(place)") }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Takes what nobody asked to keep away.
  func leave() {
    if isOwn { try? FileManager.default.removeItem(atPath: path) }
  }
}

import Glibc
import Foundation
import Testing

/// The dashboard in a real terminal, as the person at it meets it.
@Suite("The terminal", .serialized, .enabled(if: Tools.has("tmux"), "needs tmux"))
struct TerminalTests {
  /// Each zone of the demo, and the letters of its state.
  static let zones = [
    "asia-east1-a": "OK", "asia-east1-b": "DOWN", "asia-east1-c": "OK", "europe-west1-b": "DOWN",
    "europe-west1-c": "DOWN", "europe-west1-d": "DOWN", "us-central1-a": "OK", "us-central1-b": "OK",
    "us-central1-c": "OK", "us-central1-f": "DOWN", "us-east1-b": "DOWN", "us-east1-c": "DOWN", "us-east1-d": "DOWN",
  ]

  /// The zones whose row is there, with their letters before their name.
  static func zonesShown(in screen: String) -> [String: String] {
    var shown: [String: String] = [:]
    for row in screen.split(separator: "\n") {
      let words = row.split(separator: " ").map(String.init)
      for (letters, zone) in zip(words, words.dropFirst()) where zones[zone] != nil && letters.allSatisfy(\.isUppercase)
      {
        shown[zone] = letters
      }
    }
    return shown
  }

  private static func isComplete(_ screen: String) -> Bool {
    zonesShown(in: screen) == zones && screen.contains("DNS in step") && screen.contains(" trace ")
      && screen.contains("■ 5 addresses, 2 hops")
  }

  /// A demo in a terminal, once its picture is complete.
  private func withDemo(_ body: (TerminalPane) async throws -> Void) async throws {
    let pane = try await TerminalPane.start()
    do {
      try await startDemo(in: pane)
      await expect(pane, Self.isComplete)
      try await body(pane)
    } catch {
      Issue.record(error, "\(await pane.screen())")
    }
    await pane.stop()
  }

  /// Starts the demo as the shell's child, its process id in a file.
  private func startDemo(in pane: TerminalPane, then next: String = "") async throws {
    let folder = pane.folder.path
    try await pane.type("sh -c 'echo $$ >\(folder)/pid; TMPDIR=\(folder) exec \(Tools.zonetop) demo'\(next)")
  }

  private func demoID(_ pane: TerminalPane) throws -> pid_t {
    let text = try String(contentsOfFileAt: pane.folder.path + "/pid")
    return try #require(pid_t(text.filter(\.isNumber)))
  }

  /// Waits for what the screen should show; says what it shows instead.
  private func expect(
    _ pane: TerminalPane, sourceLocation: SourceLocation = #_sourceLocation, _ condition: @Sendable (String) -> Bool
  ) async {
    let isShown = await pane.shows(condition)
    let screen = await pane.screen()
    #expect(isShown, "\(screen)", sourceLocation: sourceLocation)
  }

  private static func selectedRow(_ screen: String) -> Substring? {
    screen.split(separator: "\n").first { $0.hasPrefix("│›") }
  }

  @Test("The first frame holds the tree, the health of each zone and the trace; keys, filters and sizes redraw it")
  func looking() async throws {
    try await withDemo { pane in
      // The worst zone is selected, and its chain shown.
      await expect(pane) { Self.selectedRow($0)?.contains("europe-west1-b") == true }
      try await pane.write("j")
      await expect(pane) {
        Self.selectedRow($0)?.contains("europe-west1-c") == true && $0.contains(".europe-west1-c.example.com")
      }
      try await pane.press("Up")
      await expect(pane) { Self.selectedRow($0)?.contains("europe-west1-b") == true }

      try await pane.type("/us-central")
      let matching = Set(Self.zones.keys.filter { $0.hasPrefix("us-central") })
      await expect(pane) { Set(Self.zonesShown(in: $0).keys) == matching }
      try await pane.press("Escape")
      await expect(pane) { Self.zonesShown(in: $0) == Self.zones }
      try await resize(pane, columns: 80, rows: 24)
      try await resize(pane, columns: 160, rows: 50)
      try await resize(pane, columns: 40, rows: 10)
      try await resize(pane, columns: 120, rows: 36)
    }
  }

  private func resize(_ pane: TerminalPane, columns: Int, rows: Int) async throws {
    try await pane.resize(columns: columns, rows: rows)
    await expect(pane) { screen in
      let lines = screen.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      return lines.count == rows && lines.last?.hasPrefix(" d drain") == true
        && lines.first?.hasPrefix(" zonetop") == true && lines.allSatisfy { $0.count <= columns }
        && (columns < 80 || Self.zonesShown(in: screen) == Self.zones)
    }
  }

  @Test("A cluster that is down is said to be unreachable and held, and comes back")
  func outage() async throws {
    try await withDemo { pane in
      try await pane.type(":chaos down us-central1-a")
      await expect(pane) { screen in
        screen.split(separator: "\n").contains {
          $0.contains("STALE us-central1-a") && $0.contains("unreachable, held")
        }
      }
      await expect(pane) { $0.contains("5 of 13 serving") }
      try await pane.type(":chaos up us-central1-a")
      await expect(pane) { Self.zonesShown(in: $0) == Self.zones }
    }
  }

  @Test("A drain is previewed, confirmed by name, shown with its phases, and taken back")
  func drain() async throws {
    try await withDemo { pane in
      try await pane.type("/us-central1-b")
      await expect(pane) { Self.selectedRow($0)?.contains("us-central1") == true }
      try await pane.press("End")
      await expect(pane) { Self.selectedRow($0)?.contains("us-central1-b") == true }
      try await pane.write("d")
      await expect(pane) { $0.contains("Take zone us-central1-b out") && $0.contains("A ×4  − 104.197.244.180") }
      // Keys that come before the card can be read are thrown away: Tab again, but only when the last one did nothing.
      var hasFocus = false
      for _ in 0..<10 where !hasFocus {
        try await pane.press("Tab")
        hasFocus = await Tools.eventually(within: .seconds(1)) { await pane.screen().contains("  Cancel  ") }
      }
      #expect(hasFocus)
      try await pane.write("rack power")
      try await pane.press("Tab", "Tab")
      try await pane.write("us-central1-b")
      try await pane.press("Tab")
      await expect(pane) { $0.contains("y drain now") }
      try await pane.write("y")
      await expect(pane) {
        Self.zonesShown(in: $0)["us-central1-b"] == "DRN" && $0.contains("served by 1 of 1") && $0.contains("caches:")
      }
      try await pane.write("u")
      await expect(pane) { $0.contains("End the order on zone us-central1-b") }
      let isBack = try await Tools.eventually(within: .seconds(20), every: .milliseconds(100)) {
        try await pane.write("y")
        return Self.zonesShown(in: await pane.screen())["us-central1-b"] == "OK"
      }
      #expect(isBack)
    }
  }

  @Test("^Z gives the shell back and fg brings the frame back")
  func suspending() async throws {
    try await withDemo { pane in
      try await pane.press("C-z")
      await expect(pane) { $0.contains("Stopped") && !$0.contains("zonetop   myfederation") }
      #expect(try await !pane.isOnAlternateScreen())
      try await pane.type("echo shell is $((40 + 2))")
      await expect(pane) { $0.contains("\nshell is 42\n") }
      try await pane.type("fg")
      await expect(pane) { Self.zonesShown(in: $0) == Self.zones && $0.contains("q quit") }
      #expect(try await pane.isOnAlternateScreen())
      try await pane.write("q")
      await expect(pane) { $0.contains("shell is 42") && !$0.contains("zonetop   myfederation") }
    }
  }

  enum Ending: String, CaseIterable, CustomTestStringConvertible {
    case key, terminated, crashed
    var testDescription: String { rawValue }
  }

  @Test("q, TERM and a crash leave the shell's terminal as it was", arguments: Ending.allCases)
  func ending(_ ending: Ending) async throws {
    let pane = try await TerminalPane.start()
    let folder = pane.folder.path
    try await pane.type("stty -a >\(folder)/before")
    try await startDemo(in: pane, then: "; echo code=$?; stty -a >\(folder)/after; echo all is over")
    await expect(pane, Self.isComplete)
    #expect(try await pane.isOnAlternateScreen())
    switch ending {
    case .key: try await pane.write("q")
    case .terminated: kill(try demoID(pane), SIGTERM)
    case .crashed: kill(try demoID(pane), SIGSEGV)
    }
    let code: Int32 =
      switch ending {
      case .key: 0
      case .terminated: 128 + SIGTERM
      case .crashed: 128 + SIGSEGV
      }
    await expect(pane) { $0.contains("\nall is over\n") }
    await expect(pane) { $0.contains("code=\(code)\n") && !$0.contains("zonetop: [") }
    #expect(try await !pane.isOnAlternateScreen())
    let before = try String(contentsOfFileAt: folder + "/before")
    #expect(before.contains("icanon"))
    #expect(try String(contentsOfFileAt: folder + "/after") == before)
    // Its keys go with it, where it can still see to that.
    let left = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasPrefix("zonetop-demo-") }
    #expect(left.isEmpty == (ending != .crashed), "\(left)")
    // What is typed is seen and obeyed.
    try await pane.type("echo shell is $((40 + 2))")
    await expect(pane) { $0.contains("$((40 + 2))") && $0.contains("\nshell is 42\n") }
    await pane.stop()
  }

  @Test("A killed terminal ends the process")
  func killedTerminal() async throws {
    try await withDemo { pane in
      let demo = try demoID(pane)
      #expect(Self.isRunning(demo))
      kill(try #require(try await pane.serverID()), SIGKILL)
      #expect(await Tools.eventually(within: .seconds(10)) { !Self.isRunning(demo) })
    }
  }

  /// Whether a process lives: one that nobody has reaped does not.
  private static func isRunning(_ process: pid_t) -> Bool {
    guard let status = try? String(contentsOfFileAt: "/proc/\(process)/stat"), let end = status.lastIndex(of: ")")
    else {
      return false
    }
    return !["Z", "X"].contains(status[status.index(after: end)...].split(separator: " ").first)
  }
}

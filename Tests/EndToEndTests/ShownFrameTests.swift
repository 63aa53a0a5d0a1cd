import Testing

/// What ncurses puts on a real terminal is, cell by cell, the frame that is printed from memory.
@Suite("Shown frames", .serialized, .enabled(if: Tools.has("tmux"), "needs tmux"))
struct ShownFrameTests {
  /// A moment, keys and a size.
  struct Scene {
    var moment: String
    var keys = ""
    var options: [String] = []
    var columns = 120
    var rows = 36

    /// All but the keys.
    var arguments: [String] { ["replay", ReplayCommandTests.scenario, "--at", moment] + options }
    var size: String { "\(columns)x\(rows)" }
  }

  private static let pause = "<Wait 500ms>"

  static let scenes = [
    // Everything at once: held, stale, drained, down; up and down with the cursor keys.
    Scene(moment: "14:02:31", keys: "<Down><Down><Up>"),
    Scene(
      moment: "13:59:25",
      keys: "<Down><Down>d<Wait 500ms><Tab>rack power<Tab><Bksp><Bksp>45m<Tab>us-central1-b"),
    Scene(moment: "14:01:10", keys: "3<Down><Down>"),
    Scene(moment: "14:01:10", keys: "?<PgDn><Down>"),
    Scene(moment: "14:02:31", keys: "<Down><Left><Left>/us<Enter>", columns: 80, rows: 24),
    Scene(moment: "13:57:52", keys: "/us-central1<Enter>gd<Wait 500ms><Tab>too many<Esc>", columns: 80, rows: 24),
  ]

  @Test("Every cell has the glyph, the colours and the attributes of the printed frame", arguments: ShownTerminal.all)
  func cells(on terminal: ShownTerminal) async throws {
    let pane = try await TerminalPane.start(columns: 120, rows: 36)
    scenes: for scene in Self.scenes {
      try await pane.resize(columns: scene.columns, rows: scene.rows)
      try await pane.replace(by: ["env"] + terminal.environment + [Tools.zonetop] + scene.arguments + ["--paused"])
      guard try await expectEqual(scene, keys: "", pane, terminal) else { break }
      var pressed = ""
      for part in scene.keys.split(separator: Self.pause) {
        // A card takes keys once it has been there for a while.
        if !pressed.isEmpty {
          try await Task.sleep(for: .milliseconds(500))
          pressed += Self.pause
        }
        try await pane.press(script: String(part))
        pressed += part
        guard try await expectEqual(scene, keys: pressed, pane, terminal) else { break scenes }
      }
    }
    await pane.stop()
  }

  /// Waits until the terminal shows what is printed; the first cells that differ are the complaint.
  private func expectEqual(
    _ scene: Scene, keys: String, _ pane: TerminalPane, _ terminal: ShownTerminal
  ) async throws -> Bool {
    let printed = try await Tools.run(
      [Tools.zonetop] + scene.arguments + ["--keys", keys, "--once", "--size", scene.size] + terminal.printing,
      environment: ["XDG_CONFIG_HOME": pane.folder.path])
    try #require(printed.code == 0, "\(printed.output)")
    let wanted = try cells(printed.output, scene, terminal)
    var differences: [String] = []
    let isEqual = try await Tools.eventually(within: .seconds(10), every: .milliseconds(20)) {
      differences = wanted.differences(from: try cells(try await pane.colored(), scene, terminal))
      return differences.isEmpty
    }
    let screen = await pane.screen()
    #expect(
      isEqual,
      "\(terminal), \(scene.moment) \(scene.keys) \(scene.size): printed, not shown:\n\(differences.joined(separator: "\n"))\n\(screen)"
    )
    return isEqual
  }

  private func cells(_ text: String, _ scene: Scene, _ terminal: ShownTerminal) throws -> TerminalCells {
    let cells = try TerminalCells(text, columns: scene.columns, rows: scene.rows)
    return terminal.lacks.reduce(cells) { $0.without($1) }
  }
}

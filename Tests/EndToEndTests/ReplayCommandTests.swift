import Glibc
import Testing

/// Journals as a stranger meets them: the demo writes one, `zonetop replay` shows it.
@Suite("Replay", .serialized)
struct ReplayCommandTests {
  static let scenario = "Screenshots/incident.jsonl"

  /// The rows of a frame that is kept beside the dashboard's tests.
  private static func kept(_ name: String) throws -> String {
    let text = try String(contentsOfFileAt: "Tests/DashboardTests/Snapshots/\(name).txt")
    return text.split(separator: "\n\n--- styles", maxSplits: 1)[0] + "\n"
  }

  /// Waits for what the screen should show; says what it shows instead.
  private func expect(
    _ pane: TerminalPane, sourceLocation: SourceLocation = #_sourceLocation, _ condition: @Sendable (String) -> Bool
  ) async {
    let isShown = await pane.shows(condition)
    let screen = await pane.screen()
    #expect(isShown, "\(screen)", sourceLocation: sourceLocation)
  }

  @Test("One frame is the same everywhere")
  func oneFrame() async throws {
    let arguments = [Tools.zonetop, "replay", Self.scenario, "--at", "14:02:31", "--once", "--size", "120x36"]
    let kept = try Self.kept("replay-120x36")
    for environment in [
      [:], ["TZ": "Asia/Tokyo", "LC_ALL": "C", "TERM": "dumb", "HOME": "/nonexistent", "NO_COLOR": "1"],
      ["TZ": "America/Lima", "LC_ALL": "C.UTF-8", "TERM": "xterm-direct", "COLORTERM": "truecolor", "USER": "eve"],
    ] {
      let once = try await Tools.run(arguments, environment: environment)
      #expect(once.code == 0)
      #expect(once.output == kept)
    }
    let drawing = try await Tools.run(arguments + ["--svg"])
    #expect(drawing.output.hasPrefix("<svg"))
    let again = try await Tools.run(arguments + ["--svg"])
    #expect(again.output == drawing.output)
    let ascii = try await Tools.run(arguments + ["--ascii", "--keys", "6<Down>"])
    #expect(ascii.output.utf8.allSatisfy { $0 < 0x80 }, "\(ascii.output)")
    #expect(ascii.output.contains("timeline"))
  }

  @Test("What cannot be shown is said in one line")
  func troubles() async throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let torn = folder.path + "/torn.jsonl"
    let whole = try String(contentsOfFileAt: Self.scenario)
    try String(whole.dropLast(40)).write(toFileAt: torn)
    let cut = try await Tools.run([Tools.zonetop, "replay", torn, "--once"])
    #expect(cut.code == 0)
    #expect(cut.output.hasPrefix("zonetop: \(torn):"))
    #expect(cut.output.contains("the last line was cut off, and is left out\n"))
    let garbage = folder.path + "/garbage.jsonl"
    try (whole + "\u{1B}[31mnothing\n" + whole).write(toFileAt: garbage)
    let count = whole.split(separator: "\n").count
    for (arguments, code, said) in [
      ([garbage], 1, "garbage.jsonl:\(count + 1): no line of a journal: "),
      ([folder.path + "/none"], 1, "No such file or directory"),
      ([Self.scenario], 2, "there is no terminal to draw on"),
      ([Self.scenario, "--once", "--keys", "<Foo>"], 2, "--keys: <Foo> is no key"),
      ([Self.scenario, "--once", "--at", "23:00:00"], 2, "it is from 2026-10-16T13:57:31Z to"),
      ([Self.scenario, "--once", "--at", "soon"], 2, "write 14:02:31"),
      ([Self.scenario, "--speed", "0"], 2, "write 1 to 1000"),
    ] as [([String], Int32, String)] {
      let refused = try await Tools.run([Tools.zonetop, "replay"] + arguments)
      #expect(refused.code == code, "\(arguments)")
      #expect(refused.output.contains(said), "\(refused.output)")
      #expect(refused.output.split(separator: "\n").count == 1, "\(refused.output)")
      #expect(!refused.output.contains("\u{1B}"))
    }
  }

  @Test("A report needs no screen")
  func report() async throws {
    let arguments = [Tools.zonetop, "replay", Self.scenario, "--export", "md"]
    let report = try await Tools.run(arguments)
    #expect(report.code == 0)
    #expect(report.output.hasPrefix("# Incident report: myfederation (example.com)\n"))
    #expect(report.output.contains("| 2026-10-16T14:02:46Z | up | us-central1-f/mynamespace/nginx |"))
    let early = try await Tools.run(arguments + ["--at", "13:59:00"])
    #expect(!early.output.contains("rack power"))
  }

  @Test("The terminal shows the cells of the printed frame", .enabled(if: Tools.has("tmux"), "needs tmux"))
  func terminalAndPrint() async throws {
    let pane = try await TerminalPane.start(columns: 120, rows: 36)
    try await pane.type("\(Tools.zonetop) replay \(Self.scenario) --at 14:02:31 --paused")
    let kept = try Self.kept("replay-120x36")
    await expect(pane) { $0 == kept }
    try await pane.write("[[")
    await expect(pane) { $0.contains("REPLAY 14:01:31") }
    try await pane.write("Pq")
    await expect(pane) { $0.contains("at the shell>") && !$0.contains("REPLAY") }
    try await pane.type("\(Tools.zonetop) replay \(Self.scenario) --at 14:02:31 --paused --keys '[[6'")
    await expect(pane) { $0.contains("REPLAY 14:01:31") && $0.contains("─ timeline ─") }
    await pane.stop()
  }

  @Test("The demo keeps a journal, for its owner alone, that can be replayed", .enabled(if: Tools.has("tmux")))
  func demoKeepsAJournal() async throws {
    let pane = try await TerminalPane.start(columns: 120, rows: 36)
    let folder = pane.folder.path
    let journals = folder + "/zonetop/journal"
    try await pane.type("\(Tools.zonetop) demo --no-journal --dir \(folder)/d1")
    await expect(pane) { $0.contains("DNS in step") }
    try await pane.write("q")
    await expect(pane) { $0.contains("at the shell>") }
    #expect(access(journals, F_OK) != 0)
    try await pane.type("clear; \(Tools.zonetop) demo --dir \(folder)/d2")
    await expect(pane) { $0.contains("DNS in step") && $0.contains("5 addresses, 2 hops") }
    try await pane.write(":chaos scale us-central1-a 0")
    try await pane.press("Enter")
    await expect(pane) { $0.contains("4 of 13 serving") }
    try await pane.write("[")
    await expect(pane) { $0.contains("PAST ") && $0.contains("live is +") }
    try await pane.write("d")
    await expect(pane) { $0.contains("nothing is changed from here: this is the past") }
    try await pane.press("Escape")
    await expect(pane) { !$0.contains("PAST ") && $0.contains("4 of 13 serving") }
    try await pane.write(":export md \(folder)/report.md")
    try await pane.press("Enter")
    await expect(pane) { $0.contains("wrote ") }
    try await pane.write(":export md \(folder)/report.md")
    try await pane.press("Enter")
    await expect(pane) { $0.contains("File exists; give another name") }
    try await pane.write("q")
    await expect(pane) { $0.contains("at the shell>") }
    let listed = try await Tools.run(["find", journals, folder + "/report.md", "-printf", "%M %p\n"])
    let lines = listed.output.split(separator: "\n").map(String.init)
    #expect(lines.count == 3)
    #expect(lines.first?.hasPrefix("drwx------ ") == true)
    #expect(lines.dropFirst().allSatisfy { $0.hasPrefix("-rw------- ") }, "\(lines)")
    let file = try #require(lines.first { $0.hasSuffix(".jsonl") }?.split(separator: " ").last.map(String.init))
    let replayed = try await Tools.run([Tools.zonetop, "replay", file, "--once"])
    #expect(replayed.output.contains("4 of 13 serving"), "\(replayed.output)")
    let text = try String(contentsOfFileAt: file)
    for word in ["token", "PRIVATE KEY", "kubeconfig", "certificate", folder] {
      #expect(!text.contains(word), "\(word)")
    }
    await pane.stop()
  }
}

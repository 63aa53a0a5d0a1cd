import Control
import Federation
import Journal
import Resolution
import Terminal
import Testing

@testable import Dashboard

@Suite struct ReplayTests {
  /// A dashboard on the recorded incident.
  private func replay(
    at moment: String, keys: String = "", columns: Int = 120, rows: Int = 36, isPlaying: Bool = false, speed: Int = 1,
    view: ViewKind = .tree
  ) throws -> Rehearsal {
    let recording = try Scenario.recording()
    var rehearsal = Rehearsal(
      DashboardState(
        replaying: recording, at: try #require(recording.moment(moment)), speed: speed, isPlaying: isPlaying,
        options: DashboardOptions(operatorName: "replay"), size: Size(columns: columns, rows: rows), view: view))
    rehearsal.play(try KeyStep.steps(keys))
    return rehearsal
  }

  private func screen(_ rehearsal: Rehearsal) -> String {
    frame(rehearsal.state, theme: .dark).trimmedRows.joined(separator: "\n")
  }

  private func expectKept(_ rehearsal: Rehearsal, _ name: String) throws {
    let drawn = FrameRecord.text(of: frame(rehearsal.state, theme: .dark), theme: .dark)
    #expect(try FrameRecord.kept(name, drawn: drawn) == drawn, "\(name) is not what was kept:\n\(screen(rehearsal))")
  }

  @Test func theScenarioIsTheOneThatIsTold() throws {
    #expect(try Scenario.bytes() == Incident.lines())
    #expect(try Scenario.bytes().count < 200_000)
  }

  @Test func frames() throws {
    try expectKept(try replay(at: "14:02:31"), "replay-120x36")
    try expectKept(try replay(at: "14:01:00", keys: "6<Down>", rows: 30), "replay-timeline-120x30")
    try expectKept(
      try replay(at: "14:00:00", keys: "/us-central1-b<Enter><Down><Down>d<Wait 1s><Tab>rack power<Enter>"),
      "replay-drain-120x36")
  }

  @Test func theClockIsTheJournals() throws {
    var replay = try replay(at: "14:02:31")
    let before = screen(replay)
    #expect(before.contains("REPLAY 14:02:31 · "))
    #expect(before.contains("42:11 left, ops1"))
    replay.play([.wait(.seconds(3_600))])
    #expect(screen(replay) == before, "paused, time stands still")
    #expect(replay.effects.isEmpty, "nobody is asked anything")
  }

  @Test func playingGoesOnAndEndsWhereTheJournalEnds() throws {
    var replay = try replay(at: "13:59:00", isPlaying: true, speed: 10)
    #expect(screen(replay).contains("· x10"))
    replay.play([.wait(.seconds(2))])
    #expect(screen(replay).contains("REPLAY 13:59:20"))
    replay.play([.wait(.seconds(600))])
    #expect(screen(replay).contains("REPLAY 14:02:46 · 12 of 12 · paused"), "\(screen(replay))")
    replay.play(try KeyStep.steps("P"))
    #expect(screen(replay).contains("this is where the journal ends"))
  }

  @Test func bracketsGoFromChangeToChange() throws {
    let turns = try Scenario.recording().turns
    var replay = try replay(at: "14:02:31")
    func clock(_ index: Int) -> String { "REPLAY \(clockText(turns[index])) · \(index + 1) of \(turns.count)" }
    let here = try Scenario.recording().turnsUntil(replay.state.now) - 1
    replay.play(try KeyStep.steps("["))
    // Between two of them, the way back ends at the nearer one first.
    #expect(screen(replay).contains(clock(here)))
    replay.play(try KeyStep.steps("["))
    #expect(screen(replay).contains(clock(here - 1)))
    replay.play(try KeyStep.steps("]"))
    #expect(screen(replay).contains(clock(here)))
    replay.play(try KeyStep.steps("{{"))
    #expect(screen(replay).contains(clock(0)))
    replay.play(try KeyStep.steps("["))
    #expect(screen(replay).contains("this is where the journal begins"))
    replay.play(try KeyStep.steps("}}"))
    #expect(screen(replay).contains(clock(turns.count - 1)))
  }

  @Test func nothingIsChangedByAReplay() throws {
    var replay = try replay(at: "14:00:00", keys: "/us-central1-b<Enter><Down><Down>d<Wait 1s>")
    #expect(screen(replay).contains("9f31c0de"), "the plan that was recorded is shown:\n\(screen(replay))")
    replay.play(try KeyStep.steps("<Tab>because<Tab><Tab>us-central1-b<Esc>y"))
    #expect(screen(replay).contains(Memory.replayRefusal), "\(screen(replay))")
    replay.play(try KeyStep.steps("<Esc><Esc>R:chaos heal<Enter>"))
    #expect(screen(replay).contains(Memory.replayRefusal))
    #expect(replay.effects.allSatisfy { if case .perform = $0 { false } else { true } })
    #expect(replay.effects.isEmpty, "\(replay.effects)")
    replay.play(try KeyStep.steps("<Wait 20s>/asia-east1-a<Enter><Down><Down>d"))
    #expect(screen(replay).contains("no plan to drain zone/asia-east1-a was recorded"), "\(screen(replay))")
  }

  @Test func tracesAreThoseOfThen() throws {
    let early = try replay(at: "13:58:00", keys: "/us-central1-f<Enter><Down><Down>")
    #expect(early.state.tracing.results[SampleWorld.name("us-central1-f")]?.at == Incident.start)
    let late = try replay(at: "13:59:00", keys: "/us-central1-f<Enter><Down><Down>")
    #expect(late.state.tracing.results[SampleWorld.name("us-central1-f")]?.trace.hops.count == 2)
    // A walk through what is no longer published is not shown as if it were: us-central1-b has left the region.
    let drained = try replay(at: "13:59:44", keys: "/us-central1-f<Enter><Down><Down>")
    #expect(drained.state.tracing.results[SampleWorld.name("us-central1-f")] == nil)
    let later = try replay(at: "14:02:46", keys: "/us-central1-f<Enter><Down><Down>")
    #expect(later.state.tracing.results[SampleWorld.name("us-central1-f")] == nil)
  }

  @Test func enterInTheTimelineGoesToThePlace() throws {
    let replay = try replay(at: "14:02:31", keys: "6")
    let row = try #require(replay.state.timeline.firstIndex { $0.subject == "us-central1-f/mynamespace/nginx" })
    var gone = replay
    gone.play(Array(repeating: .key(.down), count: row) + [.key(.enter)])
    #expect(gone.state.view == .tree)
    #expect(gone.state.selection?.zone == "us-central1-f")
    var named = replay
    let held = try #require(replay.state.timeline.firstIndex { $0.subject == SampleWorld.name("asia-east1-a").text })
    named.play(Array(repeating: .key(.down), count: held) + [.key(.enter)])
    #expect(named.state.selection == .zone("asia-east1-a", region: "asia-east1"))
  }

  @Test func aReportIsWrittenOfWhatWasSeen() throws {
    let replay = try replay(at: "14:02:31", keys: ":export md<Enter>:export md mine.md<Enter>:export pdf<Enter>")
    guard case .save(let path, let text)? = replay.effects.first, case .save("mine.md", text)? = replay.effects.last
    else {
      Issue.record("no report: \(replay.effects)")
      return
    }
    #expect(path == "zonetop-incident-20261016T140231Z.md")
    #expect(replay.effects.count == 2)
    for part in [
      "# Incident report: myfederation (example.com)", "- From 2026-10-16T13:57:31Z to 2026-10-16T14:02:31Z",
      "| us-central1-f | mynamespace/nginx | no ready endpoints |",
      "| drain | zone/us-central1-b | mynamespace/nginx | ops1",
      "| one-drain: zone/us-central1-b is drained already", "A 203.0.113.9 (TTL 180)", "| quorum |",
    ] { #expect(text.contains(part), "\(part)\n\(text)") }
    #expect(!text.contains("14:02:46"), "what came after is not in it")
  }

  @Test func scriptsOfKeys() throws {
    #expect(
      try KeyStep.steps("a<Tab><S-Tab><C-l><M-x><F2><lt><Space><Wait 500ms><wait 2s>é") == [
        .key(.character("a")), .key(.tab), .key(.backTab), .key(.control("l")), .key(.alt("x")), .key(.function(2)),
        .key(.character("<")), .key(.character(" ")), .wait(.milliseconds(500)), .wait(.seconds(2)),
        .key(.character("é")),
      ])
    for bad in ["<", "<Foo>", "<Wait>", "<Wait x>", "<Wait -1ms>", "<F0>", "a<Tab", "<\u{1B}>"] {
      let error = #expect(throws: KeyScriptError.self) { try KeyStep.steps(bad) }
      #expect(error?.description.contains("\u{1B}") == false)
    }
  }

  /// Whatever a file says, it is shown or refused: nothing traps.
  @Test(arguments: [1, 2, 3, 4])
  func spoiledJournalsAreShownOrRefused(seed: UInt64) throws {
    let whole = try Scenario.bytes()
    var random = Generator(state: seed &* 0x9E37_79B9_7F4A_7C15)
    var shown = 0
    for _ in 0..<60 {
      var bytes = whole
      for _ in 0..<(1 + random.below(3)) {
        let position = random.below(bytes.count)
        let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position])
        switch random.below(4) {
        case 0 where isDigit: bytes.insert(contentsOf: "999999999".utf8, at: position)
        case 1: bytes.remove(at: position)
        case 2: bytes[position] = UInt8(random.below(256))
        default: bytes[position] = UInt8(ascii: isDigit ? "9" : "x")
        }
      }
      guard let recording = try? Recording.read(bytes, name: "spoiled").recording, let end = recording.end else {
        continue
      }
      shown += 1
      var rehearsal = Rehearsal(
        DashboardState(
          replaying: recording, at: end, options: DashboardOptions(operatorName: "replay"),
          size: Size(columns: 90, rows: 30)))
      rehearsal.play(try KeyStep.steps("[[j{d<Esc><Esc>]6jj<Enter>2345p<Wait 9s>:export md<Enter>"))
      #expect(frame(rehearsal.state, theme: .dark).size.rows == 30)
    }
    #expect(shown > 0)
  }
}

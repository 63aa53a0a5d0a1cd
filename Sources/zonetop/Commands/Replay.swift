import ArgumentParser
import Dashboard
import Federation
import Journal
import Terminal

struct Replay: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The dashboard on a journal: what another one saw, moment by moment.",
    discussion: """
      EXAMPLES
        zonetop replay ~/.local/state/zonetop/journal/journal-….jsonl
        zonetop replay incident.jsonl --at 14:02:31 --speed 10
        zonetop replay incident.jsonl --at 14:02:31 --keys 'd<Tab>rack power<Enter>' --once --size 120x36
        zonetop replay incident.jsonl --at 14:02:31 --once --svg >incident.svg
        zonetop replay incident.jsonl --export md >incident.md

      In it, [ and ] go to the change before and after, { and } ten of them, P plays and pauses. Nothing can be changed.
      --once prints the same bytes on every machine.

      \(JournalFiles.help)
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case md }

  @Argument(help: "The journal.") var file: String
  @Option(help: "The moment to begin at: 14:02:31 (UTC), 2026-01-01T14:02:31Z, or +90s from the start.") var at: String?
  @Option(help: "How much faster than it happened it is played.") var speed = 1
  @Flag(help: "Do not play yet.") var paused = false
  @Option(help: "The view to begin with: \(ViewKind.allCases.map(\.rawValue).joined(separator: ", ")).") var view =
    "tree"
  @Option(help: "A theme by name, or the path of its file.") var theme: String?
  @Flag(help: "Print one frame and exit.") var once = false
  @Option(help: "Columns and rows of that frame, as 120x36.") var size = "120x36"
  @Option(help: "Keys to press before it: characters, <Enter>, <Esc>, <Tab>, <Up>, <C-l>, <Wait 500ms>, <lt> for <.")
  var keys = ""
  @Flag(help: "That frame as a drawing.") var svg = false
  @Flag(help: "That frame as text without colours: what it is without --svg.") var text = false
  @Flag(help: "Only signs of ASCII.") var ascii = false
  @Option(help: "Print a report of what happened until --at, else to the end, and exit: md.") var export: Format?

  func run() async throws {
    guard (1...1_000).contains(speed) else { throw Failure(.usage, "--speed \(speed): write 1 to 1000") }
    let reading = try JournalFiles.read(file)
    if let note = reading.note { FileOutput.error.write("zonetop: \(note)\n") }
    let recording = reading.recording
    let moment = try at.map { try Self.moment($0, in: recording) }
    if export != nil {
      guard let report = IncidentReport(recording, until: moment) else { throw Failure(.failed, "nothing was seen") }
      return FileOutput.standard.write(report.text)
    }
    let kind = try DisplayOptions.view(named: view)
    if once { return try printFrame(recording, at: moment, kind) }
    guard Terminals.isInteractive else {
      throw Failure(.usage, "there is no terminal to draw on; `zonetop replay FILE --once` prints one frame")
    }
    try await show(recording, at: moment, kind)
  }

  private func printFrame(_ recording: Recording, at moment: Timestamp?, _ kind: ViewKind) throws {
    let steps: [KeyStep]
    do { steps = try KeyStep.steps(keys) } catch { throw Failure(.usage, "--keys: \(error.description)") }
    var theme = try theme.map { try ThemeFiles.all(first: $0)[0] } ?? .dark
    if ascii { theme.glyphs = .ascii }
    var rehearsal = Rehearsal(
      state(
        recording, at: moment ?? recording.end, isPlaying: false, themes: [theme],
        size: try DisplayOptions.frameSize(size), kind))
    rehearsal.play(steps)
    let frame = frame(rehearsal.state, theme: theme)
    FileOutput.standard.write(
      svg
        ? FrameDrawing.svg(frame, theme: theme, title: "zonetop")
        : FrameText.render(frame, colors: .none, ascii: ascii))
  }

  private func show(_ recording: Recording, at moment: Timestamp?, _ kind: ViewKind) async throws {
    let themes = try ThemeFiles.all(first: theme)
    let screen = try DashboardTerminal.open()
    let start = state(
      recording, at: moment ?? recording.start, isPlaying: !paused, themes: themes, size: screen.size, kind)
    let session = DashboardSession(
      controller: nil, screen: screen, themes: DashboardTerminal.themes(themes, on: screen),
      time: .beginning(at: start.now),
      command: { line in .init(.error, "there is no command \(cleanLine(line)); ? lists what there is") },
      reload: { .failed("a replay has no configuration") }, save: DashboardTerminal.save)
    await session.run(start)
    await DashboardTerminal.close(screen) {}
  }

  private func state(
    _ recording: Recording, at moment: Timestamp?, isPlaying: Bool, themes: [Theme], size: Size, _ kind: ViewKind
  ) -> DashboardState {
    // Nobody's name: the same frame on every machine.
    let options = DashboardOptions(operatorName: "replay", themes: themes.map(\.name))
    return DashboardState(
      replaying: recording, at: moment ?? Timestamp(seconds: 0), speed: speed, isPlaying: isPlaying, options: options,
      size: size, view: kind)
  }

  /// A moment as people write it, within the journal's time.
  private static func moment(_ text: String, in recording: Recording) throws -> Timestamp {
    guard let start = recording.start, let end = recording.end else { throw Failure(.failed, "nothing was seen") }
    guard let moment = recording.moment(text) else {
      throw Failure(
        .usage, "--at \(cleanLine(text)): write 14:02:31, 2026-01-01T14:02:31Z or +90s; it is from \(start) to \(end)")
    }
    guard moment >= start, moment <= end else {
      throw Failure(.usage, "--at \(cleanLine(text)) is outside of the journal: it is from \(start) to \(end)")
    }
    return moment
  }
}

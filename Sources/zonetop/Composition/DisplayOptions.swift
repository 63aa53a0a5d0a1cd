import ArgumentParser
import Control
import Dashboard
import Federation
import Glibc
import Journal
import Resolution
import Terminal

/// What `top` and `demo` have in common: the dashboard on the terminal, or one frame printed.
struct DisplayOptions: ParsableArguments {
  @Flag(help: "Print one frame and exit.") var once = false
  @Option(help: "Columns and rows of that frame, as 120x40.") var size = "120x40"
  @Option(help: "The view to begin with: \(ViewKind.allCases.map(\.rawValue).joined(separator: ", ")).") var view =
    "tree"
  @Option(help: "A theme by name, or the path of its file.") var theme: String?
  @Flag(help: .hidden) var svg = false
  @Flag(name: .customLong("no-journal"), help: "Keep no journal of what is seen and asked for.") var isWithoutJournal =
    false

  /// Shows the dashboard until the operator leaves; or prints one frame.
  func show(_ session: Session, readOnly: String?, chaos: DemoChaos?) async throws {
    let kind = try Self.view(named: view)
    let themes = try ThemeFiles.all(first: theme ?? session.configuration.dashboard.theme)
    let options = DashboardOptions(
      operatorName: SystemIdentity.person, readOnly: readOnly, themes: themes.map(\.name))
    if once { return try await printFrame(session, kind, themes[0], options) }
    try await run(session, kind, themes, options, chaos)
  }

  private func run(
    _ session: Session, _ kind: ViewKind, _ themes: [Theme], _ options: DashboardOptions, _ chaos: DemoChaos?
  ) async throws {
    let screen = try DashboardTerminal.open()
    let recorder = isWithoutJournal ? nil : JournalFiles.folder.map { JournalRecorder(folder: $0) }
    let controller: any FederationController =
      recorder.map {
        RecordingController(
          session.controller, recorder: $0, operatorName: options.operatorName, now: SystemClock.now)
      } ?? session.controller
    let dashboard = DashboardSession(
      controller: controller, screen: screen, themes: DashboardTerminal.themes(themes, on: screen), time: .system,
      warnings: recorder?.notices,
      command: { line in
        guard let chaos, line.hasPrefix("chaos") else {
          return .init(.error, "there is no command \(cleanLine(line)); ? lists what there is")
        }
        return await chaos.answer(line)
      }, save: DashboardTerminal.save)
    await dashboard.run(options: options, view: kind)
    // The person has the terminal back, whatever the disk does.
    screen.close()
    await recorder?.finish()
    await DashboardTerminal.close(screen) { await session.stop() }
  }

  /// A view by the name that `--view` gives.
  static func view(named name: String) throws -> ViewKind {
    if let kind = ViewKind(name: name) { return kind }
    throw Failure(
      .usage, "--view \(cleanLine(name)): write one of \(ViewKind.allCases.map(\.rawValue).joined(separator: ", "))")
  }

  /// Columns and rows as `--size` gives them.
  static func frameSize(_ text: String) throws -> Size {
    let parts = text.split(separator: "x")
    guard parts.count == 2, let columns = Int(parts[0]), let rows = Int(parts[1]), (20...500).contains(columns),
      (5...300).contains(rows)
    else { throw Failure(.usage, "--size \(cleanLine(text)): write COLUMNSxROWS, such as 120x40") }
    return Size(columns: columns, rows: rows)
  }

  private func printFrame(_ session: Session, _ kind: ViewKind, _ theme: Theme, _ options: DashboardOptions)
    async throws
  {
    let size = try Self.frameSize(size)
    let snapshot = await session.controller.settledSnapshot(within: Session.patience)
    var trace: Trace?
    if let name = onceState(snapshot, trace: nil, size: size, options: options, view: kind).nameToTrace {
      trace = await session.controller.trace(name, type: .a)
    }
    let frame = renderOnce(snapshot, trace: trace, size: size, theme: theme, options: options, view: kind)
    if svg { return FileOutput.standard.write(FrameDrawing.svg(frame, theme: theme, title: "zonetop")) }
    let colors = ColorMode.detected(environment: Environment.all, isTerminal: isatty(STDOUT_FILENO) == 1)
    FileOutput.standard.write(FrameText.render(frame, colors: colors))
  }
}

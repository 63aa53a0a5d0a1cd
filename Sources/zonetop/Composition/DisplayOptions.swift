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

  /// Once, before anything logs: while the dashboard is shown, a log has no place on the terminal.
  func beginLog() { if !once { LogOutput.begin() } }

  /// Shows the dashboard until the operator leaves; or prints one frame.
  func show(_ world: DashboardWorld, readOnly: String?) async throws {
    let kind = try Self.view(named: view)
    let themes = try ThemeFiles.all(first: theme ?? world.settings.theme)
    let options = try Self.options(world.settings, themes, readOnly: readOnly)
    if once { return try await printFrame(world, kind, themes[0], options) }
    try await run(world, kind, themes, options)
  }

  private static func options(
    _ settings: Configuration.DashboardSettings, _ themes: [Theme], readOnly: String?
  ) throws -> DashboardOptions {
    let bindings: BindingTable
    do { bindings = try BindingTable.standard.rebound(settings.keys) } catch {
      throw Failure(.failed, error.description)
    }
    return DashboardOptions(
      operatorName: SystemIdentity.person, readOnly: readOnly, themes: themes.map(\.name), bindings: bindings,
      rings: settings.bell)
  }

  /// The dashboard section of the configuration and the themes, read again.
  private func reloaded(_ world: DashboardWorld, glyphs: Glyphs, readOnly: String?) -> DashboardSession.Reloaded {
    do {
      let settings = try world.readSettings()
      let themes = try ThemeFiles.all(first: theme ?? settings.theme)
      let options = try Self.options(settings, themes, readOnly: readOnly)
      return .options(options, themes.map { $0.drawn(with: glyphs) })
    } catch { return .failed((error as? Failure)?.message ?? "\(error)") }
  }

  private func run(
    _ world: DashboardWorld, _ kind: ViewKind, _ themes: [Theme], _ options: DashboardOptions
  ) async throws {
    let screen = try DashboardTerminal.open()
    let glyphs = screen.glyphs
    let (display, readOnly) = (self, options.readOnly)
    let recorder =
      isWithoutJournal || !world.isJournaled ? nil : JournalFiles.folder.map { JournalRecorder(folder: $0) }
    let controller: any FederationController =
      recorder.map {
        RecordingController(world.controller, recorder: $0, operatorName: options.operatorName, now: SystemClock.now)
      } ?? world.controller
    let dashboard = DashboardSession(
      controller: controller, screen: screen, themes: themes.map { $0.drawn(with: glyphs) }, time: .system,
      warnings: recorder?.notices, command: world.command,
      reload: { display.reloaded(world, glyphs: glyphs, readOnly: readOnly) }, save: DashboardTerminal.save)
    await dashboard.run(options: options, view: kind)
    // The person has the terminal back, whatever the disk does.
    LogOutput.end()
    screen.close()
    await recorder?.finish()
    await DashboardTerminal.close(screen) { await world.stop() }
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

  private func printFrame(
    _ world: DashboardWorld, _ kind: ViewKind, _ theme: Theme, _ options: DashboardOptions
  ) async throws {
    let size = try Self.frameSize(size)
    guard let snapshot = await world.settled() else { return }
    var trace: Trace?
    if let name = onceState(snapshot, trace: nil, size: size, options: options, view: kind).nameToTrace {
      trace = await world.controller.trace(name, type: .a)
    }
    let frame = renderOnce(snapshot, trace: trace, size: size, theme: theme, options: options, view: kind)
    if svg { return FileOutput.standard.write(FrameDrawing.svg(frame, theme: theme, title: "zonetop")) }
    let colors = ColorMode.detected(environment: Environment.all, isTerminal: isatty(STDOUT_FILENO) == 1)
    FileOutput.standard.write(FrameText.render(frame, colors: colors))
  }
}

extension Theme {
  /// The same theme with the signs that a terminal can show.
  fileprivate func drawn(with glyphs: Glyphs) -> Theme {
    var theme = self
    theme.glyphs = glyphs
    return theme
  }
}

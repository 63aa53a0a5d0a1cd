import ArgumentParser
import Control
import Dashboard
import Federation
import Glibc
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

  /// Shows the dashboard until the operator leaves; or prints one frame.
  func show(_ world: DashboardWorld, readOnly: String?) async throws {
    guard let kind = ViewKind(name: view) else {
      throw Failure(
        .usage, "--view \(cleanLine(view)): write one of \(ViewKind.allCases.map(\.rawValue).joined(separator: ", "))")
    }
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
    let screen: Screen
    do {
      screen = try Screen.open(
        ScreenOptions(logPath: StateFolder.path.map { "\($0)/zonetop.log" }, environment: Environment.all))
    } catch {
      throw Failure(.failed, error.description)
    }
    let glyphs = screen.glyphs
    let shown = themes.map { $0.drawn(with: glyphs) }
    let (display, readOnly) = (self, options.readOnly)
    let dashboard = DashboardSession(
      controller: world.controller, screen: screen, themes: shown, time: .system, command: world.command,
      reload: { display.reloaded(world, glyphs: glyphs, readOnly: readOnly) })
    await dashboard.run(options: options, view: kind)
    screen.close()
    if case .signal(let number)? = screen.end {
      await world.stop()
      // End as the signal would have ended it, so that whoever sent it sees that.
      // The threads that tasks run on keep signals blocked.
      var own = sigset_t()
      sigemptyset(&own)
      sigaddset(&own, number)
      pthread_sigmask(SIG_UNBLOCK, &own, nil)
      signal(number, SIG_DFL)
      raise(number)
    }
  }

  private func printFrame(
    _ world: DashboardWorld, _ kind: ViewKind, _ theme: Theme, _ options: DashboardOptions
  ) async throws {
    let parts = size.split(separator: "x")
    guard parts.count == 2, let columns = Int(parts[0]), let rows = Int(parts[1]), (20...500).contains(columns),
      (5...300).contains(rows)
    else { throw Failure(.usage, "--size \(cleanLine(size)): write COLUMNSxROWS, such as 120x40") }
    guard let snapshot = await world.settled() else { return }
    let size = Size(columns: columns, rows: rows)
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

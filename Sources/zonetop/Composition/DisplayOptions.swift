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
  func show(_ session: Session, readOnly: String?, chaos: DemoChaos?) async throws {
    guard let kind = ViewKind(name: view) else {
      throw Failure(
        .usage, "--view \(cleanLine(view)): write one of \(ViewKind.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    let themes = try ThemeFiles.all(first: theme ?? session.configuration.dashboard.theme)
    let options = try Self.options(session.configuration, themes, readOnly: readOnly)
    if once { return try await printFrame(session, kind, themes[0], options) }
    try await run(session, kind, themes, options, chaos)
  }

  private static func options(
    _ configuration: Configuration, _ themes: [Theme], readOnly: String?
  ) throws -> DashboardOptions {
    let bindings: BindingTable
    do { bindings = try BindingTable.standard.rebound(configuration.dashboard.keys) } catch {
      throw Failure(.failed, error.description)
    }
    return DashboardOptions(
      operatorName: SystemIdentity.person, readOnly: readOnly, themes: themes.map(\.name), bindings: bindings,
      rings: configuration.dashboard.bell)
  }

  /// The dashboard section of the configuration and the themes, read again.
  private func reloaded(_ global: GlobalOptions?, glyphs: Glyphs, readOnly: String?) -> DashboardSession.Reloaded {
    do {
      guard let global else { return .failed("this dashboard was started without a configuration") }
      let configuration = try Session.configuration(global)
      let themes = try ThemeFiles.all(first: theme ?? configuration.dashboard.theme)
      let options = try Self.options(configuration, themes, readOnly: readOnly)
      return .options(options, themes.map { $0.drawn(with: glyphs) })
    } catch { return .failed((error as? Failure)?.message ?? "\(error)") }
  }

  private func run(
    _ session: Session, _ kind: ViewKind, _ themes: [Theme], _ options: DashboardOptions, _ chaos: DemoChaos?
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
    let (display, readOnly, global) = (self, options.readOnly, session.global)
    let dashboard = DashboardSession(
      controller: session.controller, screen: screen, themes: shown, time: .system,
      command: { line in
        guard let chaos, line.hasPrefix("chaos") else {
          return .init(.error, "there is no command \(cleanLine(line)); ? lists what there is")
        }
        return await chaos.answer(line)
      }, reload: { display.reloaded(global, glyphs: glyphs, readOnly: readOnly) })
    await dashboard.run(options: options, view: kind)
    screen.close()
    if case .signal(let number)? = screen.end {
      await session.stop()
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

  private func printFrame(_ session: Session, _ kind: ViewKind, _ theme: Theme, _ options: DashboardOptions)
    async throws
  {
    let parts = size.split(separator: "x")
    guard parts.count == 2, let columns = Int(parts[0]), let rows = Int(parts[1]), (20...500).contains(columns),
      (5...300).contains(rows)
    else { throw Failure(.usage, "--size \(cleanLine(size)): write COLUMNSxROWS, such as 120x40") }
    let snapshot = await session.controller.settledSnapshot(within: Session.patience)
    let size = Size(columns: columns, rows: rows)
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

extension Theme {
  /// The same theme with the signs that a terminal can show.
  fileprivate func drawn(with glyphs: Glyphs) -> Theme {
    var theme = self
    theme.glyphs = glyphs
    return theme
  }
}

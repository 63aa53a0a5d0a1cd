import Dashboard
import Federation
import Glibc
import Terminal

/// The terminal that a dashboard is shown on, and how it ends there.
enum DashboardTerminal {
  static func open() throws -> Screen {
    do {
      return try Screen.open(
        ScreenOptions(logPath: StateFolder.path.map { "\($0)/zonetop.log" }, environment: Environment.all))
    } catch {
      throw Failure(.failed, error.description)
    }
  }

  /// The themes with the signs that the terminal can show.
  static func themes(_ themes: [Theme], on screen: Screen) -> [Theme] {
    themes.map { theme in
      var theme = theme
      theme.glyphs = screen.glyphs
      return theme
    }
  }

  /// Gives the terminal back. When a signal has ended it, the process ends as the signal would have ended it, so that
  /// whoever sent it sees that.
  static func close(_ screen: Screen, before ending: () async -> Void) async {
    screen.close()
    guard case .signal(let number)? = screen.end else { return }
    await ending()
    // The threads that tasks run on keep signals blocked.
    var own = sigset_t()
    sigemptyset(&own)
    sigaddset(&own, number)
    pthread_sigmask(SIG_UNBLOCK, &own, nil)
    signal(number, SIG_DFL)
    raise(number)
  }

  /// Writes a report, and says so.
  @Sendable static func save(_ path: String, _ text: String) async -> DashboardSession.Answer {
    do { try ReportFile.write(text, to: path) } catch let failure as Failure {
      return .init(.error, failure.message ?? "not written")
    } catch {
      return .init(.error, cleanLine("\(error)"))
    }
    return .init(.done, "wrote \(cleanLine(path))")
  }
}

import CNcurses
import Glibc

/// The body of the screen's thread: the only place that calls ncurses once the screen is open.
final class ScreenLoop {
  private let shared: ScreenShared
  private let terminal: TerminalFiles
  private let interval: Duration
  private var backend: NcursesBackend
  private var decoder = InputDecoder()
  private var shown: CellGrid?
  private var lastDraw: ContinuousClock.Instant?
  private let start = ContinuousClock.now
  private var isUp = true

  let isASCII: Bool
  var colors: ColorMode { backend.colors }

  init(shared: ScreenShared, options: ScreenOptions) throws(ScreenError) {
    self.shared = shared
    interval = options.frameInterval
    let term = options.environment["TERM"] ?? ""
    isASCII = zt_locale() == 0 || term == "linux"
    terminal = try TerminalFiles()
    zt_guard_thread()
    // Before ncurses changes the modes that a crash must give back.
    zt_guard_begin(terminal.output, terminal.errors, Self.notice(options.logPath))
    let opened = zt_open(terminal.input, terminal.output)
    if opened != 0 { zt_guard_end() }
    switch opened {
    case 0: break
    case 1:
      terminal.close()
      throw .unknownTerminal(term)
    default:
      terminal.close()
      throw .system("opening the terminal's streams", code: errno)
    }
    backend = NcursesBackend(
      colors: ColorMode.detected(colors: Int(zt_colors()), environment: options.environment),
      pairLimit: Int(zt_pairs()), isASCII: isASCII)
    zt_signals_begin(shared.pipe.write)
    terminal.redirect(to: options.logPath)
    if let size = windowSize() { shared.set(size: size) }
  }

  /// What a crash leaves on the terminal it gave back.
  private static func notice(_ logPath: String?) -> String {
    "zonetop crashed; " + (logPath.map { "its last words are in \($0)\n" } ?? "this is a defect, please report it\n")
  }

  /// Runs until the screen is closed or ends by itself.
  func run() {
    zt_guard_thread()
    while true {
      guard waitForNews() else { return finish(.terminalLost) }
      for signal in drainPipe() {
        if let end = handle(signal) { return finish(end) }
      }
      if let end = readInput() { return finish(end) }
      let due = timeToFrame() <= .zero
      let orders = shared.take(frame: due)
      if orders.isClose { return close() }
      perform(orders)
    }
  }

  /// Gives everything back.
  func close() {
    restore()
    shared.mailbox.finish()
  }

  private func restore() {
    guard isUp else { return }
    isUp = false
    zt_suspend()
    zt_close()
    zt_guard_end()
    terminal.giveBack()
    terminal.close()
    zt_signals_end()
  }

  /// Ends by itself: restores, tells the reader, and sees to it that the process ends.
  private func finish(_ end: ScreenEnd) {
    restore()
    shared.set(end: end)
    shared.mailbox.finish()
    let deadline = ContinuousClock.now + .seconds(2)
    while ContinuousClock.now < deadline {
      var files = [pollfd(fd: shared.pipe.read, events: Int16(POLLIN), revents: 0)]
      _ = poll(&files, 1, Self.milliseconds(deadline - ContinuousClock.now))
      _ = drainPipe()
      if shared.take(frame: true).isClose { return }
    }
    switch end {
    case .signal(let number): zt_die(number)
    case .terminalLost: zt_die(SIGHUP)
    }
  }

  // MARK: Waiting

  /// Sleeps until there is input, a signal, an order, or a frame is due. False when the terminal is gone.
  private func waitForNews() -> Bool {
    var timeout: Int32 = -1
    if shared.hasFrame { timeout = Self.milliseconds(timeToFrame()) }
    if decoder.isPasting { timeout = timeout < 0 ? 1000 : min(timeout, 1000) }
    var files = [
      pollfd(fd: terminal.input, events: Int16(POLLIN), revents: 0),
      pollfd(fd: shared.pipe.read, events: Int16(POLLIN), revents: 0),
    ]
    let ready = poll(&files, 2, timeout)
    if ready == 0, decoder.isPasting { shared.mailbox.put(decoder.endPaste()) }
    guard ready > 0 else { return true }
    return files[0].revents & Int16(POLLHUP | POLLERR | POLLNVAL) == 0
  }

  private func timeToFrame() -> Duration {
    guard let lastDraw else { return .zero }
    return max(.zero, interval - (ContinuousClock.now - lastDraw))
  }

  private static func milliseconds(_ duration: Duration) -> Int32 {
    let (seconds, attoseconds) = duration.components
    return Int32(clamping: seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
  }

  private func drainPipe() -> [Int32] {
    var signals: [Int32] = []
    var buffer = [UInt8](repeating: 0, count: 256)
    while case let count = read(shared.pipe.read, &buffer, buffer.count), count > 0 {
      signals += buffer[..<count].filter { $0 != 0 }.map(Int32.init)
    }
    return signals
  }

  // MARK: Signals

  private func handle(_ signal: Int32) -> ScreenEnd? {
    switch signal {
    case SIGWINCH: resize()
    case SIGTSTP: suspend()
    case SIGCONT: comeBack()
    default: return .signal(signal)
    }
    return nil
  }

  private func suspend() {
    zt_suspend()
    zt_stop()
    comeBack()
  }

  private func comeBack() {
    zt_resume()
    resize()
    draw(again: true)
  }

  private func resize() {
    guard let size = windowSize() else { return }
    zt_resize(Int32(size.rows), Int32(size.columns))
    guard size != shared.size else { return }
    shared.set(size: size)
    shared.mailbox.put([.resize(size)])
  }

  private func windowSize() -> Size? {
    var rows: Int32 = 0
    var columns: Int32 = 0
    guard zt_window(terminal.output, &rows, &columns) == 0 else { return nil }
    return Size(columns: Int(columns), rows: Int(rows))
  }

  // MARK: Input

  private func readInput() -> ScreenEnd? {
    var events: [InputEvent] = []
    // A flood of input must not keep frames and signals waiting.
    for _ in 0..<4096 {
      let input = zt_read()
      if input.kind == ZT_NOTHING { break }
      guard let raw = RawInput(input) else { continue }
      if !decoder.isPasting {
        if raw == .scalar(26) {
          suspend()
          continue
        }
        if raw == .scalar(28) { return .signal(SIGQUIT) }
      }
      events += decoder.decode(raw, at: ContinuousClock.now - start)
    }
    shared.mailbox.put(events + decoder.flush())
    return nil
  }

  // MARK: Drawing

  private func perform(_ orders: ScreenOrders) {
    if let text = orders.copy { terminal.write(ClipboardSequence.bytes(text)) }
    if orders.isBell { terminal.write([7]) }
    if let frame = orders.frame {
      let changes = frame.changes(since: shown)
      shown = frame
      if !changes.isEmpty {
        backend.show(frame, changes: changes)
        zt_flush()
        lastDraw = ContinuousClock.now
      }
    }
    if orders.isRedraw { draw(again: true) }
  }

  private func draw(again: Bool) {
    guard let shown else { return }
    zt_redraw()
    backend.show(shown, changes: shown.changes(since: nil))
    zt_flush()
  }
}

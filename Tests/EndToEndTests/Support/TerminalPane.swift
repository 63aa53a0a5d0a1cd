import Glibc

/// A real terminal: a pane of a tmux server of its own, with a plain `sh` in it.
struct TerminalPane {
  let folder: TemporaryFolder
  private let socket: String

  /// Starts the server; the shell's working directory is that of the tests, its home a folder of its own.
  static func start(columns: Int = 120, rows: Int = 36) async throws -> TerminalPane {
    let pane = TerminalPane(folder: try TemporaryFolder())
    let started = try await Tools.run(
      pane.command(["new-session", "-d", "-s", "t", "-x", "\(columns)", "-y", "\(rows)", "sh"]),
      environment: [
        "HOME": pane.folder.path, "XDG_CONFIG_HOME": pane.folder.path, "XDG_STATE_HOME": pane.folder.path,
        "LC_ALL": "C.UTF-8", "SWIFT_BACKTRACE": "enable=no", "ENV": "", "TERM": "xterm-256color", "NO_COLOR": "",
      ])
    guard started.code == 0 else { throw ProgramError("tmux: \(started.output)") }
    try await pane.tmux("set", "-g", "status", "off")
    try await pane.tmux("set", "-g", "remain-on-exit", "on")
    try await pane.type("PS1='at the shell> '; ulimit -c 0; clear")
    guard await Tools.eventually(within: .seconds(10), { await pane.rows().first == "at the shell>" }) else {
      await pane.stop()
      throw ProgramError("no shell in tmux: \(await pane.screen())")
    }
    return pane
  }

  private init(folder: TemporaryFolder) {
    self.folder = folder
    socket = folder.path + "/tmux"
  }

  func stop() async {
    _ = try? await Tools.run(command(["kill-server"]))
    folder.remove()
  }

  // MARK: What a person does

  /// Types a line and Enter.
  func type(_ line: String) async throws {
    try await write(line)
    try await press("Enter")
  }

  /// Types characters.
  func write(_ text: String) async throws { try await tmux("send-keys", "-t", "t", "-l", text) }

  /// Presses keys by tmux's names for them: `Down`, `C-z`, `Enter`.
  func press(_ keys: String...) async throws {
    try await must(["send-keys", "-t", "t"] + keys)
  }

  /// Presses the keys of a script as `zonetop replay --keys` reads it, without pauses.
  func press(script: String) async throws {
    let names = ["Tab": "Tab", "Bksp": "BSpace", "PgDn": "NPage", "PgUp": "PPage", "Esc": "Escape", "Space": "Space"]
    var rest = Substring(script)
    while let character = rest.popFirst() {
      guard character == "<" else {
        try await write(String(character))
        continue
      }
      guard let end = rest.firstIndex(of: ">") else { throw ProgramError("no key: <\(rest)") }
      let name = String(rest[..<end])
      rest = rest[rest.index(after: end)...]
      try await press(names[name] ?? name)
      // Escape and a key at once would be that key with Alt.
      if name == "Esc" { try await Task.sleep(for: .milliseconds(100)) }
    }
  }

  /// Runs a program in the place of the one that is there.
  func replace(by arguments: [String]) async throws {
    try await must(["respawn-pane", "-k", "-t", "t"] + arguments)
  }

  func resize(columns: Int, rows: Int) async throws {
    try await tmux("resize-window", "-t", "t", "-x", "\(columns)", "-y", "\(rows)")
  }

  // MARK: What a person sees

  func screen() async -> String {
    (try? await Tools.run(command(["capture-pane", "-p", "-t", "t"])).output) ?? ""
  }

  /// The screen with the sequences that colour it.
  func colored() async throws -> String {
    try await must(["capture-pane", "-p", "-e", "-N", "-t", "t"]).output
  }

  func rows() async -> [String] {
    await screen().split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// Waits until the screen is as it should be; false when it never was.
  func shows(within limit: Duration = .seconds(20), _ condition: @Sendable (String) -> Bool) async -> Bool {
    await Tools.eventually(within: limit, every: .milliseconds(20)) { condition(await screen()) }
  }

  /// Whether a full-screen program has the terminal.
  func isOnAlternateScreen() async throws -> Bool { try await value("#{alternate_on}") == "1" }

  /// The process of the tmux server.
  func serverID() async throws -> pid_t? { pid_t(try await value("#{pid}")) }

  private func value(_ format: String) async throws -> String {
    try await must(["display-message", "-p", "-t", "t", format]).output.trimmingNewline
  }

  // MARK: tmux

  private func tmux(_ arguments: String...) async throws { try await must(arguments) }

  @discardableResult
  private func must(_ arguments: [String]) async throws -> Finished {
    let result = try await Tools.run(command(arguments))
    guard result.code == 0 else { throw ProgramError("tmux \(arguments): \(result.output)") }
    return result
  }

  private func command(_ arguments: [String]) -> [String] {
    ["tmux", "-u", "-f", "/dev/null", "-S", socket] + arguments
  }
}

extension String {
  fileprivate var trimmingNewline: String { hasSuffix("\n") ? String(dropLast()) : self }
}

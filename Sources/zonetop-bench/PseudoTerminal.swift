import Glibc

/// A program in a pseudo terminal of its own, what it draws kept as bytes.
final class PseudoTerminal {
  let pid: pid_t
  private let master: Int32
  private(set) var drawn: [UInt8] = []

  /// Starts a program with the terminal as its controlling one; nil when the system has none to give.
  init?(_ arguments: [String], environment: [String: String], columns: UInt16 = 200, rows: UInt16 = 50) {
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    var (master, slave): (Int32, Int32) = (-1, -1)
    var name = [CChar](repeating: 0, count: 64)
    guard openpty(&master, &slave, &name, nil, &size) == 0 else { return nil }
    self.master = master
    _ = fcntl(master, F_SETFD, FD_CLOEXEC)
    _ = fcntl(slave, F_SETFD, FD_CLOEXEC)
    defer { close(slave) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // The first terminal that the leader of a session opens becomes its own.
    posix_spawn_file_actions_addopen(&actions, 0, name, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    guard let started = Child.spawn(arguments, environment, &actions) else { return nil }
    pid = started
  }

  deinit { close(master) }

  /// Types on its keyboard.
  func type(_ text: String) {
    let bytes = Array(text.utf8)
    _ = Glibc.write(master, bytes, bytes.count)
  }

  /// Reads what is drawn until a text is among it; false when the time is over before.
  func reads(_ text: String, within limit: Duration) -> Bool {
    let end = ContinuousClock.now + limit
    let wanted = Array(text.utf8)
    var searched = 0
    while ContinuousClock.now < end {
      read(for: .milliseconds(100))
      let from = max(0, searched - wanted.count)
      searched = drawn.count
      if drawn.count >= wanted.count, from <= drawn.count - wanted.count,
        (from...(drawn.count - wanted.count)).contains(where: { drawn[$0...].starts(with: wanted) })
      {
        return true
      }
    }
    return false
  }

  /// Reads what comes, for at most so long.
  func read(for limit: Duration) {
    var file = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    guard poll(&file, 1, Int32(limit / .milliseconds(1))) > 0 else { return }
    var chunk = [UInt8](repeating: 0, count: 65_536)
    let count = Glibc.read(master, &chunk, chunk.count)
    if count > 0 { drawn += chunk[..<count] }
  }
}

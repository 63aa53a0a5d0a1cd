import Glibc

/// The terminal's own descriptors, apart from 0, 1 and 2, which go elsewhere while the screen is up.
final class TerminalFiles {
  let input: Int32
  let output: Int32
  let errors: Int32
  private var isRedirected = false
  private var modes = termios()

  init() throws(ScreenError) {
    input = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
    output = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3)
    errors = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
    guard input >= 0, output >= 0, errors >= 0, tcgetattr(output, &modes) == 0 else {
      let code = errno
      close()
      throw .system("keeping the terminal's descriptors", code: code)
    }
  }

  /// Sends standard output and error to the log; where it cannot be opened, nowhere.
  func redirect(to path: String?) {
    let flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC
    var log = path.map { open($0, flags, 0o600) } ?? -1
    if log < 0 { log = open("/dev/null", O_WRONLY | O_CLOEXEC) }
    guard log >= 0 else { return }
    fflush(nil)
    dup2(log, STDOUT_FILENO)
    dup2(log, STDERR_FILENO)
    Glibc.close(log)
    isRedirected = true
  }

  /// Undoes `redirect` and sets the modes the terminal had.
  func giveBack() {
    fflush(nil)
    if isRedirected {
      dup2(output, STDOUT_FILENO)
      dup2(errors, STDERR_FILENO)
    }
    tcsetattr(output, TCSANOW, &modes)
  }

  func write(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(output, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  func close() {
    for file in [input, output, errors] where file >= 0 { Glibc.close(file) }
  }
}

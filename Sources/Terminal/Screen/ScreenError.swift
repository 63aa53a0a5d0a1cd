import Glibc

/// Why the screen cannot be opened.
package enum ScreenError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Input or output is not a terminal; a command that prints lines serves better there.
  case notATerminal
  /// The terminal's kind is unknown or cannot place a cursor.
  case unknownTerminal(String)
  case alreadyOpen
  /// A system call failed: what, and its `errno`.
  case system(String, code: Int32)

  package var description: String {
    switch self {
    case .notATerminal: "input or output is not a terminal: use `zonetop status`, or `zonetop top --once` for one frame"
    case .unknownTerminal(let name):
      "terminal kind `\(name)` is unknown or cannot place a cursor: set TERM to one that `infocmp` knows"
    case .alreadyOpen: "the screen is already open: a process has one terminal"
    case .system(let what, let code): "\(what) failed: \(String(cString: strerror(code)))"
    }
  }
}

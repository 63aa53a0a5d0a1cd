/// Why the screen ended by itself. The terminal has been restored by then.
package enum ScreenEnd: Hashable, Sendable {
  /// A signal asked the process to end; its number.
  case signal(Int32)
  /// The terminal is gone.
  case terminalLost
}

package import Control
package import Federation

/// What the reducer asks of the world; only the shell acts.
package enum Effect: Sendable, Hashable {
  case perform(Intent)
  /// Ask what giving or ending orders would do; answered by ``Message/previewed(_:)``.
  case preview(OrderChange)
  /// Ask the servers; answered by ``Message/traced(_:)``. At most one is under way.
  case trace(DomainName, RecordType)
  /// Put the text on the clipboard (OSC 52).
  case copy(String)
  /// Write a report to a file that is not there yet; answered by a notice.
  case save(path: String, text: String)
  /// A command line that the dashboard does not know itself, such as `chaos scale us-central1-a 0`.
  case command(String)
  /// Read the configuration's dashboard section and the themes again; answered by ``Message/reloaded(_:_:)``.
  case reload
  /// Ring the terminal's bell.
  case bell
  /// Draw everything again, whatever was on the screen.
  case redraw
  case quit
}

import Journal

/// Where dashboards keep their journals: `$XDG_STATE_HOME/zonetop/journal/`.
enum JournalFiles {
  static var folder: String? { StateFolder.path.map { "\($0)/journal" } }

  /// What is said in the help of every command that writes one.
  static let help = """
    The dashboard keeps a journal of what it saw and what was asked for from it, for `zonetop replay` and reports: in \
    $XDG_STATE_HOME/zonetop/journal/ (default ~/.local/state/zonetop/journal/), readable by you alone, at most 64 MiB; \
    the oldest files go first. It holds what the screen shows: no keys, tokens or configuration. Remove the files \
    whenever you like; --no-journal writes none.
    """

  /// Reads a journal whole.
  static func read(_ path: String) throws -> JournalReading {
    // The last line may have been cut off within a character.
    let bytes = try TextFile.bytes(path)
    do { return try Recording.read(bytes, name: path) } catch { throw Failure(.failed, error.description) }
  }
}

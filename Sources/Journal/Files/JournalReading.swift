import Federation

/// What a journal held.
package struct JournalReading: Sendable {
  package var recording: Recording
  /// What is worth saying about the file: that its last line was cut off by a crash.
  package var note: String?
}

/// Why a journal cannot be read: one line.
package struct JournalError: Error, Hashable, CustomStringConvertible {
  package let description: String
}

extension Recording {
  /// Reads the lines of one journal.
  ///
  /// - Parameter name: the file, for what is said about it.
  /// - Throws: ``JournalError`` with the number of the line that is none. A last line without its newline was cut off
  ///   when the process died, and is left out.
  package static func read(_ bytes: [UInt8], name: String) throws(JournalError) -> JournalReading {
    let name = cleanLine(name)
    var reading = JournalReading(recording: Recording(limit: .max / 4))
    var number = 0
    var start = bytes.startIndex
    while start < bytes.endIndex {
      number += 1
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n"))
      let line = bytes[start..<(end ?? bytes.endIndex)]
      do throws(JournalTrouble) {
        let entry = try JournalEntry(line: line)
        if number == 1 {
          guard case .picture = entry.content else { throw JournalTrouble(why: "the first line is no whole picture") }
        }
        reading.recording.add(entry)
      } catch {
        guard end == nil, number > 1 else {
          throw JournalError(
            description: "\(name):\(number): no line of a journal: \(cleanLine(error.why)); is it the right file?")
        }
        reading.note = "\(name):\(number): the last line was cut off, and is left out"
      }
      start = end.map { $0 + 1 } ?? bytes.endIndex
    }
    guard !reading.recording.isEmpty else { throw JournalError(description: "\(name) holds nothing") }
    return reading
  }
}

import Control
import Federation
import JSON

/// Events that came on top, and how many of the former ones are still there.
struct EventsChange: Hashable, Sendable {
  var new: [Event]
  var kept: Int

  init(from old: [Event], to new: [Event]) {
    if old == new {
      self.new = []
      kept = old.count
      return
    }
    // The log grows at the front and is cut at the end.
    let start = new.indices.first { new[$0...].elementsEqual(old.prefix(new.count - $0)) } ?? new.count
    self.new = Array(new[..<start])
    kept = new.count - start
  }

  func applied(to old: [Event]) -> [Event] {
    new.isEmpty && kept == old.count ? old : new + old.prefix(max(0, kept))
  }
}

extension EventsChange: JournalValue {
  var journal: JSONValue { members(["new": new.journalIfAny, "kept": kept.journal]) }

  init(journal value: JSONValue) throws(JournalTrouble) {
    let read = try Members(value)
    new = try read.list("new")
    kept = try read("kept")
  }
}

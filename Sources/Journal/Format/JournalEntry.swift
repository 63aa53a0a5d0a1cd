package import Control
package import Federation
import JSON
package import Resolution

/// One thing that a dashboard saw or did.
///
/// In a file it is a line of JSON: `{"v":1,"t":"2026-01-01T00:00:00Z","kind":KIND,KIND:{…}}`. Members that this version
/// does not know are passed over; a kind or a version that it does not know is an error.
///
/// | kind | what it holds |
/// |---|---|
/// | `picture` | everything that was seen; the first line of every file, and one now and then |
/// | `change` | what changed since the line of `picture` or `change` before it |
/// | `trace` | the walk of a name at the servers |
/// | `preview` | what an order would do, as a card showed it |
/// | `intent` | what an operator asked for; `by` says who |
/// | `result` | what came of it; `of` is the intent |
package struct JournalEntry: Sendable, Hashable {
  package var time: Timestamp
  package var content: Content

  package enum Content: Sendable, Hashable {
    case picture(FederationSnapshot)
    case change(PictureChange)
    case trace(Trace)
    case preview(DrainPreview)
    case intent(Intent, by: String)
    case result(IntentResult, of: Intent, by: String)
  }

  package init(time: Timestamp, content: Content) {
    self.time = time
    self.content = content
  }
}

extension JournalEntry {
  static let version: Int64 = 1

  /// The line without its newline. Every text in it is clean.
  package var line: [UInt8] {
    var object: JSONValue = ["v": .integer(Self.version), "t": time.journal]
    func set(_ kind: String, _ value: JSONValue) {
      object["kind"] = .string(kind)
      object[kind] = value
    }
    switch content {
    case .picture(let picture): set("picture", picture.journal)
    case .change(let change): set("change", change.journal)
    case .trace(let trace): set("trace", trace.journal)
    case .preview(let preview): set("preview", preview.journal)
    case .intent(let intent, let by):
      set("intent", intent.journal)
      object["by"] = by.journal
    case .result(let result, let intent, let by):
      set("result", result.journal)
      object["of"] = intent.journal
      object["by"] = by.journal
    }
    return object.encoded()
  }

  /// Reads what ``line`` wrote.
  init(line: some Collection<UInt8>) throws(JournalTrouble) {
    let value: JSONValue
    do { value = try JSONValue.parse(line) } catch { throw JournalTrouble(why: error.description) }
    let read = try Members(value)
    let version: Int = try read("v")
    guard version == Self.version else {
      throw JournalTrouble(why: "format \(version) is not known to this version of zonetop")
    }
    time = try read("t")
    switch try read("kind") as String {
    case "picture": content = .picture(try read("picture"))
    case "change": content = .change(try read("change"))
    case "trace": content = .trace(try read("trace"))
    case "preview": content = .preview(try read("preview"))
    case "intent": content = .intent(try read("intent"), by: try read("by"))
    case "result": content = .result(try read("result"), of: try read("of"), by: try read("by"))
    default: throw JournalTrouble(why: "kind: a word that this version does not know")
    }
  }
}

import JSON

/// How the messages of a watch are written: one JSON object a line.
struct WatchFraming {
  var kind: ResourceKind
  var sendsBookmarks: Bool
  /// Set when the client wants its objects as tables.
  var table: Table?
  private var hasShownHeader = false

  init(kind: ResourceKind, sendsBookmarks: Bool, table: Table?) {
    self.kind = kind
    self.sendsBookmarks = sendsBookmarks
    self.table = table
  }

  /// Appends a message to what is sent next; the clock is read for the ages in tables.
  mutating func write(_ message: WatchMessage, to output: inout [UInt8], unixSeconds: Int64) {
    switch message {
    case .added(_, let object): write("ADDED", object, to: &output, unixSeconds)
    case .modified(_, let object): write("MODIFIED", object, to: &output, unixSeconds)
    case .deleted(_, let object): write("DELETED", object, to: &output, unixSeconds)
    case .bookmark(let revision, let endsInitial):
      guard sendsBookmarks || endsInitial else { return }
      var metadata: JSONValue = ["resourceVersion": .string(String(revision)), "creationTimestamp": nil]
      if endsInitial { metadata["annotations"] = ["k8s.io/initial-events-end": "true"] }
      let object: JSONValue = [
        "kind": .string(kind.name), "apiVersion": .string(kind.apiVersion), "metadata": metadata,
      ]
      frame("BOOKMARK", object.encoded(), to: &output)
    }
  }

  /// Appends the event that tells a client to list again.
  static func writeExpired(to output: inout [UInt8]) {
    let status = APIError(
      code: 410, reason: "Expired", message: "the watch fell too far behind and was ended: list again")
    output += Array(#"{"type":"ERROR","object":"#.utf8) + status.status.encoded() + Array("}\n".utf8)
  }

  private mutating func write(
    _ type: StaticString, _ object: StoredObject, to output: inout [UInt8], _ unixSeconds: Int64
  ) {
    guard var table else {
      frame(type, object.text, to: &output)
      return
    }
    table.unixSeconds = unixSeconds
    let metadata: JSONValue = ["resourceVersion": .string(String(object.revision))]
    frame(type, table.text(of: [object], metadata: metadata, showsHeader: !hasShownHeader), to: &output)
    hasShownHeader = true
  }

  private func frame(_ type: StaticString, _ object: [UInt8], to output: inout [UInt8]) {
    output += Array(#"{"type":"\#(type)","object":"#.utf8)
    output += object
    output += Array("}\n".utf8)
  }
}

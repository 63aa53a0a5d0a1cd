package import JSON

/// An object as it stands at one revision, with its JSON text, which is encoded once however often it is sent.
package struct StoredObject: Sendable {
  package let value: JSONValue
  /// `value` as JSON text.
  package let text: [UInt8]
  package let revision: UInt64

  package init(_ value: JSONValue, revision: UInt64) {
    var value = value
    value[at: ["metadata", "resourceVersion"]] = .string(String(revision))
    self.value = value
    self.text = value.encoded()
    self.revision = revision
  }

  /// What a write that is only tried would have made: it has no revision of its own but that of what it would have
  /// replaced.
  init(tried value: JSONValue, replacing old: UInt64?) {
    var value = value
    value[at: ["metadata", "resourceVersion"]] = old.map { .string(String($0)) }
    self.value = value
    self.text = value.encoded()
    self.revision = old ?? 0
  }

  /// Reads back the text of an object that was written with its revision; nil when it is none.
  init?(text: [UInt8]) {
    guard let value = try? JSONValue.parse(text),
      let revision = value["metadata"]?["resourceVersion"]?.string.flatMap(UInt64.init)
    else { return nil }
    self.value = value
    self.text = text
    self.revision = revision
  }

  package var name: String { value["metadata"]?["name"]?.string ?? "" }
  package var namespace: String { value["metadata"]?["namespace"]?.string ?? "" }
  package var uid: String { value["metadata"]?["uid"]?.string ?? "" }
  /// True from the request to delete it until its finalizers are gone.
  package var isGoing: Bool { value["metadata"]?["deletionTimestamp"] != nil }
}

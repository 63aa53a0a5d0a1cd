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

  package var name: String { value["metadata"]?["name"]?.string ?? "" }
  package var namespace: String { value["metadata"]?["namespace"]?.string ?? "" }
}

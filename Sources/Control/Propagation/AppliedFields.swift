internal import JSON

/// The names of what a shard was given by its federated service, as its annotation keeps them: so that a label removed
/// at the federation is removed in the shards, and a foreign one stays.
package struct AppliedFields: Sendable, Hashable {
  var labels: Set<String> = []
  var annotations: Set<String> = []
  var spec: Set<String> = []

  /// As the annotation's value: compact JSON, sorted.
  var text: String {
    func names(_ set: Set<String>) -> JSONValue { .array(set.sorted().map(JSONValue.string)) }
    let value: JSONValue = ["labels": names(labels), "annotations": names(annotations), "spec": names(spec)]
    return value.text()
  }
}

extension AppliedFields {
  /// Reads an annotation's value; what is not understood counts as nothing, so that nothing foreign is removed.
  init(_ text: String?) {
    let value = text.flatMap { try? JSONValue.parse($0) }
    func names(_ field: String) -> Set<String> { Set((value?[field]?.array ?? []).compactMap(\.string)) }
    self.init(labels: names("labels"), annotations: names("annotations"), spec: names("spec"))
  }
}

import JSON
import Testing

@testable import APIServer

@Suite struct RecordedSequenceTests {
  @Test func thereAreADozen() throws { #expect(try RecordedSequence.all().count == 12) }

  @Test(arguments: try RecordedSequence.all())
  func ownersComeOutAsOnARealServer(_ sequence: RecordedSequence) throws {
    var registry = Registry(catalog: .federation, store: ResourceStore(startingAt: 1, journalCapacity: 64))
    _ = try registry.create(.namespace, in: "", ["metadata": ["name": "default"]], by: .client, unixSeconds: 0)
    let namespace = sequence.kind.scope == .namespaced ? "default" : ""
    let name = ObjectName(namespace: namespace, name: sequence.name)
    var before: StoredObject?
    for (index, step) in sequence.steps.enumerated() {
      do throws(APIError) {
        let object = try carryOut(step, sequence.kind, name, in: &registry, unixSeconds: Int64(index) * 60)
        #expect(step.message == nil, "step \(index) should have failed")
        #expect(owners(object.value, sequence.kind) == Set(step.owners.map(Self.modern)), "step \(index)")
        #expect(object.value[at: ["metadata", "labels"]] == step.labels, "step \(index)")
        for (key, value) in step.content?.object ?? [:] {
          #expect((object.value["spec"] ?? object.value["data"])?[key] == value, "step \(index): \(key)")
        }
        before = object
      } catch {
        #expect(error.code == step.code, "step \(index): \(error.message)")
        if step.code != 422 { #expect(Self.plain(error.message) == step.message, "step \(index)") }
        #expect(registry.store[sequence.kind.id, name]?.revision == before?.revision)
      }
    }
  }

  private func carryOut(
    _ step: RecordedSequence.Step, _ kind: ResourceKind, _ name: ObjectName, in registry: inout Registry,
    unixSeconds: Int64
  ) throws(APIError) -> StoredObject {
    let writer = Registry.Writer.client(as: step.manager)
    switch step.request {
    case "create":
      return try registry.create(kind, in: name.namespace, step.body, by: writer, unixSeconds: unixSeconds)
    case "update": return try registry.update(kind, name, step.body, by: writer, unixSeconds: unixSeconds)
    default:
      let types = [
        "merge": "application/merge-patch+json", "json": "application/json-patch+json",
        "strategic": "application/strategic-merge-patch+json", "apply": "application/apply-patch+yaml",
      ]
      let patch = try Patch(
        step.body.encoded(), mediaType: types[step.request] ?? "", for: kind, force: step.force)
      return try registry.patch(kind, name, patch, by: writer, unixSeconds: unixSeconds).object
    }
  }

  private func owners(_ object: JSONValue, _ kind: ResourceKind) -> Set<JSONValue> {
    Set(
      (object[at: ["metadata", "managedFields"]]?.array ?? []).map { entry in
        #expect(entry["apiVersion"]?.string == kind.apiVersion)
        #expect(entry["fieldsType"] == "FieldsV1")
        var fields = entry["fieldsV1"] ?? [:]
        // A default that the recorded server did not have yet.
        fields["f:spec"]?["f:internalTrafficPolicy"] = nil
        return [entry["manager"] ?? .null, entry["operation"] ?? .null, fields]
      })
  }

  /// An owner as later servers have it: since 1.21 a Service's selector has one owner as a whole.
  private static func modern(_ owner: JSONValue) -> JSONValue {
    guard var parts = owner.array, parts.count == 3 else { return owner }
    if parts[2]["f:spec"]?["f:selector"] != nil { parts[2]["f:spec"]?["f:selector"] = [:] }
    return .array(parts)
  }

  /// The message as the recorded server had it, which did not say which object it was about.
  private static func plain(_ message: String) -> String {
    guard message.hasPrefix("failed to create typed patch object ("), let end = message.firstIndex(of: ")") else {
      return message
    }
    let rest = message[message.index(after: end)...]
    let type = "expected numeric (int or float), got "
    if rest.hasSuffix("\(type)string") {
      return "failed to create typed patch object\(rest.dropLast("string".count))*value.valueUnstructured"
    }
    return "failed to create typed patch object\(rest)"
  }
}

import JSON
import Testing

@testable import APIServer

/// A registry with a namespace in it, whose writes are settled as an endpoint does.
struct DeletionWorld {
  private(set) var registry = Registry(catalog: .federation, store: ResourceStore())
  var now: Int64 = 1_800_000_000

  init() throws { try create(.namespace, "ns") }

  @discardableResult
  mutating func create(
    _ kind: ResourceKind, _ name: String, owners: [(ResourceKind, StoredObject)] = [], blocks: Bool = true,
    finalizers: [String] = []
  ) throws -> StoredObject {
    let sample = Samples.object(kind, name)
    var body = sample
    let references: [JSONValue] = owners.map { kind, owner in
      [
        "apiVersion": .string(kind.apiVersion), "kind": .string(kind.name), "name": .string(owner.name),
        "uid": .string(owner.uid), "blockOwnerDeletion": .bool(blocks),
      ]
    }
    if !owners.isEmpty { body[at: ["metadata", "ownerReferences"]] = .array(references) }
    if !finalizers.isEmpty { body[at: ["metadata", "finalizers"]] = .array(finalizers.map(JSONValue.string)) }
    let namespace = kind.scope == .cluster ? "" : "ns"
    return try write { registry, now in
      try registry.create(kind, in: namespace, body, by: .client, unixSeconds: now)
    }
  }

  @discardableResult
  mutating func delete(
    _ kind: ResourceKind, _ name: String, _ options: DeleteOptions = DeleteOptions()
  ) throws -> (object: StoredObject, isGone: Bool) {
    try write { registry, now in
      try registry.delete(kind, Self.place(kind, name), options, unixSeconds: now)
    }
  }

  @discardableResult
  mutating func patch(
    _ kind: ResourceKind, _ name: String, _ patch: JSONValue, subresource: ResourceKind.Subresource? = nil
  ) throws -> StoredObject {
    try write { registry, now in
      try registry.patch(
        kind, Self.place(kind, name), .merge(patch), subresource: subresource, by: .client, unixSeconds: now
      ).object
    }
  }

  subscript(kind: ResourceKind, name: String) -> StoredObject? { registry.store[kind.id, Self.place(kind, name)] }

  mutating func expireEvents() { registry.expireEvents(unixSeconds: now) }

  private mutating func write<Result>(_ body: (inout Registry, Int64) throws -> Result) throws -> Result {
    let before = registry.store.revision
    defer { registry.settle(after: before, unixSeconds: now) }
    return try body(&registry, now)
  }

  private static func place(_ kind: ResourceKind, _ name: String) -> ObjectName {
    ObjectName(namespace: kind.scope == .cluster ? "" : "ns", name: name)
  }
}

/// The least that is a valid object of a kind.
enum Samples {
  static func object(_ kind: ResourceKind, _ name: String) -> JSONValue {
    switch kind.name {
    case "Cluster": .named(name, ["spec": ["server": "https://127.0.0.1:6443"]])
    case "Service": .named(name, ["spec": ["ports": [["port": 80]]]])
    case "Event":
      .named(
        name,
        [
          "involvedObject": ["kind": "Service", "namespace": "ns", "name": "x"], "reason": "Test",
          "type": "Normal",
        ])
    default: .named(name)
    }
  }
}

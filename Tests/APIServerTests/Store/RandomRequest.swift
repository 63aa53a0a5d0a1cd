import JSON

@testable import APIServer

/// One request of a random sequence, about one of few objects, so that requests meet.
enum RandomRequest: Sendable {
  case create(ObjectName, holder: String)
  /// An update that names the current version, or an older one.
  case update(ObjectName, holder: String, isStale: Bool)
  case patch(ObjectName, holder: String)
  case delete(ObjectName)

  static func random(using generator: inout SeededGenerator) -> RandomRequest {
    let name = ObjectName(
      namespace: "n\(Int.random(in: 0..<2, using: &generator))", name: "l\(Int.random(in: 0..<5, using: &generator))")
    let holder = "h\(Int.random(in: 0..<4, using: &generator))"
    switch Int.random(in: 0..<10, using: &generator) {
    case 0..<4: return .create(name, holder: holder)
    case 4..<6: return .update(name, holder: holder, isStale: Bool.random(using: &generator))
    case 6..<8: return .patch(name, holder: holder)
    default: return .delete(name)
    }
  }

  var name: ObjectName {
    switch self {
    case .create(let name, _), .update(let name, _, _), .patch(let name, _), .delete(let name): name
    }
  }
}

/// What the store must hold, kept as simply as can be.
struct ModelStore {
  struct Object: Equatable {
    var holder: String
    var revision: UInt64
  }

  private(set) var revision: UInt64
  private(set) var objects: [ObjectName: Object] = [:]
  /// The objects after each revision.
  private(set) var history: [UInt64: [ObjectName: Object]] = [:]

  init(revision: UInt64) {
    self.revision = revision
    history[revision] = [:]
  }

  /// Carries out a request; the reason of its refusal, nil when it succeeds.
  mutating func carryOut(_ request: RandomRequest) -> String? {
    let present = objects[request.name]
    switch request {
    case .create(let name, let holder):
      guard present == nil else { return "AlreadyExists" }
      write(holder, at: name)
    case .update(let name, let holder, let isStale):
      guard let present else { return "NotFound" }
      if isStale { return "Conflict" }
      if present.holder != holder { write(holder, at: name) }
    case .patch(let name, let holder):
      guard let present else { return "NotFound" }
      if present.holder != holder { write(holder, at: name) }
    case .delete(let name):
      guard present != nil else { return "NotFound" }
      write(nil, at: name)
    }
    return nil
  }

  private mutating func write(_ holder: String?, at name: ObjectName) {
    revision += 1
    objects[name] = holder.map { Object(holder: $0, revision: revision) }
    history[revision] = objects
  }
}

extension RandomRequest {
  /// The body that the request sends, given what it last saw.
  func body(seen: StoredObject?) -> JSONValue {
    switch self {
    case .create(let name, let holder): return .named(name.name, ["spec": ["holderIdentity": .string(holder)]])
    case .update(_, let holder, let isStale):
      var body = seen?.value ?? .named(name.name)
      body[at: ["spec", "holderIdentity"]] = .string(holder)
      if isStale { body[at: ["metadata", "resourceVersion"]] = "1" }
      return body
    case .patch(_, let holder): return ["spec": ["holderIdentity": .string(holder)]]
    case .delete: return [:]
    }
  }
}

extension ModelStore.Object {
  init(_ stored: StoredObject) {
    self.init(holder: stored.value[dotted: "spec.holderIdentity"]?.string ?? "", revision: stored.revision)
  }
}

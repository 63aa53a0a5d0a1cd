import JSON
import Testing

@testable import APIServer

/// Random histories of one object, written by several managers in several ways.
@Suite struct OwnershipPropertyTests {
  private static let managers = ["a", "b", "c"]

  private let manager = ResourceKind.service.fieldManager(nil)

  /// A random part of a Service: labels, a list told apart by keys, a list that is one value, plain fields.
  private func configuration(_ random: inout TestRandom) -> JSONValue {
    var object: JSONValue = ["apiVersion": "v1", "kind": "Service", "metadata": ["name": "s"]]
    func value() -> JSONValue { .string("v\(random.below(2))") }
    for label in 0..<3 where random.below(3) == 0 { object[at: ["metadata", "labels", "l\(label)"]] = value() }
    if random.below(2) == 0 { object[at: ["spec", "type"]] = value() }
    if random.below(3) == 0 { object[at: ["spec", "externalIPs"]] = [value()] }
    if random.below(3) == 0 { object[at: ["metadata", "finalizers"]] = [value()] }
    var ports: [JSONValue] = []
    for number in 0..<3 where random.below(3) == 0 {
      var port: JSONValue = ["port": .integer(Int64(number + 1)), "protocol": "TCP"]
      if random.below(2) == 0 { port["name"] = value() }
      ports.append(port)
    }
    if !ports.isEmpty { object[at: ["spec", "ports"]] = .array(ports) }
    return object
  }

  private func account(_ object: JSONValue) throws -> ManagedFields {
    try #require(ManagedFields(object[at: ["metadata", "managedFields"]]))
  }

  private func withoutAccount(_ object: JSONValue) -> JSONValue {
    var object = object
    object[at: ["metadata", "managedFields"]] = nil
    return object
  }

  /// Every field that is there, and the members and elements on the way to it.
  private func present(_ object: JSONValue) -> FieldSet {
    FieldComparison(from: [:], to: withoutAccount(object), schema: manager.schema).added
      .union(FieldSet(of: withoutAccount(object), schema: manager.schema))
  }

  private func check(_ object: JSONValue) throws {
    let account = try account(object)
    var owned = FieldSet()
    for (owner, entry) in account.entries {
      #expect(entry.fields.subtracting(present(object)).isEmpty, "\(owner) owns what is not there")
      #expect(!entry.fields.isEmpty)
      owned = owned.union(entry.fields)
    }
    let leaves = FieldSet(of: withoutAccount(object), schema: manager.schema).subtracting(FieldManager.unowned)
    #expect(leaves.subtracting(owned).isEmpty, "nobody owns \(leaves.subtracting(owned).paths.map(\.text))")
  }

  @Test(arguments: 0..<16)
  func everyFieldHasAnOwnerAndEveryOwnerAField(_ seed: Int) throws {
    var random = TestRandom(seed: UInt64(seed))
    var object = configuration(&random)
    object[at: ["metadata", "labels", "l9"]] = "kept"
    object[at: ["metadata", "managedFields"]] = manager.update(nil, to: object, manager: "a", time: "t")
    for _ in 0..<20 {
      let name = Self.managers[random.below(Self.managers.count)]
      let wanted = configuration(&random)
      if random.below(3) == 0 {
        var new = withoutAccount(object).applying(wanted, schema: manager.schema)
        if random.below(2) == 0 { new[at: ["spec", "type"]] = nil }
        new[at: ["metadata", "managedFields"]] = manager.update(object, to: new, manager: name, time: "t")
        object = new
      } else {
        object = try apply(wanted, to: object, name)
      }
      #expect(object[at: ["metadata", "labels", "l9"]] == "kept")
      try check(object)
    }
  }

  /// Applies, first without force, and holds the outcome against what applying has to do.
  private func apply(_ wanted: JSONValue, to live: JSONValue, _ name: String) throws -> JSONValue {
    let before = try account(live)
    let forced = try manager.apply(wanted, to: live, manager: name, force: true, time: "t")
    // What the configuration says is there, and belongs to the applier alone or to those who want the same.
    #expect(withoutAccount(forced).applying(wanted, schema: manager.schema) == withoutAccount(forced))
    let owner = FieldOwner(name, .apply, apiVersion: "v1")
    let claimed = FieldSet(of: wanted, schema: manager.schema).subtracting(FieldManager.unowned)
    #expect(try account(forced).entries[owner]?.fields ?? FieldSet() == claimed)
    // Applying twice is applying once.
    #expect(try manager.apply(wanted, to: forced, manager: name, force: false, time: "t") == forced)
    // What others own and the configuration does not mention is as it was.
    let change = FieldComparison(from: withoutAccount(live), to: withoutAccount(forced), schema: manager.schema)
    // A list's element or a map's entry that the applier gives up goes with all that is in it, when nobody else owns it.
    let givenUp = (before.entries[owner]?.fields ?? FieldSet()).subtracting(claimed)
    for (other, entry) in before.entries where other != owner {
      let lost = entry.fields.intersection(change.removed).paths.filter { path in
        !path.indices.dropFirst().contains { givenUp.contains(path[..<$0]) }
      }
      #expect(lost.isEmpty, "\(other) lost \(lost.map(\.text))")
      #expect(entry.fields.intersection(change.modified).subtracting(claimed).isEmpty)
    }
    // A conflict is a field that another owns with another value, no more and no less.
    let disputed = before.entries.filter { $0.key != owner }
      .reduce(FieldSet()) { $0.union($1.value.fields) }.intersection(change.modified.union(change.added))
    do {
      let unforced = try manager.apply(wanted, to: live, manager: name, force: false, time: "t")
      #expect(disputed.isEmpty)
      #expect(unforced == forced)
    } catch {
      #expect(FieldSet(error.conflicts.map(\.path)) == disputed)
      #expect(!disputed.isEmpty)
    }
    return forced
  }
}

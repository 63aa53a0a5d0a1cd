import JSON
import Testing

@testable import APIServer

@Suite struct DeletionTests {
  @Test func finalizersHoldAnObjectUntilTheLastIsGone() throws {
    var world = try DeletionWorld()
    try world.create(.cluster, "c", finalizers: ["x.io/a", "x.io/b"])
    let first = try world.delete(.cluster, "c")
    #expect(!first.isGone)
    let going = try #require(world[.cluster, "c"])
    #expect(going.value[dotted: "metadata.deletionTimestamp"] == "2027-01-15T08:00:00Z")
    #expect(going.value[dotted: "metadata.deletionGracePeriodSeconds"] == 0)
    #expect(going.value[dotted: "metadata.generation"] == 2)
    world.now += 60
    #expect(try world.delete(.cluster, "c").object.revision == going.revision, "a second deletion changes nothing")
    try world.patch(.cluster, "c", ["metadata": ["finalizers": ["x.io/b"]]])
    #expect(world[.cluster, "c"]?.value[dotted: "metadata.deletionTimestamp"] == "2027-01-15T08:00:00Z")
    try world.patch(.cluster, "c", ["metadata": ["finalizers": nil]])
    #expect(world[.cluster, "c"] == nil)
  }

  @Test func whatIsGoingTakesNoNewFinalizer() throws {
    var world = try DeletionWorld()
    try world.create(.cluster, "c", finalizers: ["x.io/a"])
    try world.delete(.cluster, "c")
    let error = #expect(throws: APIError.self) {
      try world.patch(.cluster, "c", ["metadata": ["finalizers": ["x.io/a", "x.io/b"]]])
    }
    #expect(
      error?.message.hasSuffix(
        "metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new "
          + #"finalizers []string{"x.io/b"}"#) == true)
  }

  @Test func preconditionsMustHold() throws {
    var world = try DeletionWorld()
    let object = try world.create(.configMap, "m")
    let wrong = #expect(throws: APIError.self) { try world.delete(.configMap, "m", DeleteOptions(uid: "u")) }
    #expect(wrong?.reason == "Conflict")
    #expect(
      wrong?.message
        == "Operation cannot be fulfilled on ConfigMap \"m\": the UID in the precondition (u) does not match "
        + "the UID in record (\(object.uid)). The object might have been deleted and then recreated")
    let stale = #expect(throws: APIError.self) {
      try world.delete(.configMap, "m", DeleteOptions(resourceVersion: "1"))
    }
    #expect(stale?.message.contains("the ResourceVersion in the precondition (1) does not match") == true)
    try world.delete(
      .configMap, "m", DeleteOptions(uid: object.uid, resourceVersion: String(object.revision)))
    #expect(world[.configMap, "m"] == nil)
  }

  @Test func theBackgroundTakesDependentsAndTheirs() throws {
    var world = try DeletionWorld()
    let owner = try world.create(.cluster, "c")
    let child = try world.create(.configMap, "m", owners: [(.cluster, owner)])
    try world.create(.lease, "l", owners: [(.configMap, child)])
    try world.create(.lease, "other")
    #expect(try world.delete(.cluster, "c").isGone)
    #expect(world[.configMap, "m"] == nil)
    #expect(world[.lease, "l"] == nil)
    #expect(world[.lease, "other"] != nil)
  }

  @Test func aDependentWithAnotherOwnerStaysAndForgetsTheOneThatWent() throws {
    var world = try DeletionWorld()
    let owners = try [world.create(.cluster, "a"), world.create(.cluster, "b")]
    try world.create(.configMap, "m", owners: owners.map { (.cluster, $0) })
    try world.delete(.cluster, "a")
    let left = world[.configMap, "m"]?.value[dotted: "metadata.ownerReferences"]?.array
    #expect(left?.map { $0["name"] } == ["b"])
    try world.delete(.cluster, "b")
    #expect(world[.configMap, "m"] == nil)
  }

  @Test func theForegroundGoesLast() throws {
    var world = try DeletionWorld()
    let owner = try world.create(.cluster, "c")
    try world.create(.configMap, "held", owners: [(.cluster, owner)], finalizers: ["x.io/a"])
    try world.create(.configMap, "free", owners: [(.cluster, owner)])
    let loose = try world.create(.lease, "loose", owners: [(.cluster, owner)], blocks: false, finalizers: ["x.io/a"])
    let answer = try world.delete(.cluster, "c", DeleteOptions(propagation: .foreground))
    #expect(!answer.isGone)
    #expect(Finalizers.of(answer.object.value) == ["foregroundDeletion"])
    #expect(world[.configMap, "free"] == nil)
    #expect(world[.configMap, "held"]?.isGoing == true)
    #expect(world[.cluster, "c"] != nil)
    try world.patch(.configMap, "held", ["metadata": ["finalizers": nil]])
    #expect(world[.configMap, "held"] == nil)
    #expect(world[.cluster, "c"] == nil)
    #expect(world[.lease, loose.name]?.isGoing == true, "what does not block goes after its owner")
  }

  @Test func foregroundWithoutDependentsIsGoneAtOnce() throws {
    var world = try DeletionWorld()
    try world.create(.cluster, "c")
    try world.delete(.cluster, "c", DeleteOptions(propagation: .foreground))
    #expect(world[.cluster, "c"] == nil)
  }

  @Test func twoThatOwnEachOtherDoNotWaitForEver() throws {
    var world = try DeletionWorld()
    let first = try world.create(.cluster, "a")
    let second = try world.create(.cluster, "b", owners: [(.cluster, first)])
    let back: JSONValue = [
      "apiVersion": .string(ResourceKind.cluster.apiVersion), "kind": "Cluster", "name": "b",
      "uid": .string(second.uid), "blockOwnerDeletion": true,
    ]
    try world.patch(.cluster, "a", ["metadata": ["ownerReferences": [back]]])
    try world.delete(.cluster, "a", DeleteOptions(propagation: .foreground))
    #expect(world[.cluster, "a"] == nil)
    #expect(world[.cluster, "b"] == nil)
  }

  @Test func orphansForgetTheirOwner() throws {
    var world = try DeletionWorld()
    let owner = try world.create(.cluster, "c")
    try world.create(.configMap, "m", owners: [(.cluster, owner)])
    try world.delete(.cluster, "c", DeleteOptions(propagation: .orphan))
    #expect(world[.cluster, "c"] == nil)
    let left = try #require(world[.configMap, "m"])
    #expect(left.value[dotted: "metadata.ownerReferences"] == nil)
  }

  @Test func aDependentOfNobodyIsCollectedAndOneOfAnUnknownKindIsNot() throws {
    var world = try DeletionWorld()
    let owner = try world.create(.cluster, "c")
    try world.delete(.cluster, "c")
    try world.create(.configMap, "late", owners: [(.cluster, owner)])
    #expect(world[.configMap, "late"] == nil)
    let foreign: JSONValue = ["apiVersion": "apps/v1", "kind": "Deployment", "name": "d", "uid": "u"]
    try world.create(.configMap, "m")
    try world.patch(.configMap, "m", ["metadata": ["ownerReferences": [foreign]]])
    #expect(world[.configMap, "m"] != nil)
  }

  @Test func ownersAndFinalizersAreChecked() throws {
    var world = try DeletionWorld()
    try world.create(.configMap, "m")
    let bare = #expect(throws: APIError.self) {
      try world.patch(.configMap, "m", ["metadata": ["ownerReferences": [["apiVersion": "v1", "kind": "X"]]]])
    }
    #expect(bare?.message.contains("metadata.ownerReferences.uid: Invalid value: \"\": uid must not be empty") == true)
    let plain = #expect(throws: APIError.self) {
      try world.patch(.configMap, "m", ["metadata": ["finalizers": ["bad"]]])
    }
    #expect(
      plain?.message == "ConfigMap \"m\" is invalid: metadata.finalizers[0]: Invalid value: \"bad\": name is neither a "
        + "standard finalizer name nor is it fully qualified")
    let other = #expect(throws: APIError.self) { try world.patch(.configMap, "m", ["metadata": ["uid": "abc"]]) }
    #expect(other?.message == "ConfigMap \"m\" is invalid: metadata.uid: Invalid value: \"abc\": field is immutable")
  }

  @Test func eventsGoAfterAnHour() throws {
    var world = try DeletionWorld()
    try world.create(.event, "old")
    world.now += 3000
    try world.create(.event, "young")
    let seen: JSONValue = .string(RFC3339.text(unixSeconds: world.now))
    try world.create(.event, "seen-again")
    world.now += 599
    world.expireEvents()
    #expect(world[.event, "old"] != nil)
    world.now += 1
    try world.patch(.event, "seen-again", ["lastTimestamp": seen])
    world.expireEvents()
    #expect(world[.event, "old"] == nil)
    #expect(world[.event, "young"] != nil)
    world.now += 3000
    world.expireEvents()
    #expect(world[.event, "young"] == nil)
    #expect(world[.namespace, "ns"] != nil)
  }

  @Test("The endpoints of a service go with it, those of others stay")
  func endpointsOfAService() throws {
    var world = try DeletionWorld()
    try world.create(.service, "web")
    try world.create(.endpoints, "web")
    try world.create(.endpoints, "other")
    try world.delete(.service, "web")
    #expect(world.registry.store.objects(of: ResourceKind.endpoints.id).map(\.name) == ["other"])
  }
}

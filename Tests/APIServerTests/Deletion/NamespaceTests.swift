import JSON
import Testing

@testable import APIServer

@Suite struct NamespaceTests {
  @Test func anEmptyNamespaceGoesAtOnce() throws {
    var world = try DeletionWorld()
    let answer = try world.delete(.namespace, "ns")
    #expect(!answer.isGone)
    #expect(answer.object.value[dotted: "status.phase"] == "Terminating")
    #expect(world[.namespace, "ns"] == nil)
  }

  @Test func contentGoesFirstAndHoldsTheNamespaceWhileItIsHeld() throws {
    var world = try DeletionWorld()
    try world.create(.configMap, "free")
    try world.create(.service, "held", finalizers: ["x.io/a"])
    try world.create(.cluster, "outside")
    try world.delete(.namespace, "ns")
    #expect(world[.configMap, "free"] == nil)
    #expect(world[.service, "held"]?.isGoing == true)
    let namespace = try #require(world[.namespace, "ns"])
    let conditions = namespace.value[dotted: "status.conditions"]?.array ?? []
    let messages = conditions.filter { $0["status"] == "True" }.compactMap { $0["message"]?.string }
    #expect(
      messages == [
        "Some resources are remaining: services. has 1 resource instances",
        "Some content in the namespace has finalizers remaining: x.io/a in 1 resource instances",
      ])
    let refusal = #expect(throws: APIError.self) { try world.create(.configMap, "new") }
    #expect(refusal?.code == 403)
    #expect(
      refusal?.message == "configmaps \"new\" is forbidden: unable to create new content in namespace ns because it is "
        + "being terminated")
    try world.patch(.service, "held", ["metadata": ["finalizers": nil]])
    #expect(world[.namespace, "ns"] == nil)
    #expect(world[.cluster, "outside"] != nil)
  }

  @Test func itsOwnFinalizersHoldItToo() throws {
    var world = try DeletionWorld()
    try world.patch(.namespace, "ns", ["metadata": ["finalizers": ["x.io/a"]]])
    try world.delete(.namespace, "ns")
    #expect(world[.namespace, "ns"]?.value[dotted: "spec.finalizers"] == nil)
    try world.patch(.namespace, "ns", ["metadata": ["finalizers": nil]])
    #expect(world[.namespace, "ns"] == nil)
  }

  @Test func onlyFinalizeChangesTheFinalizersOfItsSpec() throws {
    var world = try DeletionWorld()
    try world.patch(.namespace, "ns", ["spec": ["finalizers": ["kubernetes", "x.io/a"]]], subresource: .finalize)
    try world.patch(.namespace, "ns", ["spec": nil])
    #expect(world[.namespace, "ns"]?.value[dotted: "spec.finalizers"] == ["kubernetes", "x.io/a"])
    try world.delete(.namespace, "ns")
    #expect(world[.namespace, "ns"]?.value[dotted: "spec.finalizers"] == ["x.io/a"])
    try world.patch(.namespace, "ns", ["spec": ["finalizers": []]], subresource: .finalize)
    #expect(world[.namespace, "ns"] == nil)
  }

  @Test(arguments: ["default", "kube-system"]) func someStay(_ name: String) throws {
    var world = try DeletionWorld()
    try world.create(.namespace, name)
    let refusal = #expect(throws: APIError.self) { try world.delete(.namespace, name) }
    #expect(refusal?.code == 403)
    #expect(refusal?.message == "namespaces \"\(name)\" is forbidden: this namespace may not be deleted")
  }
}

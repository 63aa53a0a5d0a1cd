import JSON
import Testing

@testable import APIServer

@Suite struct FieldManagerTests {
  private let manager = ResourceKind.service.fieldManager(nil)

  private func service(_ spec: JSONValue, labels: JSONValue? = nil) -> JSONValue {
    var object: JSONValue = ["apiVersion": "v1", "kind": "Service", "metadata": ["name": "s"], "spec": spec]
    if let labels { object["metadata"]?["labels"] = labels }
    return object
  }

  private func fields(_ object: JSONValue, _ manager: String, _ operation: String = "Apply") -> JSONValue? {
    object[at: ["metadata", "managedFields"]]?.array?
      .first { $0["manager"]?.string == manager && $0["operation"]?.string == operation }?["fieldsV1"]
  }

  private func updated(_ live: JSONValue?, to new: JSONValue, _ name: String, at time: String = "t") -> JSONValue {
    var object = new
    object[at: ["metadata", "managedFields"]] = manager.update(live, to: new, manager: name, time: time)
    return object
  }

  private func applied(
    _ configuration: JSONValue, to live: JSONValue?, _ name: String, force: Bool = false
  ) throws -> JSONValue {
    try manager.apply(configuration, to: live, manager: name, force: force, time: "t")
  }

  @Test func aCreatorOwnsWhatItWrote() {
    let object = updated(nil, to: service(["type": "ClusterIP", "ports": [["port": 80]]], labels: ["a": "b"]), "c")
    #expect(
      fields(object, "c", "Update") == [
        "f:metadata": ["f:labels": [".": [:], "f:a": [:]]],
        "f:spec": [
          "f:ports": [".": [:], #"k:{"port":80,"protocol":"TCP"}"#: [".": [:], "f:port": [:]]], "f:type": [:],
        ],
      ])
  }

  @Test func anApplierOwnsWhatItNames() throws {
    let object = try applied(service(["type": "ClusterIP", "ports": [["port": 80]]]), to: nil, "a")
    #expect(
      fields(object, "a") == [
        "f:spec": ["f:ports": [#"k:{"port":80,"protocol":"TCP"}"#: [".": [:], "f:port": [:]]], "f:type": [:]]
      ])
  }

  @Test func anotherValueIsAConflictUnlessForced() throws {
    let live = updated(nil, to: service(["type": "ClusterIP", "sessionAffinity": "None"]), "kubectl-edit")
    let wanted = service(["type": "NodePort", "sessionAffinity": "None"])
    let conflict = try #require(throws: ApplyConflict.self) { try applied(wanted, to: live, "a") }
    #expect(
      conflict.error.message == #"Apply failed with 1 conflict: conflict with "kubectl-edit" using v1: .spec.type"#)
    #expect(conflict.error.code == 409)
    #expect(
      conflict.error.details?["causes"] == [
        [
          "reason": "FieldManagerConflict", "message": #"conflict with "kubectl-edit" using v1"#,
          "field": ".spec.type",
        ]
      ])
    let forced = try applied(wanted, to: live, "a", force: true)
    #expect(fields(forced, "kubectl-edit", "Update") == ["f:spec": ["f:sessionAffinity": [:]]])
    #expect(fields(forced, "a") == ["f:spec": ["f:sessionAffinity": [:], "f:type": [:]]])
  }

  @Test func severalConflictsAreListedByManager() throws {
    let live = try applied(
      service(["type": "NodePort", "ports": [["port": 80, "name": "x"]]]), to: nil, "b")
    let conflict = try #require(throws: ApplyConflict.self) {
      try applied(service(["type": "ClusterIP", "ports": [["port": 80, "name": "y"]]]), to: live, "a")
    }
    #expect(
      conflict.error.message == """
        Apply failed with 2 conflicts: conflicts with "b":
        - .spec.type
        - .spec.ports[port=80,protocol="TCP"].name
        """)
  }

  @Test func whatIsNoLongerAppliedGoesUnlessAnotherOwnsIt() throws {
    var object = try applied(
      service(["type": "ClusterIP", "externalName": "e", "ports": [["port": 80], ["port": 81]]], labels: ["a": "b"]),
      to: nil, "a")
    object = try applied(service(["ports": [["port": 81]]]), to: object, "b")
    object = try applied(service(["type": "ClusterIP"]), to: object, "a")
    #expect(object["spec"] == ["type": "ClusterIP", "ports": [["port": 81]]])
    #expect(object[at: ["metadata", "labels"]] == nil)
    object = try applied(service([:]), to: object, "b")
    #expect(object["spec"] == ["type": "ClusterIP"])
    #expect(fields(object, "b") == nil)
  }

  @Test func anEmptyAccountResetsItAndStaysAway() {
    let live = updated(nil, to: service(["type": "ClusterIP"]), "c")
    for reset: JSONValue in [[], [[:]]] {
      var new = live
      new[at: ["metadata", "managedFields"]] = reset
      #expect(manager.update(live, to: new, manager: "d", time: "t") == nil)
    }
    var bare = live
    bare[at: ["metadata", "managedFields"]] = nil
    #expect(manager.update(bare, to: service(["type": "NodePort"]), manager: "d", time: "t") == nil)
    #expect(updated(live, to: bare, "d") == live)
  }

  @Test func theFirstApplyGivesWhatIsThereAnOwner() throws {
    let object = try applied(service(["type": "ClusterIP"]), to: service(["sessionAffinity": "None"]), "a")
    #expect(fields(object, "before-first-apply", "Update") == ["f:spec": ["f:sessionAffinity": [:]]])
  }

  @Test func tooManyUpdatersArePutTogether() throws {
    var object = updated(nil, to: service([:], labels: ["l0": "x"]), "m00", at: "2026-01-01T00:00:00Z")
    for index in 1...11 {
      var next = object
      next[at: ["metadata", "labels", "l\(index)"]] = "x"
      let name = index < 10 ? "m0\(index)" : "m\(index)"
      object = updated(object, to: next, name, at: RFC3339.text(unixSeconds: 1_800_000_000 + Int64(index)))
    }
    let list = try #require(object[at: ["metadata", "managedFields"]]?.array)
    #expect(list.count == 10)
    #expect(list.first?["manager"] == "ancient-changes")
    #expect(
      fields(object, "ancient-changes", "Update")?["f:metadata"]?["f:labels"]
        == [".": [:], "f:l0": [:], "f:l1": [:], "f:l2": [:]])
  }

  @Test func kubectlTakesOverWhatItsAnnotationProves() throws {
    let annotation = "kubectl.kubernetes.io/last-applied-configuration"
    let before = service(["type": "NodePort", "sessionAffinity": "None"])
    var live = before
    live[at: ["metadata", "annotations", annotation]] = .string(before.text())
    live = updated(nil, to: live, "kubectl-client-side-apply")
    let wanted = service(["type": "ClusterIP", "sessionAffinity": "None"])
    let taken = try applied(wanted, to: live, "kubectl")
    #expect(taken[at: ["spec", "type"]] == "ClusterIP")
    #expect(taken[at: ["metadata", "annotations", annotation]]?.string == wanted.text() + "\n")
    #expect(throws: ApplyConflict.self) { try applied(wanted, to: live, "other") }
    var edited = live
    edited[at: ["spec", "type"]] = "LoadBalancer"
    edited = updated(live, to: edited, "kubectl-edit")
    #expect(throws: ApplyConflict.self) { try applied(wanted, to: edited, "kubectl") }
  }

  @Test func newElementsStandWhereTheConfigurationHasThem() throws {
    func ports(_ numbers: Int64...) -> JSONValue {
      service(["ports": .array(numbers.map { ["port": .integer($0)] })])
    }
    func merged(_ live: JSONValue, _ configuration: JSONValue) -> [Int64] {
      let object = live.applying(configuration, schema: manager.schema)
      return (object[at: ["spec", "ports"]]?.array ?? []).compactMap { $0["port"]?.integer }
    }
    #expect(merged(ports(1, 2), ports(2, 1)) == [2, 1])
    #expect(merged(ports(1, 2, 3), ports(9, 2)) == [1, 9, 2, 3])
    #expect(merged(ports(1, 2), ports(9)) == [1, 2, 9])
    #expect(merged(ports(1, 2, 3), ports(3, 1)) == [2, 3, 1])
  }
}

import Federation
import JSON
import Testing

@testable import Control

@Suite("What one cluster needs for a federated service")
struct ShardPlannerTests {
  private let federation = "myfederation"

  private func federated(_ change: (inout JSONValue) -> Void = { _ in }) -> JSONValue {
    var object: JSONValue = [
      "apiVersion": "v1", "kind": "Service",
      "metadata": [
        "name": "nginx", "namespace": "mynamespace", "uid": "home", "resourceVersion": "7",
        "finalizers": ["federation.zonetop.dev/shards"], "labels": ["run": "nginx"],
        "annotations": [
          "federation.zonetop.dev/ttl": "60", "team": "web", "kubectl.kubernetes.io/last-applied-configuration": "{}",
        ],
      ],
      "spec": [
        "type": "LoadBalancer", "clusterIP": "10.0.0.1", "clusterIPs": ["10.0.0.1"], "ipFamilies": ["IPv4"],
        "ipFamilyPolicy": "SingleStack", "selector": ["run": "nginx"], "sessionAffinity": "None",
        "externalTrafficPolicy": "Local", "healthCheckNodePort": 30_999,
        "ports": [
          ["name": "http", "port": 80, "protocol": "TCP", "targetPort": 80, "nodePort": 30_001],
          ["name": "dns", "port": 53, "protocol": "UDP", "targetPort": 53, "nodePort": 30_002],
        ],
      ],
    ]
    change(&object)
    return object
  }

  /// What an API server makes of an object that it stores.
  private func stored(_ object: JSONValue, version: String = "1") -> JSONValue {
    var object = object
    var metadata = object["metadata"] ?? [:]
    metadata["uid"] = "shard"
    metadata["resourceVersion"] = .string(version)
    metadata["creationTimestamp"] = "2026-01-01T00:00:00Z"
    object["metadata"] = metadata
    var spec = object["spec"] ?? [:]
    spec["clusterIP"] = spec["clusterIP"] ?? "10.9.9.9"
    spec["clusterIPs"] = spec["clusterIPs"] ?? ["10.9.9.9"]
    spec["ipFamilies"] = ["IPv4"]
    spec["ipFamilyPolicy"] = "SingleStack"
    spec["internalTrafficPolicy"] = "Cluster"
    spec["allocateLoadBalancerNodePorts"] = true
    spec["healthCheckNodePort"] = 31_000
    spec["ports"] = .array(
      (spec["ports"]?.array ?? []).enumerated().map { index, port in
        var port = port
        port["nodePort"] = .integer(32_000 + Int64(index))
        return port
      })
    object["spec"] = spec
    object["status"] = ["loadBalancer": ["ingress": [["ip": "192.0.2.1"]]]]
    return object
  }

  private func decide(_ object: JSONValue, _ existing: JSONValue?) -> ShardDecision {
    ShardPlanner.decide(.shard(ServiceTemplate(object)), existing: existing, federation: federation)
  }

  private func created(_ object: JSONValue) throws -> JSONValue {
    guard case .create(let new) = decide(object, nil) else { throw Unexpected() }
    return new
  }

  private func updated(_ object: JSONValue, _ existing: JSONValue) throws -> JSONValue {
    guard case .update(let new, _) = decide(object, existing) else { throw Unexpected() }
    return new
  }

  private struct Unexpected: Error {}

  @Test("A new shard carries labels, annotations and spec, and nothing that is the federation API's own")
  func create() throws {
    let shard = try created(federated())
    #expect(shard["metadata"]?["labels"] == ["run": "nginx", "federation.zonetop.dev/managed": "myfederation"])
    #expect(shard["metadata"]?["annotations"]?["team"] == "web")
    #expect(shard["metadata"]?["annotations"]?["federation.zonetop.dev/created"] == "true")
    #expect(shard["metadata"]?["annotations"]?["federation.zonetop.dev/ttl"] == nil)
    #expect(shard["metadata"]?["annotations"]?["kubectl.kubernetes.io/last-applied-configuration"] == nil)
    for field in ["uid", "resourceVersion", "finalizers"] { #expect(shard["metadata"]?[field] == nil) }
    for field in ["clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy", "healthCheckNodePort"] {
      #expect(shard["spec"]?[field] == nil, "\(field)")
    }
    #expect(shard["spec"]?["ports"]?.array?.allSatisfy { $0["nodePort"] == nil } == true)
    #expect(shard["spec"]?["selector"] == ["run": "nginx"])
  }

  @Test("What a server fills in is no difference: the second look needs no call")
  func defaulting() throws {
    #expect(decide(federated(), stored(try created(federated()))) == .none)
  }

  @Test("A Service that was there is adopted: spec and labels follow, addresses, ports and foreign marks stay")
  func adopt() throws {
    let existing: JSONValue = [
      "metadata": [
        "name": "nginx", "namespace": "mynamespace", "uid": "old", "resourceVersion": "3",
        "labels": ["run": "other", "owner": "local"], "annotations": ["cloud/lb": "internal"],
      ],
      "spec": [
        "type": "LoadBalancer", "clusterIP": "10.5.5.5", "clusterIPs": ["10.5.5.5"], "externalIPs": ["198.51.100.7"],
        "healthCheckNodePort": 31_111, "externalTrafficPolicy": "Local", "loadBalancerClass": "example.com/mine",
        "loadBalancerSourceRanges": ["10.0.0.0/8"], "selector": ["app": "old"],
        "ports": [
          ["name": "x", "port": 53, "protocol": "UDP", "targetPort": 53, "nodePort": 31_053],
          ["name": "y", "port": 80, "protocol": "TCP", "targetPort": 8080, "nodePort": 31_080],
          ["name": "z", "port": 53, "protocol": "TCP", "targetPort": 53, "nodePort": 31_054],
        ],
      ],
    ]
    let adopted = try updated(federated(), existing)
    #expect(adopted["metadata"]?["resourceVersion"] == "3")
    #expect(
      adopted["metadata"]?["labels"] == [
        "run": "nginx", "owner": "local", "federation.zonetop.dev/managed": "myfederation",
      ])
    #expect(adopted["metadata"]?["annotations"]?["cloud/lb"] == "internal")
    #expect(adopted["metadata"]?["annotations"]?["federation.zonetop.dev/created"] == nil)
    let spec = try #require(adopted["spec"])
    #expect(spec["clusterIP"] == "10.5.5.5")
    #expect(spec["externalIPs"] == ["198.51.100.7"])
    #expect(spec["healthCheckNodePort"] == 31_111)
    #expect(spec["loadBalancerClass"] == "example.com/mine")
    #expect(spec["loadBalancerSourceRanges"] == nil)
    #expect(spec["selector"] == ["run": "nginx"])
    #expect(
      spec["ports"] == [
        ["name": "http", "port": 80, "protocol": "TCP", "targetPort": 80, "nodePort": 31_080],
        ["name": "dns", "port": 53, "protocol": "UDP", "targetPort": 53, "nodePort": 31_053],
      ])
    #expect(decide(federated(), adopted) == .none)
  }

  @Test("A label removed at the federation is removed in the shard; one that somebody else put there stays")
  func labelsFollow() throws {
    var shard = stored(try created(federated()))
    var metadata = shard["metadata"] ?? [:]
    var labels = metadata["labels"] ?? [:]
    labels["foreign"] = "yes"
    metadata["labels"] = labels
    shard["metadata"] = metadata
    let bare = federated { object in
      var metadata = object["metadata"] ?? [:]
      metadata["labels"] = ["new": "1"]
      metadata["annotations"] = [:]
      object["metadata"] = metadata
    }
    let after = try updated(bare, shard)
    #expect(
      after["metadata"]?["labels"] == [
        "foreign": "yes", "new": "1", "federation.zonetop.dev/managed": "myfederation",
      ])
    #expect(after["metadata"]?["annotations"]?["team"] == nil)
    #expect(after["metadata"]?["annotations"]?["federation.zonetop.dev/created"] == "true")
  }

  @Test("Edits behind our back are differences", arguments: ["selector", "ports", "type", "externalTrafficPolicy"])
  func edits(field: String) throws {
    var shard = stored(try created(federated()))
    var spec = shard["spec"] ?? [:]
    spec[field] = field == "ports" ? [["name": "http", "port": 81, "protocol": "TCP"]] : .string("ClusterIP")
    shard["spec"] = spec
    let after = try updated(federated(), shard)
    #expect(after["spec"]?[field] != shard["spec"]?[field])
  }

  @Test("External addresses of the federated service follow it; a cluster's own stay")
  func externalAddresses() throws {
    let with = federated { $0 = Self.setting($0, "externalIPs", ["198.51.100.1"]) }
    let shard = stored(try created(with))
    #expect(try updated(federated(), shard)["spec"]?["externalIPs"] == nil)
    let moved = federated { $0 = Self.setting($0, "externalIPs", ["198.51.100.2"]) }
    #expect(try updated(moved, shard)["spec"]?["externalIPs"] == ["198.51.100.2"])
  }

  private static func setting(_ object: JSONValue, _ field: String, _ value: JSONValue?) -> JSONValue {
    var object = object
    var spec = object["spec"] ?? [:]
    spec[field] = value
    object["spec"] = spec
    return object
  }

  @Test("A type without node ports takes them off, and what belongs to the load balancer")
  func changeOfType() throws {
    let shard = stored(try created(federated()))
    let inner = federated { object in
      object = Self.setting(object, "type", "ClusterIP")
      object = Self.setting(object, "externalTrafficPolicy", nil)
    }
    let spec = try #require(try updated(inner, shard)["spec"])
    #expect(spec["ports"]?.array?.allSatisfy { $0["nodePort"] == nil } == true)
    for field in ["healthCheckNodePort", "allocateLoadBalancerNodePorts", "externalTrafficPolicy"] {
      #expect(spec[field] == nil, "\(field)")
    }
    #expect(spec["clusterIP"] == "10.9.9.9")
  }

  @Test("Becoming headless makes a shard of ours anew and leaves an adopted one alone, with the reason")
  func headless() throws {
    let headless = federated { $0 = Self.setting($0, "clusterIP", "None") }
    #expect(try created(headless)["spec"]?["clusterIP"] == "None")
    let shard = stored(try created(federated()))
    guard case .recreate("shard", _) = decide(headless, shard) else { throw Unexpected() }
    var metadata = shard["metadata"] ?? [:]
    metadata["annotations"] = [:]
    var adopted = shard
    adopted["metadata"] = metadata
    guard case .refuse(let why) = decide(headless, adopted) else { throw Unexpected() }
    #expect(why.contains("headless"))
  }

  @Test("Another federation's shard is refused")
  func foreignKeeper() throws {
    var shard = stored(try created(federated()))
    var metadata = shard["metadata"] ?? [:]
    metadata["labels"] = ["federation.zonetop.dev/managed": "theirs"]
    shard["metadata"] = metadata
    guard case .refuse(let why) = decide(federated(), shard) else { throw Unexpected() }
    #expect(why.contains("theirs"))
    #expect(ShardPlanner.decide(.nothing(orphan: false), existing: shard, federation: federation) == .none)
  }

  @Test("What was made is deleted, what was adopted is let go without our marks, what is not ours stays")
  func removal() throws {
    let made = stored(try created(federated()))
    #expect(
      ShardPlanner.decide(.nothing(orphan: false), existing: made, federation: federation) == .delete(uid: "shard"))
    guard case .orphan(let left) = ShardPlanner.decide(.nothing(orphan: true), existing: made, federation: federation)
    else { throw Unexpected() }
    #expect(left["metadata"]?["labels"] == ["run": "nginx"])
    #expect(left["metadata"]?["annotations"] == ["team": "web"])
    #expect(left["spec"] == made["spec"])
    let stranger: JSONValue = ["metadata": ["name": "nginx", "namespace": "mynamespace"], "spec": [:]]
    #expect(ShardPlanner.decide(.nothing(orphan: false), existing: stranger, federation: federation) == .none)
    #expect(ShardPlanner.decide(.nothing(orphan: false), existing: nil, federation: federation) == .none)
  }

  @Test("A cluster selector asks for names, regions, zones and labels, and decides nothing about what nobody knows")
  func selectors() throws {
    let cluster = Cluster(name: "c1", region: "r1", zones: ["z1", "z2"], condition: .ready)
    let unknown = Cluster(name: "c2", region: "", zones: [], condition: .unreachable)
    #expect(try ClusterSelector("region=r1").selects(cluster) == true)
    #expect(try ClusterSelector("zone in (z2, z9)").selects(cluster) == true)
    #expect(try ClusterSelector("name notin (c1)").selects(cluster) == false)
    #expect(try ClusterSelector("tier=gold").selects(cluster) == nil)
    #expect(try ClusterSelector("!tier").selects(cluster) == nil)
    var labelled = cluster
    labelled.labels = ["tier": "gold"]
    #expect(try ClusterSelector("tier=gold").selects(labelled) == true)
    #expect(try ClusterSelector("tier=gold,region=r2").selects(labelled) == false)
    labelled.labels = [:]
    #expect(try ClusterSelector("tier=gold").selects(labelled) == false)
    #expect(try ClusterSelector("region=r1").selects(unknown) == nil)
    #expect(try ClusterSelector("name=c2").selects(unknown) == true)
    #expect(throws: SelectorError.self) { try ClusterSelector("region in r1") }
  }
}

import Testing

@testable import APIServer

@Suite("Access policy")
struct AccessPolicyTests {
  private let policy = AccessPolicy()

  private func resource(_ verb: String, _ path: String, group: String = "", name: String = "") -> AccessRequest {
    let parts = path.split(separator: "/").map(String.init)
    return AccessRequest(
      verb: verb,
      .resource(
        .init(
          group: group, plural: parts[0], subresource: parts.count > 1 ? parts[1] : "", namespace: "default",
          name: name)))
  }

  @Test("Anonymous callers see that the server lives and which version it is, and nothing else")
  func anonymous() {
    for path in ["/healthz", "/livez", "/readyz", "/version"] {
      #expect(policy.decide(AccessRequest(verb: "get", .path(path)), for: .anonymous).isAllowed)
      #expect(!policy.decide(AccessRequest(verb: "post", .path(path)), for: .anonymous).isAllowed)
    }
    for path in ["/api", "/apis", "/openapi/v2", "/", "", "/healthz/", "//healthz", "/Healthz", "/healthz/x"] {
      #expect(!policy.decide(AccessRequest(verb: "get", .path(path)), for: .anonymous).isAllowed, "\(path)")
    }
    #expect(!policy.decide(resource("get", "services"), for: .anonymous).isAllowed)
    #expect(
      !policy.decide(
        resource("create", "selfsubjectaccessreviews", group: "authorization.k8s.io"), for: .anonymous
      ).isAllowed)
  }

  @Test("A caller without a group of ours may discover the API and ask about himself")
  func nobody() {
    let caller = Caller(user: "nobody", groups: ["strangers", "zonetop:viewersx", "Zonetop:viewers", ""])
    #expect(policy.decide(AccessRequest(verb: "get", .path("/apis")), for: caller).isAllowed)
    #expect(
      policy.decide(
        resource("create", "selfsubjectreviews", group: "authentication.k8s.io"), for: caller
      ).isAllowed)
    #expect(!policy.decide(resource("get", "services"), for: caller).isAllowed)
  }

  @Test("A probe reports under its own name only")
  func probe() {
    let caller = Caller(user: "zonetop:probe:rack1", groups: ["zonetop:probes"])
    let group = "federation.zonetop.dev"
    #expect(
      policy.decide(resource("patch", "vantagepoints/status", group: group, name: "rack1"), for: caller).isAllowed)
    for name in ["rack2", "rack1x", "Rack1", "", "zonetop:probe:rack1"] {
      #expect(
        !policy.decide(resource("patch", "vantagepoints/status", group: group, name: name), for: caller).isAllowed,
        "\(name)")
    }
    #expect(!policy.decide(resource("delete", "vantagepoints", group: group, name: "rack1"), for: caller).isAllowed)
    #expect(!policy.decide(resource("patch", "services", name: "rack1"), for: caller).isAllowed)
  }

  @Test("What the controller keeps for itself it may change in its own namespace only")
  func ownNamespace() {
    let caller = Caller(user: "zonetop:controller", groups: ["zonetop:controllers"])
    for (verb, plural, group) in [
      ("create", "configmaps", ""), ("get", "secrets", ""), ("update", "leases", "coordination.k8s.io"),
    ] {
      for (namespace, isAllowed) in [("zonetop-system", true), ("default", false), ("", false)] {
        let request = AccessRequest(
          verb: verb, .resource(.init(group: group, plural: plural, namespace: namespace, name: "x")))
        #expect(policy.decide(request, for: caller).isAllowed == isAllowed, "\(verb) \(plural) in \(namespace)")
      }
    }
  }

  @Test("A rule for a resource is not one for its subresources")
  func subresources() {
    let caller = Caller(user: "op", groups: ["zonetop:operators"])
    #expect(policy.decide(resource("patch", "services", name: "x"), for: caller).isAllowed)
    #expect(!policy.decide(resource("patch", "services/status", name: "x"), for: caller).isAllowed)
    #expect(
      !policy.decide(
        resource("update", "cordons/status", group: "federation.zonetop.dev", name: "x"), for: caller
      ).isAllowed)
    #expect(!policy.decide(resource("delete", "cordons", group: "other.dev", name: "x"), for: caller).isAllowed)
  }

  @Test("Refusals are worded as Kubernetes words them")
  func wording() {
    let caller = Caller(user: "x", groups: [])
    let create = AccessRequest(
      verb: "create", .resource(.init(group: "", plural: "services", namespace: "default")))
    #expect(
      APIError.forbidden(create, to: caller).message
        == "services is forbidden: User \"x\" cannot create resource \"services\" in API group \"\" in the namespace \"default\""
    )
    let status = AccessRequest(
      verb: "patch",
      .resource(.init(group: "federation.zonetop.dev", plural: "cordons", subresource: "status", name: "c")))
    #expect(
      APIError.forbidden(status, to: caller).message
        == "cordons.federation.zonetop.dev \"c\" is forbidden: User \"x\" cannot patch resource \"cordons/status\" in API group \"federation.zonetop.dev\" at the cluster scope"
    )
    #expect(
      APIError.forbidden(AccessRequest(verb: "get", .path("/foo")), to: caller).message
        == "forbidden: User \"x\" cannot get path \"/foo\"")
  }
}

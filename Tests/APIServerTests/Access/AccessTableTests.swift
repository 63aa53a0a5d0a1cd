import Cryptography
import JSON
import Testing

@testable import APIServer

/// Every role × kind × verb over the real server: what is denied is answered by 403 and changes nothing.
@Suite("Access over the server")
struct AccessTableTests {
  /// One way to use the API.
  struct Use: Sendable {
    var verb: String
    var method: String
    var isNamed: Bool
    var subresource = ""
    var mediaType = "application/json"

    static let all = [
      Use(verb: "list", method: "GET", isNamed: false),
      Use(verb: "get", method: "GET", isNamed: true),
      Use(verb: "create", method: "POST", isNamed: false),
      Use(verb: "deletecollection", method: "DELETE", isNamed: false),
      Use(verb: "update", method: "PUT", isNamed: true),
      Use(verb: "delete", method: "DELETE", isNamed: true),
      Use(verb: "patch", method: "PATCH", isNamed: true, mediaType: "application/merge-patch+json"),
      Use(verb: "patch", method: "PATCH", isNamed: true, mediaType: "application/strategic-merge-patch+json"),
      Use(verb: "patch", method: "PATCH", isNamed: true, mediaType: "application/json-patch+json"),
      Use(verb: "apply", method: "PATCH", isNamed: true, mediaType: "application/apply-patch+yaml"),
      Use(verb: "get", method: "GET", isNamed: true, subresource: "status"),
      Use(verb: "update", method: "PUT", isNamed: true, subresource: "status"),
      Use(
        verb: "patch", method: "PATCH", isNamed: true, subresource: "status", mediaType: "application/merge-patch+json"),
    ]
  }

  /// What the roles are promised to be, said once more and apart from the policy.
  private func mayDo(_ role: AccessRole?, _ use: Use, _ kind: ResourceKind) -> Bool {
    let isRead = ["get", "list", "watch"].contains(use.verb)
    let isOurs = kind.group == "federation.zonetop.dev"
    // Every object is in the namespace `default`: what a role may do in zonetop's own only is denied here.
    let isRestricted = ["configmaps", "leases"].contains(kind.plural)
    switch role {
    case nil: return false
    case .admin, .editor: return true
    case .viewer: return isRead && !isRestricted
    case .operator_:
      if isRead { return !isRestricted }
      guard use.subresource.isEmpty else { return false }
      if kind.plural == "cordons" { return use.verb != "deletecollection" }
      return kind.plural == "services" && ["patch", "apply"].contains(use.verb)
    case .controller:
      if !use.subresource.isEmpty {
        return use.verb == "patch" && ["services", "clusters", "cordons"].contains(kind.plural)
      }
      let isPatch = ["patch", "apply"].contains(use.verb)
      switch kind.plural {
      case "services": return isRead || isPatch
      case "namespaces": return use.verb == "create"
      case "events": return use.verb == "get" || use.verb == "create" || isPatch
      case "clusters": return isRead || use.verb == "create" || isPatch
      case "cordons": return isRead || use.verb == "delete"
      case "vantagepoints": return isRead
      default: return false
      }
    case .probe:
      // It comes as zonetop:probe:sample, and every object is called sample.
      if kind.plural == "vantagepoints", isOurs {
        return use.subresource.isEmpty ? isRead || use.verb == "create" : use.verb == "patch"
      }
      return isRead && kind.plural == "services" && use.subresource.isEmpty
    }
  }

  @Test("Roles may do what they are for, and nothing else", arguments: [nil] + AccessRole.allCases.map(Optional.some))
  func table(role: AccessRole?) async throws {
    let world = try await SecureWorld.start()
    let kinds = KindCatalog.federation.kinds.filter(\.isStored)
    for kind in kinds {
      try await world.endpoint.create(
        kind, in: kind.scope == .namespaced ? "default" : "", SecureWorld.sample(kind), by: .controller)
    }
    let client = try role.map(world.client) ?? world.anonymous
    let before = await world.endpoint.revision
    var denied = 0
    for kind in kinds {
      for use in Use.all where use.subresource.isEmpty || kind.subresources.contains(.status) {
        let isAllowed = mayDo(role, use, kind)
        var path = SecureWorld.collection(kind)
        if use.isNamed { path += "/sample" }
        if !use.subresource.isEmpty { path += "/\(use.subresource)" }
        // What is allowed is only tried, so that every use finds the same world.
        let further = kind.plural == "services" ? ["?watch=true", "?fieldManager=x&force=true"] : []
        for suffix in isAllowed ? ["?dryRun=All"] : ["", "?dryRun=All"] + further {
          let answer = try await client.send(
            use.method, path + suffix, headers: [("Content-Type", use.mediaType)],
            body: use.method == "GET" ? "" : SecureWorld.sample(kind).text())
          let what = "\(role?.rawValue ?? "anonymous"): \(use.method) \(path)\(suffix) \(use.mediaType)"
          if isAllowed {
            // The registry has words of its own to forbid what nobody may do, such as removing `default`.
            #expect(answer.code != 401 && answer.code != 0, "\(what): \(answer)")
            #expect(!answer.body.contains("is forbidden: User"), "\(what): \(answer)")
          } else {
            denied += 1
            #expect(answer.code == 403, "\(what): \(answer)")
            #expect(answer.body.contains("\"reason\":\"Forbidden\""), "\(what)")
          }
        }
      }
    }
    if let role, [.admin, .editor].contains(role) {
      #expect(denied == 0)
    } else {
      #expect(denied > 50)
    }
    #expect(await world.endpoint.revision == before, "\(role?.rawValue ?? "anonymous") has changed something")
    await world.server.stop()
  }

  @Test("An apply of what is there needs the right to patch, one that creates the right to create too")
  func applying() async throws {
    let world = try await SecureWorld.start()
    try await world.endpoint.create(.service, in: "default", SecureWorld.sample(.service), by: .controller)
    let client = try world.client(.operator_)
    func apply(_ name: String) async throws -> SecureClient.Answer {
      try await client.send(
        "PATCH", "/api/v1/namespaces/default/services/\(name)?fieldManager=x",
        headers: [("Content-Type", "application/apply-patch+yaml")],
        body: """
          {"apiVersion":"v1","kind":"Service","metadata":{"name":"\(name)","annotations":{"note":"a"}},\
          "spec":{"ports":[{"port":80,"protocol":"TCP"}]}}
          """)
    }
    let changed = try await apply("sample")
    #expect(changed.code == 200, "\(changed)")
    let refused = try await apply("other")
    #expect(refused.code == 403, "\(refused)")
    #expect(refused.body.contains("cannot create resource"), "\(refused)")
    #expect(try await world.endpoint.list(.service).objects.count == 1)
    await world.server.stop()
  }

  @Test("No spelling of a path, header or method gets a caller past the gate")
  func tricks() async throws {
    let world = try await SecureWorld.start()
    try await world.endpoint.create(.service, in: "default", SecureWorld.sample(.service), by: .controller)
    let before = await world.endpoint.revision
    let body = SecureWorld.sample(.service).text()
    let other: JSONValue = ["metadata": ["name": "other"], "spec": ["ports": [["port": 80]]]]
    let targets = [
      "//api/v1/namespaces/default/services/sample", "/api//v1/namespaces/default/services/sample",
      "/api/v1/namespaces/default/services/sample/", "/api/v1/namespaces/default/services//sample",
      "/api/v1/namespaces/default/%73ervices/sample", "/%61pi/v1/namespaces/default/services/sample",
      "/api/v1/namespaces/default/services%2fsample", "/api/v1/namespaces/default%2fservices/sample",
      "/API/v1/namespaces/default/services/sample", "/api/v1/Namespaces/default/Services/sample",
      "/healthz/../api/v1/namespaces/default/services/sample",
      "/healthz/%2e%2e/api/v1/namespaces/default/services/sample",
      "/./api/v1/namespaces/default/services/sample", "/api/v1/namespaces/default/services/sample;x",
      "/api/v1/namespaces/default/services/sample%00", "/api/v1/namespaces/default/services/sample/status",
      "/api/v1/namespaces/default/services/sample/scale", "/api/v1/namespaces/default/services?watch=true",
      "/api/v1/services/sample", "/api/v1/namespaces/default", "/api/v1/namespaces/default/finalize",
      "https://127.0.0.1/api/v1/namespaces/default/services/sample", "/version/../api/v1/namespaces/default",
      "/healthz?x=/api/v1/namespaces/default", "/apis/v1/namespaces/default/services/sample",
      "*", "api/v1/namespaces/default/services/sample",
    ]
    let fields: [[(String, String)]] = [
      [], [("X-HTTP-Method-Override", "DELETE")], [("X-Remote-User", "admin"), ("X-Remote-Group", "system:masters")],
      [("X-Forwarded-User", "admin")], [("X-Original-URL", "/api/v1/namespaces/default/services/sample")],
    ]
    var asked = 0
    for client in [world.anonymous, try world.client(.viewer), try world.client("nobody")] {
      for target in targets {
        for method in ["POST", "PUT", "PATCH", "DELETE"] {
          let answer = try await client.send(
            method, target, headers: [("Content-Type", "application/json")], body: body)
          asked += 1
          #expect([400, 403, 404, 405].contains(answer.code) || answer.code == 0, "\(method) \(target): \(answer)")
        }
      }
      for headers in fields {
        for method in ["GET", "HEAD", "OPTIONS", "delete", "Delete", "MOVE", "POST"] {
          let target = "/api/v1/namespaces/default/services" + (method == "POST" ? "" : "/sample")
          let answer = try await client.send(
            method, target, headers: headers, body: method == "POST" ? other.text() : "")
          asked += 1
          let isRead = ["GET", "HEAD"].contains(method)
          #expect([400, 403, 405, 0].contains(answer.code) || (isRead && answer.code == 200), "\(method): \(answer)")
        }
      }
    }
    #expect(asked > 300)
    #expect(await world.endpoint.revision == before)
    await world.server.stop()
  }

  @Test("Nobody is taken for another, not even when an administrator asks for it")
  func impersonation() async throws {
    let world = try await SecureWorld.start()
    for client in [world.anonymous, try world.client(.viewer), try world.client(.admin)] {
      for header in [
        "Impersonate-User", "impersonate-user", "Impersonate-Group", "Impersonate-Extra-scopes", "Impersonate-Uid",
      ] {
        let answer = try await client.send(
          "GET", "/api/v1/namespaces", headers: [(header, "system:masters")])
        #expect(answer.code == 403, "\(header): \(answer)")
        #expect(answer.body.contains("cannot impersonate resource"), "\(answer)")
      }
    }
    await world.server.stop()
  }

  @Test("A bad token or certificate is 401, also where the anonymous caller would be let in")
  func unauthorized() async throws {
    let world = try await SecureWorld.start()
    let stranger = try await SecureWorld.start()
    let foreign = try stranger.client(.admin)
    var bad = [
      SecureClient(port: world.server.port, certificate: foreign.certificate, key: foreign.key)
    ]
    let now = world.endpoint.clock.unixSeconds
    let expired = try world.authority.issueClient(
      user: "late", groups: ["system:masters"], lifetime: -60, unixSeconds: now)
    bad.append(SecureClient(port: world.server.port, certificate: expired.certificate.pem, key: expired.key.pem))
    for client in bad {
      for path in ["/version", "/healthz", "/api/v1/namespaces"] {
        #expect(try await client.send("GET", path).code == 401)
      }
    }
    for field in ["Bearer x", "Bearer", "Basic YTpi"] {
      #expect(try await world.anonymous.send("GET", "/version", headers: [("Authorization", field)]).code == 401)
    }
    #expect(try await world.anonymous.send("GET", "/version").code == 200)
    await stranger.server.stop()
    await world.server.stop()
  }

  @Test("Callers hear who they are and what they may do")
  func reviews() async throws {
    let world = try await SecureWorld.start()
    let client = try world.client(.operator_)
    let json = [("Content-Type", "application/json")]
    let identity = try await client.send(
      "POST", "/apis/authentication.k8s.io/v1/selfsubjectreviews", headers: json, body: "{}")
    #expect(identity.code == 201)
    #expect(identity.body.contains("\"username\":\"somebody\""))
    #expect(identity.body.contains("[\"system:authenticated\",\"zonetop:operators\"]"))
    for (verb, resource, group, isAllowed) in [
      ("create", "services", "", false), ("patch", "services", "", true),
      ("get", "leases", "coordination.k8s.io", false),
      ("delete", "cordons", "federation.zonetop.dev", true), ("*", "*", "*", false),
    ] {
      let answer = try await client.send(
        "POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", headers: json,
        body:
          "{\"spec\":{\"resourceAttributes\":{\"verb\":\"\(verb)\",\"resource\":\"\(resource)\",\"group\":\"\(group)\"}}}"
      )
      #expect(answer.code == 201)
      #expect(answer.body.contains("\"allowed\":\(isAllowed)"), "\(verb) \(resource): \(answer)")
    }
    let rules = try await client.send(
      "POST", "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews", headers: json,
      body: "{\"spec\":{\"namespace\":\"default\"}}")
    #expect(rules.body.contains("\"incomplete\":false"))
    #expect(rules.body.contains("\"resources\":[\"cordons\"]"))
    #expect(
      try await world.anonymous.send(
        "POST", "/apis/authentication.k8s.io/v1/selfsubjectreviews", headers: json, body: "{}"
      ).code == 403)
    await world.server.stop()
  }
}

import DNSProviders
import Federation
import JSON

extension StrictCloudDNS.State {
  /// What the API answers to a request that it does.
  mutating func answer(_ request: FakeHTTPServer.Request, at now: Timestamp) throws(GoogleRefusal) -> JSONValue {
    let parts = request.path.split(separator: "/", omittingEmptySubsequences: false).map {
      FakeHTTPServer.Request.decoded($0)
    }
    guard parts.count >= 6, parts[1...3].elementsEqual(["dns", "v1", "projects"]), parts[5] == "managedZones" else {
      throw GoogleRefusal(404, "notFound", "The requested URL was not found on this server.")
    }
    try authorize(request, at: now)
    quotaProject = request.header("x-goog-user-project")
    guard parts[4] == "p1" else {
      throw GoogleRefusal(404, "notFound", "The 'parameters.project' resource named '\(parts[4])' does not exist.")
    }
    let isPost = request.method == "POST"
    guard isPost || request.method == "GET" else { throw GoogleRefusal(405, "httpMethodNotAllowed", "Not allowed") }
    if parts.count == 6 {
      try demand(isPost ? "dns.managedZones.create" : "dns.managedZones.list")
      return isPost ? try createZone(body(request)) : try listZones(request)
    }
    guard parts[6] == "example-com", parts.count > 7 else {
      throw GoogleRefusal(404, "notFound", "The 'parameters.managedZone' resource named '\(parts[6])' does not exist.")
    }
    switch (parts[7], isPost, parts.count) {
    case ("rrsets", false, 8):
      try demand("dns.resourceRecordSets.list")
      return try listSets(request)
    case ("changes", true, 8):
      try demand("dns.changes.create")
      return try commit(body(request), at: now)
    case ("changes", false, 9):
      try demand("dns.changes.get")
      guard let index = Int(parts[8]), changes.indices.contains(index) else {
        throw GoogleRefusal(404, "notFound", "The 'parameters.changeId' resource does not exist.")
      }
      var change = changes[index]
      let left = asks[index, default: patience]
      asks[index] = max(0, left - 1)
      change["status"] = left > 0 ? "pending" : "done"
      return change
    default: throw GoogleRefusal(404, "notFound", "The requested URL was not found on this server.")
    }
  }

  private func authorize(_ request: FakeHTTPServer.Request, at now: Timestamp) throws(GoogleRefusal) {
    let header = request.header("authorization") ?? ""
    guard header.hasPrefix("Bearer "),
      let scopes = tokens.scopes(of: String(header.dropFirst("Bearer ".count)), at: now)
    else {
      let echo = tokens.isCareless ? " \(header)" : ""
      throw GoogleRefusal(
        401, "authError", "Request had invalid authentication credentials.\(echo)", detail: "ACCESS_TOKEN_EXPIRED")
    }
    var fitting: Set = [GoogleScopes.platform, GoogleScopes.write]
    if request.method == "GET" { fitting.insert(GoogleScopes.read) }
    guard !scopes.isDisjoint(with: fitting) else {
      throw GoogleRefusal(
        403, "insufficientPermissions", "Request had insufficient authentication scopes.",
        detail: "ACCESS_TOKEN_SCOPE_INSUFFICIENT")
    }
    guard isEnabled else {
      throw GoogleRefusal(
        403, "accessNotConfigured", "Google Cloud DNS API has not been used in project p1 before or it is disabled.",
        detail: "SERVICE_DISABLED")
    }
  }

  private func demand(_ permission: String) throws(GoogleRefusal) {
    guard permissions.contains(permission) else { throw GoogleRefusal(403, "forbidden", "Forbidden") }
  }

  private func body(_ request: FakeHTTPServer.Request) throws(GoogleRefusal) -> JSONValue {
    guard request.header("content-type")?.hasPrefix("application/json") == true,
      let value = try? JSONValue.parse(request.body), value.object != nil
    else { throw GoogleRefusal(400, "parseError", "This API does not support parsing form-encoded input.") }
    return value
  }

  private mutating func commit(_ change: JSONValue, at now: Timestamp) throws(GoogleRefusal) -> JSONValue {
    let (removed, added) = try zone.apply(change)
    pending.append(
      StrictCloudDNS.Served(removals: removed.compactMap { $0.served?.key }, sets: added.compactMap(\.served)))
    var answer: JSONValue = [
      "kind": "dns#change", "id": .string("\(changes.count)"), "startTime": .string(now.description),
      "status": "pending",
    ]
    for part in ["additions", "deletions"] { answer[part] = change[part] }
    changes.append(answer)
    return answer
  }

  private mutating func createZone(_ zone: JSONValue) throws(GoogleRefusal) -> JSONValue {
    guard let name = zone["name"]?.string, let first = name.utf8.first, name.utf8.count <= 63,
      name.utf8.allSatisfy({ "abcdefghijklmnopqrstuvwxyz0123456789-".utf8.contains($0) }),
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first), !name.hasSuffix("-")
    else { throw .invalid("entity.managedZone.name", zone["name"]?.string ?? "") }
    guard let dnsName = zone["dnsName"]?.string, dnsName.hasSuffix(".") else {
      throw .invalid("entity.managedZone.dnsName", zone["dnsName"]?.string ?? "")
    }
    guard zone["description"]?.string != nil else {
      throw GoogleRefusal(
        400, "required", "The 'entity.managedZone.description' parameter is required but was missing.")
    }
    guard name != "example-com", !otherZones.contains(where: { $0["name"]?.string == name }) else {
      throw GoogleRefusal(
        409, "alreadyExists", "The resource 'entity.managedZone' named '\(name)' already exists")
    }
    var made = zone
    made["id"] = .string("\(otherZones.count + 2)")
    made["nameServers"] = ["ns-cloud-b1.googledomains.com.", "ns-cloud-b2.googledomains.com."]
    otherZones.append(made)
    return made
  }
}

import JSON

extension StrictCloudDNS.State {
  /// The parameters of a list; others than these are refused.
  private func parameters(
    _ request: FakeHTTPServer.Request, _ known: Set<String>
  ) throws(GoogleRefusal) -> [String: String] {
    let query = Dictionary(request.query.map { ($0.name, $0.value) }) { _, last in last }
    if let odd = query.keys.first(where: { !known.union(["alt", "prettyPrint"]).contains($0) }) {
      throw .invalid("parameters.\(odd)", query[odd] ?? "")
    }
    return query
  }

  mutating func listSets(_ request: FakeHTTPServer.Request) throws(GoogleRefusal) -> JSONValue {
    let query = try parameters(request, ["maxResults", "name", "type", "pageToken"])
    var source = zone
    if let old = stale {
      source = old.zone
      stale = old.times > 1 ? (old.zone, old.times - 1) : nil
    }
    if let name = query["name"], !name.hasSuffix(".") { throw .invalid("parameters.name", name) }
    guard query["type"] == nil || query["name"] != nil else { throw .invalid("parameters.type", query["type"] ?? "") }
    guard let wanted = Int(query["maxResults"] ?? "100"), wanted > 0 else {
      throw .invalid("parameters.maxResults", query["maxResults"] ?? "")
    }
    var keys = source.sets.keys.filter {
      (query["name"].map($0.name.elementsEqual) ?? true) && (query["type"].map($0.type.elementsEqual) ?? true)
    }.sorted()
    if let token = query["pageToken"] {
      guard let after = pages[token] else { throw .invalid("parameters.pageToken", token) }
      keys.removeAll { $0 <= after }
    }
    let page = keys.prefix(min(wanted, pageSize))
    var answer: JSONValue = [
      "kind": "dns#resourceRecordSetsListResponse", "rrsets": .array(page.compactMap { source.sets[$0]?.json }),
    ]
    if page.count < keys.count, let last = page.last {
      lastPage += 1
      pages["page-\(lastPage)="] = last
      answer["nextPageToken"] = .string("page-\(lastPage)=")
    }
    return answer
  }

  func listZones(_ request: FakeHTTPServer.Request) throws(GoogleRefusal) -> JSONValue {
    let query = try parameters(request, ["maxResults", "dnsName", "pageToken"])
    let own: JSONValue = [
      "kind": "dns#managedZone", "name": "example-com", "dnsName": "example.com.", "id": "1", "visibility": "public",
      "nameServers": ["ns-cloud-a1.googledomains.com.", "ns-cloud-a2.googledomains.com."],
    ]
    // One a page, so that whoever takes the first page for all is found out.
    let all = [own] + otherZones
    guard let index = Int(query["pageToken"] ?? "0"), all.indices.contains(index) else {
      throw .invalid("parameters.pageToken", query["pageToken"] ?? "")
    }
    var answer: JSONValue = ["kind": "dns#managedZonesListResponse", "managedZones": [all[index]]]
    if index + 1 < all.count { answer["nextPageToken"] = .string("\(index + 1)") }
    return answer
  }
}

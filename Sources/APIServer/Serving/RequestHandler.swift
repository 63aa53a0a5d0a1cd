import JSON

/// Carries out one request at an endpoint.
struct RequestHandler {
  let endpoint: APIEndpoint
  let info: RequestInfo
  /// What the path means: the same reading of it that was allowed.
  let target: APITarget

  enum Answer {
    /// `warnings` go into headers of their own.
    case document(Int, [UInt8], warnings: [String] = [])
    /// A document that is no plain JSON.
    case media(String, [UInt8])
    case text(String)
    case watch(WatchSubscription, WatchFraming)
  }

  func answer() async throws(APIError) -> Answer {
    switch target {
    case .collection(let kind, let namespace): return try await collection(kind, namespace)
    case .object(let kind, let name, let subresource): return try await object(kind, name, subresource)
    default:
      guard info.method == "GET" || info.method == "HEAD" else { throw .methodNotAllowed(info.method) }
      return try document(target)
    }
  }

  private func document(_ target: APITarget) throws(APIError) -> Answer {
    let discovery = Discovery(catalog: endpoint.catalog)
    let openAPI = OpenAPI(catalog: endpoint.catalog, path: endpoint.path)
    switch (target, info.accept) {
    case (.coreVersions, .discovery(let version)): return aggregated(discovery, isCore: true, version)
    case (.groups, .discovery(let version)): return aggregated(discovery, isCore: false, version)
    case (.swagger, .swagger): return .media(SwaggerProtobuf.mediaType, SwaggerProtobuf.encode(openAPI.swagger))
    default: break
    }
    let value: JSONValue =
      switch target {
      case .version: Discovery.version
      case .coreVersions: discovery.coreVersions
      case .groups: discovery.groups
      case .group(let name): try discovery.group(name)
      case .resources(let group, let version): try discovery.resources(group: group, version: version)
      case .swagger: openAPI.swagger
      case .openAPIIndex: openAPI.index
      case .openAPI(let group, let version): try openAPI.document(group: group, version: version)
      case .definitions:
        [
          "kind": "CustomResourceDefinitionList", "apiVersion": "apiextensions.k8s.io/v1",
          "metadata": ["resourceVersion": "0"], "items": [],
        ]
      default: .null
      }
    return value == .null ? .text("ok") : .document(200, value.encoded())
  }

  private func aggregated(_ discovery: Discovery, isCore: Bool, _ version: String) -> Answer {
    .media(
      "application/json;g=apidiscovery.k8s.io;v=\(version);as=APIGroupDiscoveryList",
      discovery.aggregated(isCore: isCore, version: version).encoded())
  }

  // MARK: Collections

  private func collection(_ kind: ResourceKind, _ namespace: String?) async throws(APIError) -> Answer {
    switch info.method {
    case "GET", "HEAD":
      return info.query.isSet("watch") ? try await watch(kind, namespace) : try await list(kind, namespace)
    case "POST":
      guard kind.scope == .cluster || namespace != nil else { throw .methodNotAllowed(info.method) }
      guard kind.isStored else {
        return .document(201, SelfReview(caller: info.caller).answer(try info.json(), kind: kind).encoded())
      }
      let options = try WriteOptions(info, "CreateOptions")
      let (body, warnings) = try options.validation.read(info.body, try info.json(), of: kind)
      let created = try await endpoint.create(
        kind, in: namespace ?? "", body, by: options.writer, trial: try trial())
      return try one(created, kind, code: 201, warnings: warnings)
    case "DELETE" where kind.verbs.contains("deletecollection"):
      let options = try DeleteOptions(info.body.isEmpty ? nil : try info.parsed(), info.query)
      let page = try await endpoint.deleteCollection(
        kind, try selection(kind, namespace), try ListOptions(info.query), options,
        trial: options.isDryRun ? .dryRun : try trial())
      return .document(200, Self.list(page, kind))
    default: throw .methodNotAllowed(info.method)
    }
  }

  private func list(_ kind: ResourceKind, _ namespace: String?) async throws(APIError) -> Answer {
    let page = try await endpoint.list(kind, try selection(kind, namespace), try ListOptions(info.query))
    switch info.accept {
    case .table: return .document(200, table(kind).text(of: page.objects, metadata: Self.metadata(page)))
    default: return .document(200, Self.list(page, kind))
    }
  }

  private func watch(_ kind: ResourceKind, _ namespace: String?) async throws(APIError) -> Answer {
    let start = try WatchStart(info.query)
    let filter = WatchFilter(kinds: [kind.id], selection: try selection(kind, namespace))
    let framing = WatchFraming(
      kind: kind, sendsBookmarks: info.query.isSet("allowWatchBookmarks"),
      table: info.accept == .table ? table(kind) : nil)
    return .watch(try await endpoint.watch(filter, from: start, isRemote: true), framing)
  }

  // MARK: Objects

  private func object(
    _ kind: ResourceKind, _ name: ObjectName, _ subresource: ResourceKind.Subresource?
  ) async throws(APIError) -> Answer {
    switch info.method {
    case _ where subresource == .finalize && info.method != "PUT": throw .methodNotAllowed(info.method)
    case "GET", "HEAD":
      return try one(try await endpoint.get(kind, name), kind, subresource)
    case "PUT":
      let options = try WriteOptions(info, "UpdateOptions")
      var body = try info.json()
      var warnings: [String] = []
      if subresource != .scale { (body, warnings) = try options.validation.read(info.body, body, of: kind) }
      let updated = try await endpoint.update(
        kind, name, body, subresource: subresource, by: options.writer, trial: try trial())
      return try one(updated, kind, subresource, warnings: warnings)
    case "PATCH":
      let options = try WriteOptions(info, "PatchOptions")
      let patch = try Patch(
        info.body, mediaType: info.mediaType, for: kind, tracksFields: endpoint.catalog.tracksFields,
        force: options.force)
      let patched = try await endpoint.patch(
        kind, name, patch, subresource: subresource, by: options.writer, validation: options.validation,
        trial: try trial())
      return try one(
        patched.object, kind, subresource, code: patched.isNew ? 201 : 200, warnings: patched.warnings)
    case "DELETE" where subresource == nil:
      let options = try DeleteOptions(info.body.isEmpty ? nil : try info.parsed(), info.query)
      let (object, isGone) = try await endpoint.delete(
        kind, name, options, trial: options.isDryRun ? .dryRun : try trial())
      return isGone ? .document(200, Self.deleted(object, kind)) : try one(object, kind)
    default: throw .methodNotAllowed(info.method)
    }
  }

  private func one(
    _ object: StoredObject, _ kind: ResourceKind, _ subresource: ResourceKind.Subresource? = nil, code: Int = 200,
    warnings: [String] = []
  ) throws(APIError) -> Answer {
    if subresource == .scale {
      return .document(code, Scale.object(of: object).encoded(), warnings: warnings)
    }
    switch info.accept {
    case .table:
      let metadata: JSONValue = ["resourceVersion": .string(String(object.revision))]
      return .document(code, table(kind).text(of: [object], metadata: metadata), warnings: warnings)
    default: return .document(code, object.text, warnings: warnings)
    }
  }

  // MARK: Parameters and forms

  private func selection(_ kind: ResourceKind, _ namespace: String?) throws(APIError) -> Selection {
    var selection = Selection(namespace: namespace)
    if let text = info.query["labelSelector"] { selection.labels = try LabelSelector(text) }
    if let text = info.query["fieldSelector"] { selection.fields = try FieldSelector(text, for: kind) }
    return selection
  }

  private func trial() throws(APIError) -> APIEndpoint.Trial {
    guard let value = info.query["dryRun"] else { return .effective }
    guard value == "All" else {
      throw .badRequest("dryRun: Unsupported value: \"\(value)\": supported values: \"All\"")
    }
    return .dryRun
  }

  private func table(_ kind: ResourceKind) -> Table {
    Table(
      kind: kind, inclusion: info.query["includeObject"].flatMap(Table.Inclusion.init) ?? .metadata,
      unixSeconds: endpoint.clock.unixSeconds)
  }

  private static func metadata(_ page: ListPage) -> JSONValue {
    var metadata: JSONValue = ["resourceVersion": .string(String(page.revision))]
    if let token = page.continueToken { metadata["continue"] = .string(token.text) }
    if let remaining = page.remaining { metadata["remainingItemCount"] = .integer(Int64(remaining)) }
    return metadata
  }

  /// The list object around texts that are encoded already.
  private static func list(_ page: ListPage, _ kind: ResourceKind) -> [UInt8] {
    let head = "{\"kind\":\"\(kind.name)List\",\"apiVersion\":\"\(kind.apiVersion)\",\"metadata\":"
    var text = Array(head.utf8)
    text.reserveCapacity(page.objects.reduce(256) { $0 + $1.text.count + 1 })
    text += metadata(page).encoded()
    text += Array(",\"items\":[".utf8)
    for (index, object) in page.objects.enumerated() {
      if index > 0 { text.append(UInt8(ascii: ",")) }
      text += object.text
    }
    text += Array("]}".utf8)
    return text
  }

  private static func deleted(_ object: StoredObject, _ kind: ResourceKind) -> [UInt8] {
    var details: JSONValue = [
      "name": .string(object.name), "kind": .string(kind.plural), "uid": object.value[at: ["metadata", "uid"]] ?? "",
    ]
    if !kind.group.isEmpty { details["group"] = .string(kind.group) }
    let status: JSONValue = [
      "kind": "Status", "apiVersion": "v1", "metadata": [:], "status": "Success", "details": details,
    ]
    return status.encoded()
  }
}

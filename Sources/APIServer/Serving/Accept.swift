/// The form that a client wants an answer in: the first of its `Accept` header that this server can write.
enum Accept: Hashable {
  case json
  case table
  /// Discovery in one document, in the version `v2` or `v2beta1`.
  case discovery(version: String)
  /// OpenAPI v2 in protobuf.
  case swagger

  /// Throws 406 when the client takes nothing that this server writes, such as protobuf alone.
  init(header: String?) throws(APIError) {
    guard let header, !header.isEmpty else {
      self = .json
      return
    }
    for entry in header.split(separator: ",") {
      let parts = entry.split(separator: ";").map { $0.trimmed.lowercased() }
      if let type = parts.first, [SwaggerProtobuf.acceptedType, SwaggerProtobuf.mediaType].contains(type) {
        self = .swagger
        return
      }
      guard let type = parts.first, ["application/json", "application/*", "*/*"].contains(type) else { continue }
      guard let form = parts.first(where: { $0.hasPrefix("as=") }) else {
        self = .json
        return
      }
      if form == "as=apigroupdiscoverylist", parts.contains("g=apidiscovery.k8s.io"),
        let version = ["v2", "v2beta1"].first(where: { parts.contains("v=\($0)") })
      {
        self = .discovery(version: version)
        return
      }
      if form == "as=table", parts.contains("v=v1") {
        self = .table
        return
      }
    }
    throw .notAcceptable
  }
}

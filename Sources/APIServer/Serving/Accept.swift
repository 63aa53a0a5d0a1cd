/// The form that a client wants an answer in: the first of its `Accept` header that this server can write.
enum Accept {
  case json
  case table

  /// Throws 406 when the client takes nothing that this server writes, such as protobuf alone.
  init(header: String?) throws(APIError) {
    guard let header, !header.isEmpty else {
      self = .json
      return
    }
    for entry in header.split(separator: ",") {
      let parts = entry.split(separator: ";").map { $0.trimmed.lowercased() }
      guard let type = parts.first, ["application/json", "application/*", "*/*"].contains(type) else { continue }
      guard let form = parts.first(where: { $0.hasPrefix("as=") }) else {
        self = .json
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

import JSON

/// The body of an apply: part of an object, with everything in it that its manager wants.
enum AppliedConfiguration {
  /// Whatever the media type allows: JSON, or YAML.
  static func parsed(_ body: [UInt8]) throws(APIError) -> JSONValue {
    if let value = try? JSONValue.parse(body) { return value }
    return try YAMLBody.value(body)
  }

  /// The configuration without nulls, or why the kind cannot take it.
  static func checked(_ body: JSONValue, kind: ResourceKind, name: ObjectName) throws(APIError) -> JSONValue {
    let configuration = body.withoutNulls
    let (apiVersion, type) = (configuration["apiVersion"]?.string ?? "", configuration["kind"]?.string ?? "")
    guard apiVersion == kind.apiVersion, type == kind.name else {
      throw .badRequest("invalid object type: \(groupVersionKind(apiVersion, type))")
    }
    guard configuration[at: ["metadata", "managedFields"]] == nil else {
      throw .badRequest("metadata.managedFields must be nil")
    }
    let errors = TypedErrors(of: configuration, schema: kind.schema ?? .any).messages
    guard errors.isEmpty else {
      let list = errors.count == 1 ? errors[0] : "errors:\n" + errors.map { "  \($0)" }.joined(separator: "\n")
      let subject = "\(configuration[at: ["metadata", "namespace"]]?.string ?? "")/\(name.name)"
      // As Kubernetes answers it, although the client is to blame.
      throw APIError(
        code: 500, reason: "",
        message: "failed to create typed patch object (\(subject); \(groupVersionKind(apiVersion, type))): \(list)")
    }
    return configuration
  }

  /// `apps/v1, Kind=Deployment`, `/v1, Kind=Service`.
  private static func groupVersionKind(_ apiVersion: String, _ kind: String) -> String {
    "\(apiVersion.contains("/") ? "" : "/")\(apiVersion), Kind=\(kind)"
  }
}

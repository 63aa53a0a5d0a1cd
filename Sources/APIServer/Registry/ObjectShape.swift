import JSON

/// The common shape of objects: `apiVersion`, `kind` and `metadata` as the path of the request demands.
enum ObjectShape {
  /// The body of a creation with its names filled in, or why it cannot be taken.
  static func checked(_ body: JSONValue, kind: ResourceKind, namespace: String) throws(APIError) -> JSONValue {
    var object = try typed(body, kind: kind, subresource: nil)
    try place(&object, in: namespace)
    return object
  }

  /// The body of an update with its names filled in, or why it cannot be taken.
  static func checked(
    _ body: JSONValue, kind: ResourceKind, name: ObjectName, subresource: ResourceKind.Subresource?
  ) throws(APIError) -> JSONValue {
    var object = try typed(body, kind: kind, subresource: subresource)
    let given = object[at: ["metadata", "name"]]?.string ?? ""
    guard given.isEmpty || given == name.name else {
      throw .badRequest("the name of the object (\(given)) does not match the name on the URL (\(name.name))")
    }
    object[at: ["metadata", "name"]] = .string(name.name)
    try place(&object, in: name.namespace)
    return object
  }

  static func metadataErrors(_ object: JSONValue, kind: ResourceKind) -> [FieldError] {
    var errors: [FieldError] = []
    let name = object[at: ["metadata", "name"]]?.string ?? ""
    if name.isEmpty {
      errors.append(.required("metadata.name", "name or generateName is required"))
    } else if let error = kind.nameRule.error("metadata.name", name) {
      errors.append(error)
    }
    for field in ["labels", "annotations"] {
      guard let map = object[at: ["metadata", field]], map != .null else { continue }
      guard let members = map.object, members.values.allSatisfy({ $0.string != nil }) else {
        errors.append(.invalid("metadata.\(field)", "map", "must be a map of strings"))
        continue
      }
      for (key, value) in members.sorted(by: { $0.key < $1.key }) {
        let text = field == "labels" ? key : key.lowercased()
        let isWrong = NameRule.qualifiedName.error("metadata.\(field)", text) != nil
        if isWrong { errors.append(.invalid("metadata.\(field)", "\"\(key)\"", NameRule.qualifiedName.message)) }
        if field == "labels", let error = NameRule.labelValue.error("metadata.labels", value.string ?? "") {
          errors.append(error)
        }
      }
    }
    return errors
  }

  /// True for a DNS subdomain (RFC 1123).
  static func isName(_ text: String) -> Bool {
    text.utf8.count <= 253
      && text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { isLabel($0) }
  }

  /// True for a DNS label (RFC 1123).
  static func isLabel(_ label: some StringProtocol) -> Bool {
    let text = Array(label.utf8)
    let alphanumeric = { (byte: UInt8) in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
    guard text.count <= 63, let first = text.first, let last = text.last else { return false }
    return alphanumeric(first) && alphanumeric(last) && text.allSatisfy { alphanumeric($0) || $0 == UInt8(ascii: "-") }
  }

  private static func typed(
    _ body: JSONValue, kind: ResourceKind, subresource: ResourceKind.Subresource?
  ) throws(APIError) -> JSONValue {
    guard body.object != nil else { throw .badRequest("the body of the request is not a JSON object") }
    var object = body.withoutNulls
    let isScale = subresource == .scale
    let apiVersion = isScale ? Scale.apiVersion : kind.apiVersion
    let name = isScale ? Scale.kind : kind.name
    guard object["apiVersion"]?.string ?? apiVersion == apiVersion, object["kind"]?.string ?? name == name else {
      let given = "\(object["apiVersion"]?.string ?? "?"), Kind=\(object["kind"]?.string ?? "?")"
      throw .badRequest("the API version and kind of the data (\(given)) do not match \(apiVersion), Kind=\(name)")
    }
    object["apiVersion"] = .string(apiVersion)
    object["kind"] = .string(name)
    if object["metadata"]?.object == nil { object["metadata"] = [:] }
    return object
  }

  private static func place(_ object: inout JSONValue, in namespace: String) throws(APIError) {
    let given = object[at: ["metadata", "namespace"]]?.string ?? ""
    guard given.isEmpty || given == namespace else {
      throw .badRequest("the namespace of the provided object does not match the namespace sent on the request")
    }
    object[at: ["metadata", "namespace"]] = namespace.isEmpty ? JSONValue?.none : .string(namespace)
  }
}

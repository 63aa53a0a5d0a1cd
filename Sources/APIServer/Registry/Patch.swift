package import JSON

/// A patch in one of the four forms that this server takes.
package enum Patch: Sendable {
  case merge(JSONValue)
  case strategicMerge(JSONValue)
  case json(JSONPatch)
  /// Server-side apply.
  case apply(JSONValue, force: Bool)

  private static let strategicType = "application/strategic-merge-patch+json"
  static let applyType = "application/apply-patch+yaml"

  /// The media types of the forms that a kind takes, for the message that refuses others.
  static func mediaTypes(for kind: ResourceKind, tracksFields: Bool) -> [String] {
    ["application/json-patch+json", "application/merge-patch+json"] + (kind.isCustom ? [] : [strategicType])
      + (tracksFields ? [applyType] : [])
  }

  /// Reads a patch by its media type.
  ///
  /// - Parameter force: the query parameter of that name, which only an apply has.
  init(
    _ body: [UInt8], mediaType: String, for kind: ResourceKind, tracksFields: Bool = true, force: Bool = false
  ) throws(APIError) {
    let accepted = Self.mediaTypes(for: kind, tracksFields: tracksFields)
    guard accepted.contains(mediaType) else { throw .unsupportedMediaType(accepted: accepted) }
    switch mediaType {
    case Self.applyType: self = .apply(try AppliedConfiguration.parsed(body), force: force)
    case "application/json-patch+json": self = .json(try JSONPatch(try Self.parsed(body)))
    case Self.strategicType: self = .strategicMerge(try Self.object(body))
    default: self = .merge(try Self.object(body))
    }
  }

  /// An object with the patch applied; an apply needs more than the object and leaves it as it is.
  func apply(to object: JSONValue, schema: Schema) throws(APIError) -> JSONValue {
    switch self {
    case .merge(let patch): object.merging(patch)
    case .strategicMerge(let patch): try StrategicMergePatch(patch, schema: schema).apply(to: object)
    case .json(let patch): try patch.apply(to: object)
    case .apply: object
    }
  }

  private static func parsed(_ body: [UInt8]) throws(APIError) -> JSONValue {
    do {
      return try JSONValue.parse(body)
    } catch {
      throw .badRequest("error decoding patch: \(error)")
    }
  }

  private static func object(_ body: [UInt8]) throws(APIError) -> JSONValue {
    let patch = try parsed(body)
    guard patch.object != nil else { throw .badRequest("error decoding patch: the patch is no JSON object") }
    return patch
  }
}

package import JSON

/// A patch in one of the three forms that this server takes.
package enum Patch: Sendable {
  case merge(JSONValue)
  case strategicMerge(JSONValue)
  case json(JSONPatch)

  /// The media types of the forms, for the message that refuses others.
  static let mediaTypes = [
    "application/json-patch+json", "application/merge-patch+json", "application/strategic-merge-patch+json",
  ]

  /// Reads a patch by its media type.
  init(_ body: JSONValue, mediaType: String, for kind: ResourceKind) throws(APIError) {
    switch mediaType {
    case "application/json-patch+json": self = .json(try JSONPatch(body))
    case "application/merge-patch+json": self = .merge(body)
    case "application/strategic-merge-patch+json" where !kind.isCustom: self = .strategicMerge(body)
    default:
      throw .unsupportedMediaType(accepted: kind.isCustom ? Array(Self.mediaTypes.prefix(2)) : Self.mediaTypes)
    }
  }

  func apply(to object: JSONValue, strategies: [String: ListStrategy]) throws(APIError) -> JSONValue {
    switch self {
    case .merge(let patch): object.merging(patch)
    case .strategicMerge(let patch): StrategicMergePatch(patch, strategies: strategies).apply(to: object)
    case .json(let patch): try patch.apply(to: object)
    }
  }
}

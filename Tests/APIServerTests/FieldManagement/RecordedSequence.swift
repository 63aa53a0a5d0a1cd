import JSON
import Testing

@testable import APIServer

/// Requests to one object of a real API server, each with what the server made of it.
struct RecordedSequence: Sendable, CustomTestStringConvertible {
  var kind: ResourceKind
  var name: String
  var steps: [Step]

  struct Step: Sendable {
    /// `create`, `update`, `apply`, `merge`, `strategic` or `json`.
    var request: String
    var manager: String
    var force: Bool
    var body: JSONValue
    var code: Int
    /// The error's message; nil when the request was carried out.
    var message: String?
    /// Each owner as `[manager, operation, fieldsV1]`.
    var owners: [JSONValue]
    /// The object's `spec` or `data`, as far as it depends on the request alone.
    var content: JSONValue?
    var labels: JSONValue?

    init(_ value: JSONValue) {
      request = value["do"]?.string ?? ""
      manager = value["by"]?.string ?? ""
      force = value["force"] == true
      body = value["with"] ?? .null
      code = Int(value["code"]?.integer ?? 0)
      message = value["message"]?.string
      owners = value["owners"]?.array ?? []
      content = value["content"]
      labels = value["labels"]
    }
  }

  var testDescription: String { "\(kind.name) \(name)" }

  /// All sequences that were recorded.
  static func all() throws -> [RecordedSequence] {
    let kinds = [ResourceKind.service, .configMap, .lease, .cordon]
    return try [services, others].flatMap { try JSONValue.parse($0).array ?? [] }.compactMap { value in
      guard let kind = kinds.first(where: { $0.name == value["kind"]?.string }) else { return nil }
      return RecordedSequence(
        kind: kind, name: value["name"]?.string ?? "", steps: (value["steps"]?.array ?? []).map(Step.init))
    }
  }
}

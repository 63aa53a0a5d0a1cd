import HTTPTransport
import JSON

extension KubernetesError {
  /// What a failed transfer means for a cluster.
  init(_ error: HTTPError) {
    let code: Code =
      switch error.code {
      case .resolve, .refused, .proxy, .timeout, .silent, .internal: .unreachable
      case .tls: .untrusted
      case .truncated, .protocol, .tooLarge: .incomplete
      case .invalidRequest: .configuration
      case .cancelled: .cancelled
      }
    self.init(code, error.description)
  }

  /// What an answer other than 2xx means, from its `Status` object where it has one.
  init(status: Int, headers: [HTTPHeader], body: [UInt8]) {
    let object = try? JSONValue.parse(body)
    let details = object?["kind"]?.string == "Status" ? object : nil
    let text = details?["message"]?.string ?? KubernetesError.firstLine(body)
    let reason = details?["reason"]?.string
    let retry =
      headers.first { $0.name.lowercased() == "retry-after" }.flatMap { Int($0.value) }
      ?? (details?["details"]?["retryAfterSeconds"]?.integer).map(Int.init(clamping:))
    self.init(
      KubernetesError.code(status: status, reason: reason),
      "the server answers \(status)" + (text.isEmpty ? "" : ": \(text)"), status: status,
      retryAfter: retry.map { .seconds(min(max($0, 0), 3600)) })
  }

  /// What the `Status` object inside a watch means.
  init(watchStatus object: JSONValue) {
    let status = object["code"]?.integer.map(Int.init(clamping:)) ?? 500
    self.init(
      KubernetesError.code(status: status, reason: object["reason"]?.string),
      "the watch ended with \(status): \(object["message"]?.string ?? "no reason given")", status: status)
  }

  static func code(status: Int, reason: String?) -> Code {
    if reason == "Expired" || reason == "Gone" { return .gone }
    return switch status {
    case 401: .unauthorized
    case 403: .forbidden
    case 404: .notFound
    case 409: reason == "AlreadyExists" ? .alreadyExists : .conflict
    case 410: .gone
    case 429: .throttled
    case 500...599: .unavailable
    default: .invalid
    }
  }

  private static func firstLine(_ body: [UInt8]) -> String {
    String(decoding: body.prefix(300).prefix { $0 != 0x0A && $0 != 0x0D }, as: UTF8.self)
  }
}

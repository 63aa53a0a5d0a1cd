import JSON

/// An error as Google's APIs answer it.
struct GoogleRefusal: Error, Sendable {
  var status: Int
  var reason: String
  var message: String
  /// The reason within `details`, of the newer kind.
  var detail: String?

  init(_ status: Int, _ reason: String, _ message: String, detail: String? = nil) {
    self.status = status
    self.reason = reason
    self.message = message
    self.detail = detail
  }

  static func invalid(_ place: String, _ value: String) -> GoogleRefusal {
    GoogleRefusal(400, "invalid", "Invalid value for '\(place)': '\(value)'")
  }

  var reply: FakeHTTPServer.Reply {
    var error: JSONValue = [
      "code": .integer(Int64(status)), "message": .string(message),
      "errors": [["message": .string(message), "domain": "global", "reason": .string(reason)]],
    ]
    if let detail {
      error["details"] = [
        ["@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": .string(detail), "domain": "googleapis.com"]
      ]
    }
    let body: JSONValue = ["error": error]
    return .googleJSON(body, status: status)
  }
}

extension FakeHTTPServer.Reply {
  static func googleJSON(_ value: JSONValue, status: Int = 200) -> FakeHTTPServer.Reply {
    .answer(
      status: status, headers: [("Content-Type", "application/json; charset=UTF-8")], body: value.encoded(.pretty))
  }
}

extension FakeHTTPServer.Request {
  /// The pairs of a form that was posted.
  var formFields: [String: String] {
    let text = String(decoding: body, as: UTF8.self)
    return Dictionary(
      FakeHTTPServer.Request(method: "", target: "/?\(text)", headers: [], body: []).query.map { ($0.name, $0.value) }
    ) { first, _ in first }
  }
}

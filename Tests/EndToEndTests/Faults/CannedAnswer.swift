/// What a proxy says itself, instead of the server behind it.
enum CannedAnswer {
  /// The resource version of the lists that are made up here.
  private static let version = "999999999"

  /// Takes the first request's head out of the bytes; nil while it is not there in whole.
  static func head(_ bytes: inout [UInt8]) -> String? {
    let end: [UInt8] = [13, 10, 13, 10]
    guard bytes.count >= 4,
      let start = (0...(bytes.count - 4)).first(where: { Array(bytes[$0..<$0 + 4]) == end })
    else { return nil }
    let head = String(decoding: bytes[..<(start + 4)], as: UTF8.self)
    bytes.removeFirst(start + 4)
    return head
  }

  /// The answer to a request; nil when the server itself is to answer.
  static func to(_ head: String, _ fault: FaultyProxy.Fault) -> String? {
    switch fault {
    case .status(let status): return json(status, statusObject(status, "this is a test"))
    case .emptyLists: return emptyList(head)
    default: return nil
    }
  }

  private static func emptyList(_ head: String) -> String? {
    let words = head.split(separator: " ", maxSplits: 2)
    guard words.count > 1 else { return nil }
    let target = words[1].split(separator: "?", maxSplits: 1)
    let kinds = [
      "services": ("ServiceList", "v1"), "endpointslices": ("EndpointSliceList", "discovery.k8s.io/v1"),
      "endpoints": ("EndpointsList", "v1"),
    ]
    guard let resource = target[0].split(separator: "/").last, let (kind, group) = kinds[String(resource)] else {
      return nil
    }
    let query = target.count > 1 ? target[1] : ""
    guard query.contains("watch=") else {
      return json(
        200,
        "{\"kind\":\"\(kind)\",\"apiVersion\":\"\(group)\",\"metadata\":{\"resourceVersion\":\"\(version)\"},\"items\":[]}"
      )
    }
    guard query.contains("resourceVersion=\(version)") else {
      return json(410, statusObject(410, "too old resource version"))
    }
    // A watch in which nothing happens.
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
  }

  private static func statusObject(_ status: Int, _ message: String) -> String {
    let reasons = [401: "Unauthorized", 403: "Forbidden", 410: "Expired", 500: "InternalError"]
    return
      "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\",\"message\":\"\(message)\","
      + "\"reason\":\"\(reasons[status] ?? "Unknown")\",\"code\":\(status)}"
  }

  private static func json(_ status: Int, _ body: String) -> String {
    "HTTP/1.1 \(status) Status\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
  }
}

/// An answer whose head has arrived; its body is still on the way.
package struct HTTPResponse: Sendable {
  package var status: Int
  /// The last head's fields in the order of their arrival; those of `100 Continue` and of a proxy are left out.
  package var headers: [HTTPHeader]
  /// The protocol as the server names it: `HTTP/1.1`, `HTTP/2`.
  package var version: String
  package var body: HTTPBody

  package init(status: Int, headers: [HTTPHeader] = [], version: String = "HTTP/1.1", body: HTTPBody = HTTPBody([])) {
    self.status = status
    self.headers = headers
    self.version = version
    self.body = body
  }

  /// The first value of a field, whose name is compared without regard to case.
  package func header(_ name: String) -> String? {
    let wanted = name.lowercased()
    return headers.first { $0.name.lowercased() == wanted }?.value
  }
}

import Hummingbird
import JSON

/// What a handler needs of an HTTP request, read once.
struct RequestInfo {
  var method: String
  var path: Substring
  var query: QueryParameters
  /// The media type of the body without its parameters, in lower case.
  var mediaType: String
  var accept: Accept
  /// What program the client says it is.
  var userAgent = ""
  var body: [UInt8]
  /// Who asks; nil where the server is open to all.
  var caller: Caller?
  /// Why an apply may not create the object; nil when it may.
  var creationRefusal: APIError?

  /// The body as JSON; throws 415 for other media types and 400 for what is no JSON.
  func json() throws(APIError) -> JSONValue {
    guard mediaType.isEmpty || mediaType == "application/json" || mediaType == "text/plain" else {
      throw .unsupportedMediaType(accepted: ["application/json", ProtobufBody.mediaType])
    }
    return try parsed()
  }

  /// The body as JSON, whatever its media type says.
  func parsed() throws(APIError) -> JSONValue {
    do {
      return try JSONValue.parse(body)
    } catch {
      throw .badRequest("the body of the request is no JSON: \(error)")
    }
  }
}

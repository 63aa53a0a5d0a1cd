import Federation
import HTTPTransport
import JSON

/// The zone's place in PowerDNS's API: how it is asked, and what its answers mean.
struct PowerDNSDoor: Sendable {
  let zone: DomainName
  /// `http://host:8081`, without a slash at its end.
  let url: String
  /// What PowerDNS calls itself: `localhost`, unless a proxy for several stands before it.
  let server: String
  let key: APIKey
  let tls: TLSSettings

  init(zone: DomainName, url: String, server: String, key: APIKey, tls: TLSSettings) {
    self.zone = zone
    self.url = String(url.reversed().drop { $0 == "/" }.reversed())
    self.server = server
    self.key = key
    self.tls = tls
  }

  /// Reads the whole zone, or one name of it where the server can do that (4.7 can).
  func read(_ name: DomainName?, _ urgency: RequestPace.Urgency) -> ProviderCall {
    let query = name.map { "?rrset_name=\(Self.escaped($0.text + ".", with: "%"))" } ?? ""
    return call("reading the zone \(zone)", "GET", query, urgency)
  }

  /// Reads what is set for the zone, without its contents where the server can leave them out (4.7 can).
  func settings() -> ProviderCall { call("reading the settings of the zone \(zone)", "GET", "?rrsets=false", .read) }

  /// Changes the zone in one transaction.
  func patch(_ body: [UInt8], _ subject: String, _ urgency: RequestPace.Urgency) -> ProviderCall {
    call(subject, "PATCH", "", urgency, body)
  }

  private func call(
    _ subject: String, _ method: String, _ query: String, _ urgency: RequestPace.Urgency, _ body: [UInt8] = []
  ) -> ProviderCall {
    var headers = [HTTPHeader("X-API-Key", key.secret), HTTPHeader("Accept", "application/json")]
    if !body.isEmpty { headers.append(HTTPHeader("Content-Type", "application/json")) }
    let path = "/api/v1/servers/\(Self.escaped(server, with: "%"))/zones/\(Self.escaped(zone.text + ".", with: "="))"
    let request = HTTPRequest(method: method, url: url + path + query, headers: headers, body: body, tls: tls)
    let isRead = method == "GET"
    return ProviderCall(subject, urgency: urgency, isRepeatable: isRead) { () throws(ProviderError) in
      request
    } judge: { answer in
      judge(answer, subject, isRead: isRead)
    }
  }

  private func judge(_ answer: ProviderAnswer, _ subject: String, isRead: Bool) -> ProviderCall.Judgement {
    let status = answer.status
    func error(_ code: ProviderError.Code, _ why: String) -> ProviderError {
      ProviderError(code, "\(subject): \(place) \(why)")
    }
    switch status {
    case isRead ? 200...200 : 200...204: return .done
    case 401, 403:
      return .failed(
        error(
          .unauthorized,
          "refuses the key in X-API-Key (\(status)): `api-key` must be the one of its own configuration, and its `webserver-allow-from` allow this host"
        ))
    case 404:
      return .failed(
        error(
          .unauthorized,
          "knows no zone \(zone) on the server \(key.cleaned(server, limit: 60)) (404): create the zone, correct `zone`, `url` or `server`, or switch its API on (api=yes)"
        ))
    case 413:
      return .failed(
        error(
          .refused,
          "finds the change too large (413): raise its `webserver-max-bodysize`, or give the service fewer zones"))
    case 429: return .throttled(error(.throttled, "asks to slow down (429)"))
    case 500...599:
      let failure = error(.unreachable, "failed (\(status))\(reason(answer)); its log says why")
      return isRead ? .busy(failure) : .doubtful(failure)
    default: return .failed(error(.refused, "refused (\(status))\(reason(answer))"))
    }
  }

  /// The server's own words.
  private func reason(_ answer: ProviderAnswer) -> String {
    let text = answer.json?["error"]?.string ?? String(decoding: answer.body.prefix(400), as: UTF8.self)
    let words = key.cleaned(text, limit: 200)
    return words.isEmpty ? "" : ": \(words)"
  }

  /// Where the server is, without a user and a password.
  var place: String {
    guard let at = url.lastIndex(of: "@") else { return "PowerDNS at \(key.cleaned(url, limit: 120))" }
    return "PowerDNS at \(key.cleaned(String(url[url.index(after: at)...]), limit: 120))"
  }

  /// Escapes what does not stand for itself: with `%` as every URL, with `=` as the ids of PowerDNS's zones.
  private static func escaped(_ text: String, with mark: Character) -> String {
    var escaped = ""
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
        escaped.unicodeScalars.append(UnicodeScalar(byte))
      default:
        escaped.append(mark)
        if byte < 16 { escaped += "0" }
        escaped += String(byte, radix: 16, uppercase: true)
      }
    }
    // A lone dot would be a step in the path.
    return escaped == "." ? "\(mark)2E" : escaped
  }
}

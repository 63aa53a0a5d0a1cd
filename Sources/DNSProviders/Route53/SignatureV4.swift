import Cryptography
import Federation
import HTTPTransport

/// Signs requests as Amazon's APIs want them (Signature Version 4).
struct SignatureV4: Sendable {
  var region: String
  var service: String

  private static let hexDigits = Array("0123456789abcdef".utf8)

  /// The request with its query, date, token and signature.
  func sign(
    _ request: HTTPRequest, query: [(String, String)], _ keys: AWSCredentials, at time: Timestamp
  ) throws(ProviderError) -> HTTPRequest {
    var request = request
    let (host, path) = Self.parts(of: request.url)
    let canonicalQuery = query.map { (percentEncoded($0.0), percentEncoded($0.1)) }.sorted { $0 < $1 }
      .map { "\($0.0)=\($0.1)" }.joined(separator: "&")
    if !canonicalQuery.isEmpty { request.url += "?\(canonicalQuery)" }
    // `2026-01-01T00:00:00.5Z` without its marks and fractions.
    let text = Timestamp(seconds: time.nanoseconds / 1_000_000_000).description
    let stamp = text.prefix { $0 != "." && $0 != "Z" }.filter { $0 != "-" && $0 != ":" } + "Z"
    var signed = [("host", host), ("x-amz-date", stamp)]
    if let token = keys.token { signed.append(("x-amz-security-token", token)) }
    let names = signed.map(\.0).joined(separator: ";")
    let canonical = [
      request.method, path.isEmpty ? "/" : path, canonicalQuery,
      signed.map { "\($0.0):\($0.1)\n" }.joined(), names, try hash(request.body),
    ].joined(separator: "\n")
    let scope = "\(stamp.prefix(8))/\(region)/\(service)/aws4_request"
    let toSign = "AWS4-HMAC-SHA256\n\(stamp)\n\(scope)\n\(try hash(Array(canonical.utf8)))"
    var key = Array("AWS4\(keys.secret)".utf8)
    for part in [String(stamp.prefix(8)), region, service, "aws4_request"] { key = try code(Array(part.utf8), key) }
    let signature = Self.hex(try code(Array(toSign.utf8), key))
    request.headers += signed.dropFirst().map { HTTPHeader($0.0, $0.1) }
    request.headers.append(
      HTTPHeader(
        "Authorization",
        "AWS4-HMAC-SHA256 Credential=\(keys.accessKey)/\(scope), SignedHeaders=\(names), Signature=\(signature)"))
    return request
  }

  private func hash(_ bytes: [UInt8]) throws(ProviderError) -> String {
    do throws(HashingError) { return Self.hex(try HashAlgorithm.sha256.hash(bytes)) } catch {
      throw ProviderError(.refused, "OpenSSL computes no SHA-256: \(error)")
    }
  }

  private func code(_ bytes: [UInt8], _ key: [UInt8]) throws(ProviderError) -> [UInt8] {
    do throws(HashingError) { return try HashAlgorithm.sha256.authenticationCode(of: bytes, key: key) } catch {
      throw ProviderError(.refused, "OpenSSL computes no HMAC: \(error)")
    }
  }

  /// Host (with a port that is written) and path of an absolute URL.
  private static func parts(of url: String) -> (host: String, path: String) {
    let rest = url.split(separator: "://", maxSplits: 1).last ?? ""
    let host = rest.prefix { $0 != "/" }
    return (String(host), String(rest[host.endIndex...]))
  }

  static func hex(_ bytes: [UInt8]) -> String {
    String(decoding: bytes.flatMap { [hexDigits[Int($0 >> 4)], hexDigits[Int($0 & 15)]] }, as: UTF8.self)
  }
}

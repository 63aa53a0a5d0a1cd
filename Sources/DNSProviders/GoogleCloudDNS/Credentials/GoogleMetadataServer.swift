import Federation
import HTTPTransport

/// The metadata server of a virtual machine or pod on Google Cloud: gives tokens of the service account attached to it.
struct GoogleMetadataServer: GoogleTokenSource {
  let who: String
  private let url: String
  private let hint: String
  private let api: ProviderAPI

  static let standardHost = "metadata.google.internal"

  /// - Parameters:
  ///   - host: name or address, with a port where it is not 80.
  ///   - hint: what else was looked for, for the error when nobody answers there.
  init(host: String, hint: String = "", api: ProviderAPI) {
    url =
      "http://\(host)/computeMetadata/v1/instance/service-accounts/default/token?scopes=\(percentEncoded(GoogleScope.dns))"
    who = "this machine's service account (metadata server \(cleanText(host, limit: 80)))"
    self.hint = hint
    self.api = api
  }

  func token(at now: Timestamp) async throws(ProviderError) -> GoogleToken {
    let request = GoogleTokenRequest(
      subject: "getting a token for \(who)",
      remedy: "attach a service account to the machine (GKE: enable Workload Identity), or use a key file",
      request: HTTPRequest(url: url, headers: [Self.flavor], connectTimeout: .seconds(3), silenceTimeout: .seconds(10)))
    do throws(ProviderError) {
      let answer = try await request.answer(api)
      guard answer.header(Self.flavor.name) == Self.flavor.value else {
        throw ProviderError(.unauthorized, "\(request.subject): what answers there is no metadata server of Google's")
      }
      return try request.token(in: answer, at: now)
    } catch {
      guard error.code == .unreachable, !hint.isEmpty else { throw error }
      throw ProviderError(.unauthorized, "\(error.description); \(hint)")
    }
  }

  /// Without it the server refuses: no redirected browser sends it.
  private static let flavor = HTTPHeader("Metadata-Flavor", "Google")
}

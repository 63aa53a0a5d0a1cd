import Federation
import HTTPTransport
import JSON

/// One call of the Cloud DNS API v1, and what its answers mean.
struct CloudDNSCall: Sendable {
  /// What is done, for errors: `reading the managed zone example-com`.
  var subject: String
  /// What the credentials need for it.
  var permission: String
  var method = "GET"
  /// Below `dns/v1/`, percent-encoded.
  var path: String
  var query: [(String, String)] = []
  var body: JSONValue?
  var urgency = RequestPace.Urgency.read
  /// Whether the caller looks into answers that speak of what the zone holds; see ``GoogleFailure/isAboutContents``.
  var readsConflicts = false

  var isWrite: Bool { method != "GET" }

  /// - Parameters:
  ///   - who: whose credentials they are.
  ///   - project: the project that is asked.
  ///   - secrets: what was shown; never part of an error.
  func judge(
    _ answer: ProviderAnswer, who: String, project: String, hiding secrets: [String]
  ) -> ProviderCall.Judgement {
    guard let failure = GoogleFailure(answer, hiding: secrets) else { return .done }
    if readsConflicts, failure.isAboutContents { return .done }
    let text = "\(subject): \(failure.message)"
    switch failure.status {
    case 401:
      return .expired(
        ProviderError(
          .unauthorized,
          "\(text) (401 for \(who)): the credentials were revoked or the clock is wrong; renew the credentials"))
    case 403, 429, 413:
      if failure.isSizeLimit {
        let remedy =
          failure.isUsedUp
          ? "the project's quota is used up; raise it"
          : "too many changes for one, and a change is all or nothing; raise the quota per change or give the service fewer zones"
        return .failed(ProviderError(.refused, "\(text) (\(failure.status)): \(remedy)"))
      }
      if failure.isRateLimit {
        return .throttled(ProviderError(.throttled, "\(text) (\(failure.status)): Google asks to slow down"))
      }
      return .failed(denial(failure, text, who: who, project: project))
    case 404:
      return .failed(
        ProviderError(.refused, "\(text) (404): the project \(project) or its managed zone is not known; correct them"))
    case 408, 500...:
      let error = ProviderError(.unreachable, "\(text) (\(failure.status)): Cloud DNS has trouble of its own")
      return isWrite ? .doubtful(error) : .busy(error)
    default:
      return .failed(ProviderError(isWrite ? .refused : .incomplete, "\(text) (\(failure.status))"))
    }
  }

  private func denial(_ failure: GoogleFailure, _ text: String, who: String, project: String) -> ProviderError {
    let remedy =
      if failure.isServiceDisabled {
        "enable the API: gcloud services enable dns.googleapis.com --project \(project)"
      } else if failure.isScopeMissing {
        "the token of \(who) lacks the scope \(GoogleScope.dns): give the virtual machine that access scope"
      } else if failure.isQuotaProjectMissing {
        "\(who) needs a quota project: gcloud auth application-default set-quota-project \(project)"
      } else {
        "\(who) lacks \(permission) in the project \(project): grant it the role roles/dns.admin"
      }
    return ProviderError(.unauthorized, "\(text) (403): \(remedy)")
  }
}

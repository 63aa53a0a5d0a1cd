import Federation

/// An error of the Route 53 API: its code, and what it says.
struct Route53Failure: Hashable, Sendable {
  var status: Int
  var code: String
  var message: String

  init(_ answer: ProviderAnswer) {
    status = answer.status
    let wrapped = Route53XML.decode(Route53XML.ErrorResponse.self, from: answer.body)?.Error
    if let error = wrapped ?? Route53XML.decode(Route53XML.ErrorResponse.Detail.self, from: answer.body) {
      (code, message) = (error.Code, cleanText(error.Message ?? "", limit: 400))
    } else if let batch = Route53XML.decode(Route53XML.InvalidBatch.self, from: answer.body),
      let messages = batch.Messages?.Message
    {
      (code, message) = ("InvalidChangeBatch", cleanText(messages.joined(separator: " "), limit: 400))
    } else {
      (code, message) = ("", cleanText(String(decoding: answer.body.prefix(200), as: UTF8.self), limit: 200))
    }
  }

  /// What it means for a call about a subject.
  func judgement(_ subject: String) -> ProviderCall.Judgement {
    let said =
      "\(subject): Route 53 says \(code.isEmpty ? "HTTP \(status)" : code)\(message.isEmpty ? "" : ": \(message)")"
    switch code {
    case "Throttling", "ThrottlingException", "RequestLimitExceeded", "SlowDown", "TooManyRequestsException":
      return .throttled(ProviderError(.throttled, said))
    case "PriorRequestNotComplete": return .busy(ProviderError(.throttled, said))
    case "InvalidChangeBatch", "InvalidInput":
      return .failed(ProviderError(isConflict ? .fenced : .refused, said))
    case "NoSuchChange": return .failed(ProviderError(.gone, said))
    case "NoSuchHostedZone":
      return .failed(
        ProviderError(.refused, "\(said); correct dns.route53.hostedZone (`aws route53 list-hosted-zones` lists them)"))
    case "ExpiredToken", "ExpiredTokenException", "RequestExpired":
      return .expired(ProviderError(.unauthorized, "\(said); sign in anew, or set this machine's clock"))
    case "AccessDenied", "AccessDeniedException":
      return .failed(ProviderError(.unauthorized, "\(said); \(cure)"))
    case "InvalidClientTokenId", "UnrecognizedClientException", "SignatureDoesNotMatch", "MissingAuthenticationToken",
      "MissingAuthenticationTokenException", "IncompleteSignature", "InvalidSignatureException", "AuthFailure":
      return .failed(ProviderError(.unauthorized, "\(said); the access key or its secret is not valid: correct it"))
    default: break
    }
    switch status {
    case 401, 403: return .failed(ProviderError(.unauthorized, "\(said); \(cure)"))
    case 429: return .throttled(ProviderError(.throttled, said))
    case 500...: return .doubtful(ProviderError(.unreachable, said))
    default: return .failed(ProviderError(.refused, said))
    }
  }

  /// Whether a batch was refused because the zone does not hold what the plan saw.
  private var isConflict: Bool {
    let text = message.lowercased()
    return ["not found", "already exists", "do not match", "conflicts with other records", "does not match"]
      .contains { text.contains($0) }
  }

  /// Which permission is missing, as far as the message tells.
  private var cure: String {
    if let range = message.firstRange(of: "perform: ") {
      let action = message[range.upperBound...].prefix { $0 != " " && $0 != "," }
      return "allow \(action) to this identity"
    }
    return "allow it route53:ListResourceRecordSets and route53:ChangeResourceRecordSets on the zone"
  }
}

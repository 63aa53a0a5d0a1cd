import Federation
import JSON

/// What one of Google's APIs says about a request that it did not do.
struct GoogleFailure: Hashable, Sendable {
  var status: Int
  /// All machine-readable words of it: `rateLimitExceeded`, `PERMISSION_DENIED`, `SERVICE_DISABLED`, …
  var reasons: Set<String> = []
  /// One cleaned line.
  var message: String

  /// - Parameter secrets: never shown, even if the server repeats them.
  /// - Returns: nil when the answer is a success.
  init?(_ answer: ProviderAnswer, hiding secrets: [String] = []) {
    guard !(200..<300).contains(answer.status) else { return nil }
    status = answer.status
    let error = answer.json?["error"]
    message = cleanText(GoogleText.redacted(secrets, in: error?["message"]?.string ?? "without a reason"), limit: 200)
    if let word = error?["status"]?.string { reasons.insert(word) }
    for part in (error?["errors"]?.array ?? []) + (error?["details"]?.array ?? []) {
      if let word = part["reason"]?.string { reasons.insert(word) }
    }
  }

  var isRateLimit: Bool {
    status == 429 || !reasons.isDisjoint(with: ["rateLimitExceeded", "userRateLimitExceeded", "RATE_LIMIT_EXCEEDED"])
      || reasons.contains("quotaExceeded") && !isSizeLimit
  }

  /// Whether the change is larger than the project's quotas allow for one change or one zone: waiting does not help.
  var isSizeLimit: Bool { status == 413 || message.contains("would exceed quota") || message.contains("per change") }

  /// Whether it is the project or zone that is full, not the change that is too large.
  var isUsedUp: Bool { message.contains("would exceed quota") && !message.contains("per change") }

  /// Whether the change met something else than it names: a precondition, a record set that is there or is not.
  ///
  /// A 404 speaks of the project or the zone too, and only then does it not name a part of the change.
  var isAboutContents: Bool {
    switch status {
    case 400, 409, 412: !isSizeLimit
    case 404: message.contains("entity.change")
    default: false
    }
  }

  var isScopeMissing: Bool {
    reasons.contains("ACCESS_TOKEN_SCOPE_INSUFFICIENT") || message.lowercased().contains("authentication scope")
  }

  var isServiceDisabled: Bool { !reasons.isDisjoint(with: ["accessNotConfigured", "SERVICE_DISABLED"]) }

  var isQuotaProjectMissing: Bool {
    !reasons.isDisjoint(with: ["USER_PROJECT_DENIED", "userProjectDenied"]) || message.contains("quota project")
  }
}

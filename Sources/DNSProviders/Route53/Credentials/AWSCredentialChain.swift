package import Federation
import HTTPTransport
import JSON
import Foundation

/// Finds credentials where every program of Amazon's looks for them, in the same order.
package struct AWSCredentialChain: Sendable {
  let environment: AWSEnvironment
  /// The configuration's profile; it comes before all else.
  let profile: String?
  let now: @Sendable () -> Timestamp

  package init(environment: AWSEnvironment, profile: String?, now: @escaping @Sendable () -> Timestamp) {
    self.environment = environment
    self.profile = profile
    self.now = now
  }

  /// A source that looks again whenever credentials have ended.
  package var source: AWSCredentialSource {
    AWSCredentialSource(now: now) { () throws(ProviderError) in try await find() }
  }

  /// - Throws: ``ProviderError/Code/unauthorized`` with where it looked.
  package func find() async throws(ProviderError) -> AWSCredentials {
    if let profile { return try await fromProfile(profile, seen: []) }
    if let key = environment["AWS_ACCESS_KEY_ID"] {
      guard let secret = environment["AWS_SECRET_ACCESS_KEY"] else {
        throw ProviderError(.unauthorized, "AWS_ACCESS_KEY_ID is set and AWS_SECRET_ACCESS_KEY is not: set both")
      }
      return AWSCredentials(accessKey: key, secret: secret, token: environment["AWS_SESSION_TOKEN"])
    }
    if let file = environment["AWS_WEB_IDENTITY_TOKEN_FILE"], let role = environment["AWS_ROLE_ARN"] {
      return try await webIdentity(file: file, role: role, session: environment["AWS_ROLE_SESSION_NAME"])
    }
    let chosen = environment["AWS_PROFILE"]
    if let chosen { return try await fromProfile(chosen, seen: []) }
    if environment.profiles["default"] != nil { return try await fromProfile("default", seen: []) }
    if let found = try await fromContainer() { return found }
    if let found = try await fromInstance() { return found }
    throw ProviderError(
      .unauthorized,
      "no AWS credentials were found in the environment, ~/.aws, a container's or an instance's metadata; set AWS_PROFILE or dns.route53.profile"
    )
  }

  // MARK: Shared configuration

  private func fromProfile(_ name: String, seen: Set<String>) async throws(ProviderError) -> AWSCredentials {
    let shown = cleanText(name, limit: 64)
    guard let section = environment.profiles[name] else {
      throw ProviderError(.unauthorized, "there is no profile \(shown) in ~/.aws/config or ~/.aws/credentials")
    }
    guard !seen.contains(name) else {
      throw ProviderError(
        .unauthorized, "profile \(shown) leads back to itself by source_profile: correct ~/.aws/config")
    }
    if let role = section["role_arn"] {
      let session = section["role_session_name"]
      if let file = section["web_identity_token_file"] {
        return try await webIdentity(file: file, role: role, session: session)
      }
      guard let source = section["source_profile"] else {
        throw ProviderError(.unauthorized, "profile \(shown) has role_arn without source_profile: add it")
      }
      let isOwn = source == name && section["aws_access_key_id"] != nil
      let keys = isOwn ? try plain(section, shown) : try await fromProfile(source, seen: seen.union([name]))
      return try await assume(
        role: role, session: session, externalID: section["external_id"], with: keys, region: section["region"])
    }
    return try plain(section, shown)
  }

  private func plain(_ section: [String: String], _ shown: String) throws(ProviderError) -> AWSCredentials {
    if let key = section["aws_access_key_id"], let secret = section["aws_secret_access_key"] {
      return AWSCredentials(accessKey: key, secret: secret, token: section["aws_session_token"])
    }
    let other = section.keys.contains { $0.hasPrefix("sso_") } ? "sign-on (sso_…)" : "credential_process"
    throw ProviderError(
      .unauthorized,
      section.keys.contains { $0.hasPrefix("sso_") || $0 == "credential_process" }
        ? "profile \(shown) uses \(other), which zonetop does not speak; `aws configure export-credentials --profile \(shown) --format env` gives variables"
        : "profile \(shown) has no aws_access_key_id and aws_secret_access_key: add them, or a role_arn")
  }

  // MARK: The token service

  private func webIdentity(file: String, role: String, session: String?) async throws(ProviderError) -> AWSCredentials {
    guard let token = environment.text(of: file) else {
      throw ProviderError(.unauthorized, "the web identity token \(cleanLine(file)) cannot be read")
    }
    let fields = [
      ("Action", "AssumeRoleWithWebIdentity"), ("Version", "2011-06-15"), ("RoleArn", role),
      ("RoleSessionName", session ?? "zonetop"),
      ("WebIdentityToken", token.trimmingCharacters(in: .whitespacesAndNewlines)),
    ]
    return try await askTokenService(fields, role, region: environment["AWS_REGION"], keys: nil)
  }

  private func assume(
    role: String, session: String?, externalID: String?, with keys: AWSCredentials, region: String?
  ) async throws(ProviderError) -> AWSCredentials {
    var fields = [
      ("Action", "AssumeRole"), ("Version", "2011-06-15"), ("RoleArn", role), ("RoleSessionName", session ?? "zonetop"),
    ]
    if let externalID { fields.append(("ExternalId", externalID)) }
    return try await askTokenService(fields, role, region: region ?? environment["AWS_REGION"], keys: keys)
  }

  private func askTokenService(
    _ fields: [(String, String)], _ role: String, region: String?, keys: AWSCredentials?
  ) async throws(ProviderError) -> AWSCredentials {
    let region = region ?? "us-east-1"
    let endpoint = environment["AWS_ENDPOINT_URL_STS"] ?? "https://sts.\(region).amazonaws.com"
    let body = fields.map { "\(percentEncoded($0.0))=\(percentEncoded($0.1))" }.joined(separator: "&")
    var request = HTTPRequest(
      method: "POST", url: endpoint + "/", headers: [HTTPHeader("Content-Type", "application/x-www-form-urlencoded")],
      body: Array(body.utf8))
    if let keys {
      request = try SignatureV4(region: region, service: "sts").sign(request, query: [], keys, at: now())
    }
    let shown = cleanText(role, limit: 120)
    guard let answer = await environment.ask("POST", request.url, headers: request.headers, body: request.body) else {
      throw ProviderError(
        .unreachable, "the token service \(endpoint) does not answer, so that \(shown) cannot be taken on")
    }
    guard answer.status == 200 else {
      let failure = Route53Failure(answer)
      throw ProviderError(
        .unauthorized, "the role \(shown) cannot be taken on: \(failure.code): \(failure.message); allow sts:AssumeRole"
      )
    }
    guard let found = TokenServiceAnswer(answer.body)?.credentials else {
      throw ProviderError(.incomplete, "the token service's answer for \(shown) cannot be read")
    }
    return found
  }
}

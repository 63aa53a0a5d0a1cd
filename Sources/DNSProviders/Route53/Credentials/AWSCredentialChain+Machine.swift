import Federation
import HTTPTransport
import JSON

extension AWSCredentialChain {
  /// The credentials of a container's task (ECS, EKS Pod Identity); nil outside of one.
  func fromContainer() async throws(ProviderError) -> AWSCredentials? {
    let url: String
    if let path = environment["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] {
      url = "http://169.254.170.2\(path)"
    } else if let full = environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] {
      // The token below goes nowhere but to the machine itself, or by TLS.
      let isLocal = ["http://localhost", "http://127.", "http://[::1]", "http://169.254.170."].contains {
        full.hasPrefix($0)
      }
      guard isLocal || full.hasPrefix("https://") else {
        throw ProviderError(.unauthorized, "AWS_CONTAINER_CREDENTIALS_FULL_URI is neither https nor this machine")
      }
      url = full
    } else {
      return nil
    }
    var headers: [HTTPHeader] = []
    let token =
      environment["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"].flatMap { environment.text(of: $0) }
      ?? environment["AWS_CONTAINER_AUTHORIZATION_TOKEN"]
    if let token { headers.append(HTTPHeader("Authorization", String(token.filter { !$0.isNewline }))) }
    guard let answer = await environment.ask("GET", url, headers: headers) else {
      throw ProviderError(.unreachable, "the container's credentials service does not answer at \(cleanLine(url))")
    }
    return try read(answer, "the container's credentials service")
  }

  /// The credentials of an instance's role by IMDSv2; nil where there is no such service.
  func fromInstance() async throws(ProviderError) -> AWSCredentials? {
    guard environment["AWS_EC2_METADATA_DISABLED"]?.lowercased() != "true" else { return nil }
    let service = environment["AWS_EC2_METADATA_SERVICE_ENDPOINT"] ?? "http://169.254.169.254"
    let lifetime = [HTTPHeader("X-aws-ec2-metadata-token-ttl-seconds", "300")]
    guard let session = await environment.ask("PUT", "\(service)/latest/api/token", headers: lifetime),
      session.status == 200
    else { return nil }
    let headers = [HTTPHeader("X-aws-ec2-metadata-token", String(decoding: session.body, as: UTF8.self))]
    let path = "\(service)/latest/meta-data/iam/security-credentials/"
    guard let list = await environment.ask("GET", path, headers: headers), list.status == 200,
      let role = String(decoding: list.body, as: UTF8.self).split(whereSeparator: \.isNewline).first
    else {
      throw ProviderError(.unauthorized, "this instance has no role: attach one that may change the zone")
    }
    guard let answer = await environment.ask("GET", path + role, headers: headers) else { return nil }
    return try read(answer, "the instance's metadata")
  }

  private func read(_ answer: ProviderAnswer, _ service: String) throws(ProviderError) -> AWSCredentials {
    guard answer.status == 200, let json = answer.json, let key = json["AccessKeyId"]?.string,
      let secret = json["SecretAccessKey"]?.string
    else { throw ProviderError(.unauthorized, "\(service) gives no credentials (HTTP \(answer.status))") }
    return AWSCredentials(
      accessKey: key, secret: secret, token: json["Token"]?.string,
      expires: json["Expiration"]?.string.flatMap { Timestamp($0) })
  }
}

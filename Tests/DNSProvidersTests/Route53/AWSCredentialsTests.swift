import DNSProviders
import Federation
import Foundation
import HTTPTransport
import Synchronization
import Testing

/// Credentials where Amazon's programs look for them, in their order.
@Suite("Amazon's credentials")
struct AWSCredentialsTests {
  private static let now = Timestamp(seconds: 1_767_225_600)
  private static let json = """
    {"AccessKeyId":"ASIAMACHINE","SecretAccessKey":"machine/secret","Token":"machine/token","Expiration":"2026-01-01T06:00:00Z"}
    """

  private func chain(
    _ variables: [String: String], home: String = "/nonexistent", profile: String? = nil
  ) throws -> AWSCredentialChain {
    AWSCredentialChain(
      environment: AWSEnvironment(variables: variables, home: home, transport: try HTTPTransport()), profile: profile,
      now: { Self.now })
  }

  private func refusal(_ chain: AWSCredentialChain) async -> ProviderError? {
    do throws(ProviderError) {
      _ = try await chain.find()
      return nil
    } catch {
      return error
    }
  }

  private func folder(_ files: [String: String]) throws -> String {
    let folder = FileManager.default.temporaryDirectory.appending(path: "zonetop-aws-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: "\(folder)/.aws", withIntermediateDirectories: true)
    for (name, text) in files { try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8) }
    return folder
  }

  /// Runs with a service that answers by path and keeps what it was asked.
  private func serving(
    _ answers: @escaping @Sendable (FakeHTTPServer.Request) -> FakeHTTPServer.Reply?,
    _ body: (String) async throws -> Void
  ) async throws {
    let server = try await FakeHTTPServer.start { answers($0) ?? .answer(status: 404, body: []) }
    do { try await body("http://127.0.0.1:\(server.port)") } catch { Issue.record(error) }
    await server.stop()
  }

  private static func text(_ text: String, _ status: Int = 200) -> FakeHTTPServer.Reply {
    .answer(status: status, body: Array(text.utf8))
  }

  @Test("Variables come first, with their token; half of them are an error")
  func variables() async throws {
    let keys = try await chain([
      "AWS_ACCESS_KEY_ID": "AKIA1", "AWS_SECRET_ACCESS_KEY": "s", "AWS_SESSION_TOKEN": "t", "AWS_PROFILE": "nobody",
    ]).find()
    #expect(keys == AWSCredentials(accessKey: "AKIA1", secret: "s", token: "t"))
    #expect(try await refusal(chain(["AWS_ACCESS_KEY_ID": "AKIA1"]))?.description.contains("SECRET") == true)
  }

  @Test("Profiles are read from both files; the configuration's comes before all variables")
  func profiles() async throws {
    let home = try folder([
      ".aws/credentials": "[default]\naws_access_key_id = AKIADEFAULT\naws_secret_access_key = d/e/f\n",
      ".aws/config": """
      [profile dns]
      aws_access_key_id=AKIADNS
      aws_secret_access_key=dns/secret
      # a comment
      [profile sso]
      sso_start_url = https://example.awsapps.com/start
      [profile circle]
      role_arn = arn:aws:iam::1:role/x
      source_profile = other
      [profile other]
      role_arn = arn:aws:iam::1:role/y
      source_profile = circle
      """,
    ])
    #expect(try await chain([:], home: home).find().accessKey == "AKIADEFAULT")
    #expect(try await chain(["AWS_PROFILE": "dns"], home: home).find().accessKey == "AKIADNS")
    let first = try chain(
      ["AWS_ACCESS_KEY_ID": "AKIA1", "AWS_SECRET_ACCESS_KEY": "s"], home: home, profile: "dns")
    #expect(try await first.find().secret == "dns/secret")
    for (name, word) in [("nobody", "no profile nobody"), ("sso", "export-credentials"), ("circle", "back to itself")] {
      let error = try #require(try await refusal(chain([:], home: home, profile: name)))
      #expect(error.code == .unauthorized)
      #expect(error.description.contains(word), "\(error)")
      #expect(!error.description.contains("secret/") && !error.description.contains("\n"))
    }
    try FileManager.default.removeItem(atPath: home)
  }

  private static func role(_ action: String, _ key: String) -> FakeHTTPServer.Reply {
    text(
      """
      <\(action)Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><\(action)Result><Credentials>
      <AccessKeyId>\(key)</AccessKeyId><SecretAccessKey>role/secret</SecretAccessKey><SessionToken>role/token</SessionToken>
      <Expiration>2026-01-01T01:00:00Z</Expiration></Credentials></\(action)Result></\(action)Response>
      """)
  }

  @Test("A role is taken on with another profile's keys, signed, and with a web identity, unsigned")
  func roles() async throws {
    let home = try folder([
      ".aws/config": """
      [profile admin]
      role_arn = arn:aws:iam::1:role/dns
      source_profile = base
      [profile base]
      aws_access_key_id=AKIABASE
      aws_secret_access_key=base/secret
      """, "token": "web.identity.token\n",
    ])
    let recorder = Recorder(Mutex([]))
    try await serving { request in
      let body = String(decoding: request.body, as: UTF8.self)
      recorder.add("\(request.header("authorization") ?? "unsigned") \(body)")
      if body.contains("Action=AssumeRoleWithWebIdentity") { return Self.role("AssumeRoleWithWebIdentity", "ASIAWEB") }
      return body.contains("RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fdns")
        ? Self.role("AssumeRole", "ASIAROLE")
        : Self.text("<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>", 403)
    } _: { url in
      let keys = try await chain(["AWS_ENDPOINT_URL_STS": url], home: home, profile: "admin").find()
      #expect(keys.accessKey == "ASIAROLE" && keys.token == "role/token")
      #expect(keys.expires == Timestamp(seconds: 1_767_229_200))
      #expect(recorder.all[0].contains("Credential=AKIABASE/20260101/us-east-1/sts/aws4_request"))
      let web = try await chain([
        "AWS_ENDPOINT_URL_STS": url, "AWS_WEB_IDENTITY_TOKEN_FILE": "\(home)/token",
        "AWS_ROLE_ARN": "arn:aws:iam::1:role/web",
      ]).find()
      #expect(web.accessKey == "ASIAWEB")
      #expect(recorder.all[1].hasPrefix("unsigned "))
      #expect(
        recorder.all[1].contains("WebIdentityToken=web.identity.token&")
          || recorder.all[1].hasSuffix("web.identity.token"))
    }
    try FileManager.default.removeItem(atPath: home)
  }

  @Test("A container's and an instance's credentials are asked for with their tokens")
  func machines() async throws {
    let recorder = Recorder(Mutex([]))
    try await serving { request in
      recorder.add(
        "\(request.method) \(request.path) \(request.header("authorization") ?? request.header("x-aws-ec2-metadata-token") ?? "")"
      )
      switch (request.method, request.path) {
      case ("GET", "/container"): return Self.text(Self.json)
      case ("PUT", "/latest/api/token"): return Self.text("imds-token")
      case ("GET", "/latest/meta-data/iam/security-credentials/"): return Self.text("dns-role")
      case ("GET", "/latest/meta-data/iam/security-credentials/dns-role"): return Self.text(Self.json)
      default: return nil
      }
    } _: { url in
      let container = try await chain([
        "AWS_CONTAINER_CREDENTIALS_FULL_URI": "\(url)/container", "AWS_CONTAINER_AUTHORIZATION_TOKEN": "Bearer c",
      ]).find()
      #expect(container.accessKey == "ASIAMACHINE" && container.expires == Timestamp(seconds: 1_767_247_200))
      let instance = try await chain(["AWS_EC2_METADATA_SERVICE_ENDPOINT": url]).find()
      #expect(instance.token == "machine/token")
      #expect(
        recorder.all == [
          "GET /container Bearer c", "PUT /latest/api/token ",
          "GET /latest/meta-data/iam/security-credentials/ imds-token",
          "GET /latest/meta-data/iam/security-credentials/dns-role imds-token",
        ])
    }
    let elsewhere = try chain(["AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://example.com/x"])
    #expect(await refusal(elsewhere)?.code == .unauthorized)
    #expect(
      try await refusal(chain(["AWS_EC2_METADATA_DISABLED": "true"]))?.description.contains("AWS_PROFILE") == true)
  }

  private final class Recorder: Sendable {
    private let lines: Mutex<[String]>
    init(_ lines: consuming Mutex<[String]>) { self.lines = lines }
    func add(_ line: String) { lines.withLock { $0.append(line) } }
    var all: [String] { lines.withLock { $0 } }
  }
}

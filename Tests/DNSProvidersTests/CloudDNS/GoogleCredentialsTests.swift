import DNSProviders
import Federation
import Foundation
import HTTPTransport
import JSON
import Testing

struct GoogleCredentialsTests {
  /// Everything that must never be in an error or a description.
  private static let secrets = [
    "ya29.secret", "GOCSPX", "refreshsecret", "subject.token", "BEGIN PRIVATE", "MIIEv", "eyJ",
  ]

  private static func hasNoSecret(_ text: String) -> Bool { !secrets.contains { text.contains($0) } }

  /// What an attempt to read with credentials ends in, which must be one clean line about them.
  private static func failure(
    _ bed: CloudDNSBed, _ source: any GoogleTokenSource, says words: String...,
    at location: SourceLocation = #_sourceLocation
  ) async throws {
    let provider = try bed.provider(source)
    let error = await providerError { try await provider.readZone() }
    check(error, words, location)
  }

  private static func check(_ error: ProviderError?, _ words: [String], _ location: SourceLocation) {
    let text = error?.description ?? ""
    #expect(error?.code == .unauthorized, sourceLocation: location)
    for word in words { #expect(text.contains(word), "\(text)", sourceLocation: location) }
    #expect(hasNoSecret(text), "\(text)", sourceLocation: location)
    #expect(!text.contains("\n"), sourceLocation: location)
  }

  /// What finding credentials ends in.
  private static func unusable(
    _ bed: CloudDNSBed, _ environment: [String: String], says words: String...,
    at location: SourceLocation = #_sourceLocation
  ) async throws {
    let api = try bed.api()
    let error = await providerError { try GoogleCredentials.find(environment: environment, api: api) }
    check(error, words, location)
  }

  @Test func aServiceAccountsKeySignsForATokenThatIsKept() async throws {
    try await CloudDNSBed.run { bed in
      let provider = try bed.provider()
      for _ in 0..<3 { #expect(try await provider.readZone().recordSets.isEmpty) }
      #expect(bed.cloud.look(\.tokens.requests) == 1)
    }
  }

  @Test func aWrongKeyOrClockOrAccountIsOneLine() async throws {
    try await CloudDNSBed.run { bed in
      bed.cloud.change { $0.tokens.isCareless = true }
      let key = try GoogleCredentials.file(bed.folder.appending(path: "key.json").path, api: try bed.api())
      bed.cloud.change { $0.tokens.publicKey = PublishedRSAKey.otherPublicKey }
      try await Self.failure(bed, key, says: "Invalid JWT Signature", "writer@p1", "key.json", "create a new key")
      bed.cloud.change { $0.tokens.publicKey = PublishedRSAKey.publicKey }
      let time = bed.time
      let late = GoogleTokens(key) { Timestamp(nanoseconds: time.now.nanoseconds - 7_200_000_000_000) }
      let error = await providerError { try await late.current() }
      #expect(error?.description.contains("clock") == true, "\(error?.description ?? "")")
      bed.cloud.change { $0.tokens.account = "somebody@p1.iam.gserviceaccount.com" }
      try await Self.failure(bed, key, says: "account not found")
    }
  }

  @Test func aKeyThatIsReplacedOnDiskCountsAtOnce() async throws {
    try await CloudDNSBed.run { bed in
      let provider = try bed.provider()
      _ = try await provider.readZone()
      bed.cloud.change { $0.tokens.keyID = "key-2" }
      try bed.write(bed.serviceAccount, to: "key.json")
      bed.time.advance(by: .seconds(3_600))
      _ = try await provider.readZone()
      #expect(bed.cloud.look(\.tokens.requests) == 2)
    }
  }

  @Test func brokenFilesAreOneLineEach() async throws {
    try await CloudDNSBed.run { bed in
      let variable = "GOOGLE_APPLICATION_CREDENTIALS"
      try await Self.unusable(bed, [variable: "/nowhere/key.json"], says: variable, "/nowhere/key.json", "No such file")
      try await Self.unusable(bed, [variable: bed.folder.path], says: "no ordinary file")
      let text = bed.folder.appending(path: "text").path
      try "-----BEGIN PRIVATE KEY-----".write(toFile: text, atomically: true, encoding: .utf8)
      try await Self.unusable(bed, [variable: text], says: "no JSON")
      var json = bed.serviceAccount
      json["private_key"] = "-----BEGIN PRIVATE KEY-----\nMIIEvQ==\n-----END PRIVATE KEY-----\n"
      try await Self.unusable(bed, [variable: try bed.write(json, to: "a")], says: "private_key", "create a new key")
      json["private_key"] = nil
      try await Self.unusable(bed, [variable: try bed.write(json, to: "b")], says: "private_key")
      try await Self.unusable(bed, [variable: try bed.write(["type": "magic\n"], to: "c")], says: "magic")
      let program: JSONValue = [
        "type": "external_account", "audience": "x", "subject_token_type": "y", "token_url": "z",
        "credential_source": ["executable": ["command": "/bin/sh"]],
      ]
      try await Self.unusable(bed, [variable: try bed.write(program, to: "d")], says: "a program", "file or a URL")
    }
  }

  @Test func theUsualPlacesAreSearchedInTheUsualOrder() async throws {
    try await CloudDNSBed.run { bed in
      let tokens = bed.cloud.look(\.tokens)
      var user = JSONValue.object(tokens.user.mapValues(JSONValue.string))
      user["type"] = "authorized_user"
      user["token_uri"] = .string(tokens.tokenURL)
      user["quota_project_id"] = "p1"
      try bed.write(user, to: "application_default_credentials.json")
      let home = bed.folder.appending(path: "home/.config/gcloud")
      try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
      try user.text().write(
        toFile: home.appending(path: "application_default_credentials.json").path, atomically: true, encoding: .utf8)
      let key = bed.folder.appending(path: "key.json").path
      let host = String(bed.cloud.url.dropFirst("http://".count))
      let places: [([String: String], String)] = [
        (["GOOGLE_APPLICATION_CREDENTIALS": key, "CLOUDSDK_CONFIG": bed.folder.path], "writer@p1"),
        (["CLOUDSDK_CONFIG": bed.folder.path, "GCE_METADATA_HOST": host], "the user (file"),
        (["HOME": bed.folder.appending(path: "home").path], "home/.config/gcloud"),
        (["HOME": "/nowhere", "GCE_METADATA_HOST": host], "metadata server \(host)"),
        ([:], "metadata server metadata.google.internal"),
      ]
      for (environment, who) in places {
        let source = try GoogleCredentials.find(environment: environment, api: try bed.api())
        #expect(source.who.contains(who), "\(source.who)")
        guard !environment.isEmpty else { continue }
        #expect(try await bed.provider(source).readZone().recordSets.isEmpty)
        let token = try await source.token(at: bed.time.now)
        #expect(Self.hasNoSecret("\(token) \(String(reflecting: token)) \([token])"))
        let project = who.contains("user") || who.contains("home") ? "p1" : nil
        #expect(token.quotaProject == project)
        #expect(bed.cloud.look(\.quotaProject) == project)
      }
    }
  }

  @Test func aRevokedLoginSaysHowToLogInAgain() async throws {
    try await CloudDNSBed.run { bed in
      let tokens = bed.cloud.look(\.tokens)
      bed.cloud.change { $0.tokens.isCareless = true }
      var user = JSONValue.object(tokens.user.mapValues(JSONValue.string))
      user["type"] = "authorized_user"
      user["token_uri"] = .string(tokens.tokenURL)
      user["refresh_token"] = "1//refreshsecret-old"
      let revoked = try GoogleCredentials.file(try bed.write(user, to: "revoked.json"), api: try bed.api())
      try await Self.failure(bed, revoked, says: "expired or revoked", "revoked.json", "gcloud auth")
      user["client_secret"] = "GOCSPX-other"
      let wrong = try GoogleCredentials.file(try bed.write(user, to: "wrong.json"), api: try bed.api())
      try await Self.failure(bed, wrong, says: "invalid_client", "wrong.json")
    }
  }

  @Test func withoutAnyCredentialsItSaysWhereItLooked() async throws {
    try await CloudDNSBed.run { bed in
      let environment = ["HOME": "/nowhere", "GCE_METADATA_HOST": "127.0.0.1:1"]
      let source = try GoogleCredentials.find(environment: environment, api: try bed.api())
      try await Self.failure(
        bed, source, says: "127.0.0.1:1", "GOOGLE_APPLICATION_CREDENTIALS is not set",
        "/nowhere/.config/gcloud/application_default_credentials.json")
    }
  }

  @Test func anIdentityFromElsewhereIsExchangedAndSpeaksForTheAccount() async throws {
    try await CloudDNSBed.run { bed in
      let tokens = bed.cloud.look(\.tokens)
      let file = bed.folder.appending(path: "subject")
      try "\(tokens.subjectToken)\n".write(to: file, atomically: true, encoding: .utf8)
      try bed.write(["value": .string(tokens.subjectToken)], to: "subject.json")
      let served = tokens.subjectToken
      let issuer = try await FakeHTTPServer.start { request in
        request.header("x-flavor") == "ours" && request.path == "/token"
          ? .json(["value": .string(served)]) : .answer(status: 403, body: [])
      }
      let sources: [JSONValue] = [
        ["file": .string(file.path)],
        [
          "file": .string(bed.folder.appending(path: "subject.json").path),
          "format": ["type": "json", "subject_token_field_name": "value"],
        ],
        [
          "url": .string("http://127.0.0.1:\(issuer.port)/token?secret=1"), "headers": ["X-Flavor": "ours"],
          "format": ["type": "json", "subject_token_field_name": "value"],
        ],
      ]
      for source in sources {
        let path = try bed.write(Self.external(bed, source), to: "external.json")
        let credentials = try GoogleCredentials.file(path, api: try bed.api())
        #expect(credentials.who.contains("writer@p1"))
        #expect(try await bed.provider(credentials).readZone().recordSets.isEmpty)
      }
      bed.cloud.change { $0.tokens.isCareless = true }
      let credentials = try GoogleCredentials.file(
        try bed.write(Self.external(bed, sources[0]), to: "external.json"), api: try bed.api())
      try "subject.token.other".write(to: file, atomically: true, encoding: .utf8)
      try await Self.failure(bed, credentials, says: "audience", "external.json", file.path)
      try "".write(to: file, atomically: true, encoding: .utf8)
      try await Self.failure(bed, credentials, says: "holds no token", file.path)
      var wrong = sources[2]
      wrong["headers"] = [:]
      let refused = try GoogleCredentials.file(
        try bed.write(Self.external(bed, wrong), to: "external.json"), api: try bed.api())
      try await Self.failure(bed, refused, says: "127.0.0.1:\(issuer.port)/token", "credential_source")
      await issuer.stop()
    }
  }

  @Test func anIdentityFromElsewhereMayDoWithoutAnAccount() async throws {
    try await CloudDNSBed.run { bed in
      let file = bed.folder.appending(path: "subject")
      try bed.cloud.look(\.tokens.subjectToken).write(to: file, atomically: true, encoding: .utf8)
      var json = Self.external(bed, ["file": .string(file.path)])
      json["service_account_impersonation_url"] = nil
      let credentials = try GoogleCredentials.file(try bed.write(json, to: "external.json"), api: try bed.api())
      try await Self.failure(bed, credentials, says: "workloadIdentityPools/pool", "external.json")
      bed.cloud.change { $0.tokens.admitsFederated = true }
      #expect(try await bed.provider(credentials).readZone().recordSets.isEmpty)
    }
  }

  @Test func aUserMaySpeakForAnAccount() async throws {
    try await CloudDNSBed.run { bed in
      let tokens = bed.cloud.look(\.tokens)
      var user = JSONValue.object(tokens.user.mapValues(JSONValue.string))
      user["type"] = "authorized_user"
      user["token_uri"] = .string(tokens.tokenURL)
      let json: JSONValue = [
        "type": "impersonated_service_account", "source_credentials": user,
        "service_account_impersonation_url": Self.external(bed, [:])["service_account_impersonation_url"] ?? .null,
      ]
      let credentials = try GoogleCredentials.file(try bed.write(json, to: "speaker.json"), api: try bed.api())
      #expect(try await bed.provider(credentials).readZone().recordSets.isEmpty)
      #expect(bed.cloud.look(\.tokens.requests) == 2)
      bed.cloud.change { $0.tokens.mayBeSpokenFor = false }
      try await Self.failure(bed, credentials, says: "serviceAccountTokenCreator", "writer@p1", "speaker.json")
    }
  }

  @Test func whatIsNoMetadataServerIsNotBelieved() async throws {
    try await CloudDNSBed.run { bed in
      let host = String(bed.cloud.url.dropFirst("http://".count))
      let source = try GoogleCredentials.find(environment: ["GCE_METADATA_HOST": host], api: try bed.api())
      #expect(try await bed.provider(source).readZone().recordSets.isEmpty)
      bed.cloud.change { $0.tokens.isMetadata = false }
      try await Self.failure(bed, source, says: "no metadata server", host)
    }
  }

  @Test func anAccountThatMayNotBeSpokenForIsOneLine() async throws {
    try await CloudDNSBed.run { bed in
      let file = bed.folder.appending(path: "subject")
      try bed.cloud.look(\.tokens.subjectToken).write(to: file, atomically: true, encoding: .utf8)
      let path = try bed.write(Self.external(bed, ["file": .string(file.path)]), to: "external.json")
      let credentials = try GoogleCredentials.file(path, api: try bed.api())
      let life = bed.cloud.look(\.tokens.life)
      // The federated token is over when it is shown.
      bed.cloud.change { $0.tokens.life = -1 }
      #expect(await providerError { try await credentials.token(at: bed.time.now) }?.code == .incomplete)
      bed.cloud.change {
        $0.tokens.life = life
        $0.tokens.mayBeSpokenFor = false
      }
      let error = await providerError { try await credentials.token(at: bed.time.now) }
      #expect(error?.code == .unauthorized)
      #expect(error?.description.contains("roles/iam.workloadIdentityUser") == true, "\(error?.description ?? "")")
    }
  }

  private static func external(_ bed: CloudDNSBed, _ source: JSONValue) -> JSONValue {
    [
      "type": "external_account", "audience": .string(bed.cloud.look(\.tokens.audience)),
      "subject_token_type": "urn:ietf:params:oauth:token-type:jwt",
      "token_url": .string("\(bed.cloud.url)/sts/v1/token"),
      "service_account_impersonation_url":
        .string(
          "\(bed.cloud.url)/v1/projects/-/serviceAccounts/writer@p1.iam.gserviceaccount.com:generateAccessToken"),
      "credential_source": source,
    ]
  }
}

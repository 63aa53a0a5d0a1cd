import DNSProviders
import Federation
import Foundation
import HTTPTransport
import JSON
import Testing

/// Identities from elsewhere, and those who speak for a service account.
struct GoogleFederationTests {
  @Test func anIdentityFromElsewhereIsExchangedAndSpeaksForTheAccount() async throws {
    try await CloudDNSBed.run { bed in
      let tokens = bed.cloud.look(\.tokens)
      let file = bed.folder.appending(path: "subject")
      try "\(tokens.subjectToken)\n".write(to: file, atomically: true, encoding: .utf8)
      try bed.write(["value": .string(tokens.subjectToken)], to: "subject.json")
      let served = tokens.subjectToken
      let issuer = try await FakeHTTPServer.start { request in
        request.header("x-flavor") == "ours" && request.path == "/token"
          ? .googleJSON(["value": .string(served)]) : .answer(status: 403, body: [])
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
      try await GoogleFailures.failure(bed, credentials, says: "audience", "external.json", file.path)
      try "".write(to: file, atomically: true, encoding: .utf8)
      try await GoogleFailures.failure(bed, credentials, says: "holds no token", file.path)
      var wrong = sources[2]
      wrong["headers"] = [:]
      let refused = try GoogleCredentials.file(
        try bed.write(Self.external(bed, wrong), to: "external.json"), api: try bed.api())
      try await GoogleFailures.failure(bed, refused, says: "127.0.0.1:\(issuer.port)/token", "credential_source")
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
      try await GoogleFailures.failure(bed, credentials, says: "workloadIdentityPools/pool", "external.json")
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
      try await GoogleFailures.failure(
        bed, credentials, says: "serviceAccountTokenCreator", "writer@p1", "speaker.json")
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
      #expect(await googleError { try await credentials.token(at: bed.time.now) }?.code == .incomplete)
      bed.cloud.change {
        $0.tokens.life = life
        $0.tokens.mayBeSpokenFor = false
      }
      let error = await googleError { try await credentials.token(at: bed.time.now) }
      #expect(error?.code == .unauthorized)
      #expect(error?.description.contains("roles/iam.workloadIdentityUser") == true, "\(error?.description ?? "")")
    }
  }

  static func external(_ bed: CloudDNSBed, _ source: JSONValue) -> JSONValue {
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

import DNSProviders
import Federation
import Foundation
import HTTPTransport
import JSON
import Testing

struct GoogleCredentialsTests {
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
      try await GoogleFailures.failure(
        bed, key, says: "Invalid JWT Signature", "writer@p1", "key.json", "create a new key")
      bed.cloud.change { $0.tokens.publicKey = PublishedRSAKey.publicKey }
      let time = bed.time
      let late = GoogleTokens(key) { Timestamp(nanoseconds: time.now.nanoseconds - 7_200_000_000_000) }
      let error = await googleError { try await late.current() }
      #expect(error?.description.contains("clock") == true, "\(error?.description ?? "")")
      bed.cloud.change { $0.tokens.account = "somebody@p1.iam.gserviceaccount.com" }
      try await GoogleFailures.failure(bed, key, says: "account not found")
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
      try await GoogleFailures.unusable(
        bed, [variable: "/nowhere/key.json"], says: variable, "/nowhere/key.json", "No such file")
      try await GoogleFailures.unusable(bed, [variable: bed.folder.path], says: "no ordinary file")
      let text = bed.folder.appending(path: "text").path
      try "-----BEGIN PRIVATE KEY-----".write(toFile: text, atomically: true, encoding: .utf8)
      try await GoogleFailures.unusable(bed, [variable: text], says: "no JSON")
      var json = bed.serviceAccount
      json["private_key"] = "-----BEGIN PRIVATE KEY-----\nMIIEvQ==\n-----END PRIVATE KEY-----\n"
      try await GoogleFailures.unusable(
        bed, [variable: try bed.write(json, to: "a")], says: "private_key", "create a new key")
      json["private_key"] = nil
      try await GoogleFailures.unusable(bed, [variable: try bed.write(json, to: "b")], says: "private_key")
      try await GoogleFailures.unusable(bed, [variable: try bed.write(["type": "magic\n"], to: "c")], says: "magic")
      let program: JSONValue = [
        "type": "external_account", "audience": "x", "subject_token_type": "y", "token_url": "z",
        "credential_source": ["executable": ["command": "/bin/sh"]],
      ]
      try await GoogleFailures.unusable(
        bed, [variable: try bed.write(program, to: "d")], says: "a program", "file or a URL")
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
        #expect(GoogleFailures.hasNoSecret("\(token) \(String(reflecting: token)) \([token])"))
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
      try await GoogleFailures.failure(bed, revoked, says: "expired or revoked", "revoked.json", "gcloud auth")
      user["client_secret"] = "GOCSPX-other"
      let wrong = try GoogleCredentials.file(try bed.write(user, to: "wrong.json"), api: try bed.api())
      try await GoogleFailures.failure(bed, wrong, says: "invalid_client", "wrong.json")
    }
  }

  @Test func withoutAnyCredentialsItSaysWhereItLooked() async throws {
    try await CloudDNSBed.run { bed in
      let environment = ["HOME": "/nowhere", "GCE_METADATA_HOST": "127.0.0.1:1"]
      let source = try GoogleCredentials.find(environment: environment, api: try bed.api())
      try await GoogleFailures.failure(
        bed, source, says: "127.0.0.1:1", "GOOGLE_APPLICATION_CREDENTIALS is not set",
        "/nowhere/.config/gcloud/application_default_credentials.json")
    }
  }

  @Test func whatIsNoMetadataServerIsNotBelieved() async throws {
    try await CloudDNSBed.run { bed in
      let host = String(bed.cloud.url.dropFirst("http://".count))
      let source = try GoogleCredentials.find(environment: ["GCE_METADATA_HOST": host], api: try bed.api())
      #expect(try await bed.provider(source).readZone().recordSets.isEmpty)
      bed.cloud.change { $0.tokens.isMetadata = false }
      try await GoogleFailures.failure(bed, source, says: "no metadata server", host)
    }
  }
}

import DNSProviders
import Testing

/// What errors about credentials must be like.
enum GoogleFailures {
  /// Everything that must never be in an error or a description.
  private static let secrets = [
    "ya29.secret", "GOCSPX", "refreshsecret", "subject.token", "BEGIN PRIVATE", "MIIEv", "eyJ",
  ]

  static func hasNoSecret(_ text: String) -> Bool { !secrets.contains { text.contains($0) } }

  /// What an attempt to read with credentials ends in, which must be one clean line about them.
  static func failure(
    _ bed: CloudDNSBed, _ source: any GoogleTokenSource, says words: String...,
    at location: SourceLocation = #_sourceLocation
  ) async throws {
    let provider = try bed.provider(source)
    let error = await googleError { try await provider.readZone() }
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
  static func unusable(
    _ bed: CloudDNSBed, _ environment: [String: String], says words: String...,
    at location: SourceLocation = #_sourceLocation
  ) async throws {
    let api = try bed.api()
    let error = await googleError { try GoogleCredentials.find(environment: environment, api: api) }
    check(error, words, location)
  }
}

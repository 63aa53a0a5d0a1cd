import Testing

/// `zonetop apiserver` is killed (SIGKILL) under write load, again and again: what it acknowledged is there afterwards.
@Suite struct RestartTests {
  /// `ZONETOP_KILLS` says how often; `make test` is content with a few.
  private static let kills = Tools.environment("ZONETOP_KILLS").flatMap(Int.init) ?? 10

  @Test(.enabled(if: Tools.has("python3"), "the writers need python3"))
  func killsLoseNoAcknowledgedWrite() async throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let result = try await Tools.run(["Tests/Beds/restarts", "\(Self.kills)", folder.path, Tools.zonetop])
    #expect(result.code == 0, "\(result.output)")
    #expect(result.output.hasPrefix("\(Self.kills) kills, "))
    print(result.output, terminator: "")
  }
}

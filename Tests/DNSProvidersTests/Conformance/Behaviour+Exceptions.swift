import Testing

extension Behaviour {
  /// Checks a subject whose server cannot do everything.
  ///
  /// - Parameter reasons: why, by the description of what it cannot do; an exception that is none any more fails.
  func check(_ subject: Subject, except reasons: [String: Comment]) async throws {
    let names = Set(Behaviour.all.map(\.testDescription))
    #expect(names.isSuperset(of: reasons.keys), "an exception names no behaviour")
    guard let reason = reasons[testDescription] else { return try await check(subject) }
    await withKnownIssue(reason) { try await check(subject) }
  }
}

import Testing

/// One thing that every provider does.
struct Behaviour: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let check: @Sendable (Subject) async throws -> Void

  init(_ description: String, _ check: @escaping @Sendable (Subject) async throws -> Void) {
    testDescription = description
    self.check = check
  }

  static let all = reading + changing + fencing + foreign + troubled
}

/// Where the lease is kept: the federation API, or a value in a test.
package protocol LeaseStore: Sendable {
  /// The lease as it is; nil when there is none.
  ///
  /// - Throws: ``LeaseSilence`` when nobody answered.
  func read() async throws(LeaseSilence) -> LeaseRecord?
  func create(_ record: LeaseRecord) async -> LeaseElection.WriteResult
  /// Replaces the lease only if its version is still the record's.
  func replace(_ record: LeaseRecord) async -> LeaseElection.WriteResult
}

/// The federation API did not say what the lease is: one line.
package struct LeaseSilence: Error, Hashable, Sendable, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }
}

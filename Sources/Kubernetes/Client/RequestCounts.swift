internal import Synchronization

/// Counts what this process asks of Kubernetes APIs, by verb and answer, for metrics.
package final class RequestCounts: Sendable {
  /// Of all clients of the process.
  package static let shared = RequestCounts()

  package struct Key: Hashable, Sendable {
    /// `get`, `watch`, `post`, `put`, `patch` or `delete`.
    package var verb: String
    /// `2xx` and the like; `none` where nobody answered.
    package var answer: String
  }

  private let counts = Mutex<[Key: Int]>([:])

  func note(_ method: String, isWatch: Bool, status: Int?) {
    let key = Key(verb: isWatch ? "watch" : method.lowercased(), answer: status.map { "\($0 / 100)xx" } ?? "none")
    counts.withLock { $0[key, default: 0] += 1 }
  }

  package var current: [Key: Int] { counts.withLock { $0 } }
}

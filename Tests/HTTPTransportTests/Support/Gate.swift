import Dispatch

/// Holds the threads of a test's server until the test lets them all pass.
final class Gate: Sendable {
  private let semaphore = DispatchSemaphore(value: 0)

  func open() {
    semaphore.signal()
  }

  func pass() {
    semaphore.wait()
    semaphore.signal()
  }
}

import Kubernetes
import Testing

@Suite struct BackoffTests {
  @Test func `the wait is anywhere below a limit that doubles up to its maximum`() {
    let backoff = Backoff(base: .seconds(1), maximum: .seconds(10))
    #expect(backoff.delay(failures: 0, random: 0.9) == .zero)
    #expect(backoff.delay(failures: 1, random: 0.5) == .milliseconds(500))
    #expect(backoff.delay(failures: 3, random: 0.5) == .seconds(2))
    #expect(backoff.delay(failures: 60, random: 0.5) == .seconds(5))
    #expect(backoff.delay(failures: 60, random: 0) == .zero)
  }
}

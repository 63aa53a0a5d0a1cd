import Federation
import Testing

/// The evidence of vantage points (rule quorum): independent, fresh, and never from one that is blind itself.
@Suite struct ProbeQuorumTests {
  private let now = Timestamp(seconds: 1_000)
  private let clusters = ["a": ["192.0.2.1"], "b": ["192.0.2.2"], "c": ["192.0.2.3"], "d": ["192.0.2.4"]]

  private func view(_ name: String, dead: Set<String>, age: Int64 = 1) -> VantageView {
    var answers: [String: Bool] = [:]
    for (cluster, addresses) in clusters {
      for address in addresses { answers[address] = !dead.contains(cluster) }
    }
    return VantageView(name: name, heard: now + .seconds(-age), freshness: .seconds(15), answers: answers)
  }

  private func isEnough(_ views: [VantageView], quorum: Int = 2) -> Bool {
    ProbeQuorum(quorum: quorum, blindShare: 0.5).judge("a", in: clusters, views: views, at: now).evidence.isEnough
  }

  @Test func aMajorityAndAQuorumMustAgree() {
    #expect(isEnough([view("1", dead: ["a"])]))
    #expect(!isEnough([view("1", dead: [])]))
    #expect(!isEnough([view("1", dead: ["a"]), view("2", dead: [])]))
    #expect(isEnough([view("1", dead: ["a"]), view("2", dead: ["a"])]))
    #expect(isEnough([view("1", dead: ["a"]), view("2", dead: ["a"]), view("3", dead: [])]))
    #expect(!isEnough([view("1", dead: ["a"]), view("2", dead: []), view("3", dead: [])]))
    #expect(!isEnough([view("1", dead: ["a"]), view("2", dead: ["a"])], quorum: 3))
  }

  @Test func aStaleWordDoesNotCountAndDoesNotShrinkTheQuorumEither() {
    #expect(!isEnough([view("1", dead: ["a"]), view("2", dead: ["a"], age: 16)]))
    #expect(
      !isEnough([view("1", dead: ["a"]), VantageView(name: "2", heard: nil, freshness: .seconds(15), answers: [:])]))
    #expect(isEnough([view("1", dead: ["a"]), view("2", dead: ["a"]), view("3", dead: [], age: 16)]))
  }

  @Test func whoSeesMostClustersDeadIsBlind() {
    #expect(!isEnough([view("1", dead: ["a", "b", "c"])]))
    #expect(!isEnough([view("1", dead: ["a"]), view("2", dead: ["a", "b", "c", "d"])]))
    #expect(isEnough([view("1", dead: ["a"]), view("2", dead: ["a", "b"])]))
  }

  @Test func withoutAnAddressThereIsNoEvidence() {
    let finding = ProbeQuorum(quorum: 1, blindShare: 0.5).judge(
      "e", in: clusters, views: [view("1", dead: ["a"])], at: now)
    #expect(!finding.evidence.isEnough && finding.why.contains("no address"))
  }

  @Test func oneLiveAddressIsEnoughToBeAlive() {
    var seen = view("1", dead: [])
    seen.answers = ["192.0.2.1": false, "192.0.2.9": true, "192.0.2.2": true]
    let finding = ProbeQuorum(quorum: 1, blindShare: 0.5).judge(
      "a", in: ["a": ["192.0.2.1", "192.0.2.9"], "b": ["192.0.2.2"]], views: [seen], at: now)
    #expect(!finding.evidence.isEnough)
  }

  @Test func anAnswerIsBelievedAtOnceAndSilenceTheSecondTime() {
    var history = ProbeHistory(isReachable: false, message: "timed out", at: now)
    #expect(history.isReachable && history.isSuspicious)
    let fell = history.record(isReachable: false, message: "timed out", at: now + .seconds(1))
    #expect(fell && !history.isReachable && history.since == now + .seconds(1))
    let rose = history.record(isReachable: true, at: now + .seconds(2))
    #expect(rose && history.isReachable && history.message == nil)
  }

  @Test func theAnnotationSaysHow() {
    #expect(ServiceProbe("tcp") == .tcp)
    #expect(ServiceProbe("tcp:8443") == ServiceProbe(method: .tcp, port: 8443))
    #expect(
      ServiceProbe("http:/healthz")
        == ServiceProbe(method: .http(path: "/healthz", statuses: 200...399, isSecure: false), port: nil))
    #expect(
      ServiceProbe("https:8443/live=200-299")
        == ServiceProbe(method: .http(path: "/live", statuses: 200...299, isSecure: true), port: 8443))
    #expect(
      ServiceProbe("http:8080")
        == ServiceProbe(method: .http(path: "/", statuses: 200...399, isSecure: false), port: 8080))
    for bad in ["", "udp", "tcp:0", "tcp:x", "tcp:70000", "http:healthz", "http:/a b", "http:/=9", "http:/x=300-200"] {
      #expect(ServiceProbe(bad) == nil, "\(bad)")
    }
  }
}

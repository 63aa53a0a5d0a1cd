import Federation
import JSON
import Testing

@testable import Control

@Suite("What a Cluster object shows")
struct ClusterStatusTests {
  private let start = Timestamp(seconds: 1_767_225_600)

  private func status(_ condition: ClusterCondition, _ reason: String, probed: Duration) -> ClusterStatus {
    ClusterStatus(
      cluster: Cluster(name: "c1", region: "r1", zones: ["z1"], condition: condition), reason: reason, since: start,
      lastProbe: start + probed, isJudged: true, version: "v1.32.0")
  }

  private func condition(_ type: String, _ status: JSONValue?) -> JSONValue? {
    status?["conditions"]?.array?.first { $0["type"]?.string == type }
  }

  @Test("Ready and Offline say why and since when; a condition's time moves only with its status")
  func conditions() throws {
    let ready = try #require(status(.ready, "answers its probes", probed: .zero).update(of: nil))
    #expect(ready["region"] == "r1")
    #expect(ready["zones"] == ["z1"])
    #expect(condition("Ready", ready)?["status"] == "True")
    #expect(condition("Offline", ready)?["status"] == "False")
    #expect(condition("Ready", ready)?["lastTransitionTime"] == "2026-01-01T00:00:00Z")
    var lost = status(.unreachable, "connection refused", probed: .seconds(9))
    lost.since = start + .seconds(9)
    let offline = try #require(lost.update(of: ready))
    #expect(condition("Ready", offline)?["status"] == "Unknown")
    #expect(condition("Offline", offline)?["status"] == "True")
    #expect(condition("Offline", offline)?["message"] == "connection refused")
    #expect(condition("Offline", offline)?["lastTransitionTime"] == "2026-01-01T00:00:09Z")
  }

  @Test("A probe that finds what the last one found is written once a minute, not each second")
  func quiet() throws {
    let written = try #require(status(.ready, "answers its probes", probed: .zero).update(of: nil))
    #expect(status(.ready, "answers its probes", probed: .seconds(59)).update(of: written) == nil)
    #expect(status(.ready, "answers its probes", probed: .seconds(61)).update(of: written) != nil)
    var unknown = status(.unreachable, "not asked yet", probed: .zero)
    unknown.isJudged = false
    #expect(unknown.update(of: nil) == nil)
  }

  @Test(
    "Names of contexts become names of objects",
    arguments: [
      ("gke_project_us-central1-a_Main", "gke-project-us-central1-a-main"), ("--x--", "x"), ("ü", ""),
    ])
  func names(context: String, name: String) { #expect(ClusterObject.objectName(context) == name) }
}

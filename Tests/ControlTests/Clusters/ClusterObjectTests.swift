import JSON
import Testing

@testable import Control

@Suite("Cluster objects")
struct ClusterObjectTests {
  @Test("A cluster that joins bears the finalizer from the beginning; one that is only shown is free to go")
  func finalizer() throws {
    let joined = try #require(
      ClusterObject(ClusterObject.new(name: "c1", server: "https://c1", region: "r1", zones: ["z1"])))
    #expect(joined.finalizers == [FederationMarks.member])
    let shown = try #require(
      ClusterObject(ClusterObject.new(name: "c2", server: "https://c2", region: nil, zones: [], isConfigured: true)))
    #expect(shown.finalizers.isEmpty)
    #expect(shown.isConfigured)
  }
}

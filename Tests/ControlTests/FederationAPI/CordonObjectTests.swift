import Control
import Federation
import JSON
import Testing

@Suite("Cordons as objects")
struct CordonObjectTests {
  private func record(_ target: CordonTarget, service: ServiceKey? = nil) -> CordonRecord {
    CordonRecord(
      cordon: Cordon(
        kind: .drain, target: target, service: service, reason: "rack power", holder: "ops1@desk",
        created: Timestamp(seconds: 1_767_225_600), expires: Timestamp(seconds: 1_767_229_200)),
      overrides: [.massChange])
  }

  @Test(
    "What is written is what is read",
    arguments: [
      CordonTarget.zone("us-central1-f"), .region("us-central1"), .cluster("c1"),
      .shard(cluster: "c1", service: ServiceKey(namespace: "a", name: "b")),
    ])
  func roundTrip(target: CordonTarget) throws {
    let record = record(target, service: ServiceKey(namespace: "mynamespace", name: "nginx"))
    let decoded = try #require(CordonObject.decode(CordonObject.encode(record)))
    #expect(decoded.record == record)
    #expect(decoded.name == CordonObject.name(of: target, service: record.cordon.service))
  }

  @Test("An object that cannot be obeyed is none")
  func unreadable() {
    var object = CordonObject.encode(record(.zone("a")))
    object["spec"]?["target"] = "planet/mars"
    #expect(CordonObject.decode(object) == nil)
    #expect(CordonObject.decode(.null) == nil)
  }

  @Test("Text from the API server is cleaned where it enters")
  func hostile() throws {
    var object = CordonObject.encode(record(.zone("a")))
    object["spec"]?["reason"] = "power\u{1B}]52;c;aGk=\u{7}"
    let decoded = try #require(CordonObject.decode(object))
    #expect(!decoded.record.cordon.reason.unicodeScalars.contains { $0.value < 32 })
  }
}

import DNS
import Federation
import JSON
import Testing

/// What the fake refuses: a provider that passes on it would pass on something at least as lenient.
struct StrictCloudDNSTests {
  private static func set(
    _ name: String, _ type: String, _ values: JSONValue..., ttl: JSONValue = 60
  ) -> JSONValue {
    ["name": .string(name), "type": .string(type), "ttl": ttl, "rrdatas": .array(values)]
  }

  private static func zone() throws -> CloudZone {
    var zone = CloudZone(apex: DomainName(canonical: "example.com"))
    _ = try zone.apply([
      "additions": [
        set("a.example.com.", "A", "192.0.2.1", "192.0.2.2"), set("c.example.com.", "CNAME", "a.example.com."),
      ]
    ])
    return zone
  }

  static let refused: [(JSONValue, Int)] = [
    (["additions": []], 400), (["additions": ["x"]], 400), (["additions": 7], 400),
    (["additions": [set("b.example.com", "A", "192.0.2.1")]], 400),
    (["additions": [set("b.example.net.", "A", "192.0.2.1")]], 400),
    (["additions": [set("b.example.com.", "A", "192.0.2.256")]], 400),
    (["additions": [set("b.example.com.", "A", "2001:db8::1")]], 400),
    (["additions": [set("b.example.com.", "A")]], 400),
    (["additions": [set("b.example.com.", "A", "192.0.2.1", "192.0.2.1")]], 400),
    (["additions": [set("b.example.com.", "A", "192.0.2.1", ttl: -1)]], 400),
    (["additions": [set("b.example.com.", "A", "192.0.2.1", ttl: "60")]], 400),
    (["additions": [set("b.example.com.", "CNAME", "a.example.com")]], 400),
    (["additions": [set("b.example.com.", "CNAME", "a.example.com.", "c.example.com.")]], 400),
    (["additions": [set("example.com.", "CNAME", "a.example.com.")]], 400),
    (["additions": [set("b.example.com.", "TXT", "plain")]], 400),
    (["additions": [set("b.example.com.", "TXT", .string("\"\(String(repeating: "x", count: 256))\""))]], 400),
    (["additions": [set("b.example.com.", "XYZ", "1")]], 400),
    (["additions": [set("c.example.com.", "A", "192.0.2.1")]], 400),
    (["additions": [set("a.example.com.", "CNAME", "c.example.com.")]], 400),
    (["additions": [set("a.example.com.", "A", "192.0.2.9")]], 409),
    (["deletions": [set("b.example.com.", "A", "192.0.2.1")]], 404),
    (["deletions": [set("a.example.com.", "A", "192.0.2.1")]], 412),
    (["deletions": [set("a.example.com.", "A", "192.0.2.2", "192.0.2.1")]], 412),
    (["deletions": [set("a.example.com.", "A", "192.0.2.1", "192.0.2.2", ttl: 61)]], 412),
    (["deletions": [set("example.com.", "NS", "ns-cloud-a1.googledomains.com.", ttl: 21_600)]], 400),
  ]

  @Test(arguments: refused) func refusesWithoutAnyEffect(change: JSONValue, status: Int) throws {
    var zone = try Self.zone()
    let before = zone.sets
    // A good part beside the bad one must not happen either.
    var mixed = change
    if let additions = change["additions"]?.array, !additions.isEmpty {
      mixed["additions"] = .array([Self.set("good.example.com.", "A", "192.0.2.1")] + additions)
    }
    for change in [change, mixed] {
      do throws(GoogleRefusal) {
        _ = try zone.apply(change)
        Issue.record("it was taken: \(change.text())")
      } catch { #expect(error.status == status, "\(error.message)") }
    }
    #expect(zone.sets == before)
  }

  @Test func takesExactReplacementsAndSwapsOfCNAMEAndAddresses() throws {
    var zone = try Self.zone()
    _ = try zone.apply([
      "deletions": [
        Self.set("a.example.com.", "A", "192.0.2.1", "192.0.2.2"),
        Self.set("c.example.com.", "CNAME", "a.example.com."),
      ],
      "additions": [
        Self.set("a.example.com.", "CNAME", "c.example.com."), Self.set("c.example.com.", "A", "192.0.2.7", ttl: 0),
      ],
    ])
    #expect(zone.sets[CloudZone.Key(name: "c.example.com.", type: "A")]?.rrdatas == ["192.0.2.7"])
    #expect(zone.sets.count == 4)
  }

  @Test func holdsItsQuotas() throws {
    var zone = try Self.zone()
    let many = (0..<1_001).map { Self.set("n\($0).example.com.", "A", "192.0.2.1") }
    let long = JSONValue.string("\"\(String(repeating: "x", count: 250))\"")
    let heavy = (0..<400).map { Self.set("n\($0).example.com.", "TXT", long) }
    for change: JSONValue in [["additions": .array(many)], ["deletions": .array(many)], ["additions": .array(heavy)]] {
      do throws(GoogleRefusal) {
        _ = try zone.apply(change)
        Issue.record("it was taken")
      } catch {
        #expect(error.status == 403)
        #expect(error.reason == "quotaExceeded")
      }
    }
    _ = try zone.apply(["additions": .array(Array(many.prefix(1_000)))])
  }
}

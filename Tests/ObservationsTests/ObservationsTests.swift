import Documents
import Observations
import Testing

@Suite struct ObservationsTests {
  static let document = """
    {
      "now": "2026-01-01T00:00:00Z",
      "federation": { "name": "myfederation", "domain": "example.com", "ttl": 180, "nameLayout": "flat" },
      "safety": { "massChangeShare": 0.3, "healthChangeShare": 0.8 },
      "clusters": [
        { "name": "gce-us-central1-a", "region": "us-central1", "zones": ["us-central1-a"], "condition": "ready" }
      ],
      "services": [
        { "namespace": "mynamespace", "name": "nginx", "ttl": 60, "deleted": false,
          "shards": [
            { "cluster": "gce-us-central1-a", "addresses": ["104.197.247.191", "2001:db8::1", "lb.example.net"],
              "readyEndpoints": 3, "totalEndpoints": 3 } ] }
      ],
      "hosts": { "lb.example.net": ["198.51.100.7"] },
      "published": [
        { "name": "nginx.mynamespace.myfederation.svc.example.com", "type": "A", "ttl": 180, "values": ["198.51.100.9"], "owner": "myfederation" }
      ]
    }
    """

  @Test func printsTheDocumentedShape() throws {
    let stem = "nginx.mynamespace.myfederation.svc"
    let text = try PlannedObservations(text: Self.document, name: "o.json").json
    let a = #""type": "A", "ttl": 60, "values": ["104.197.247.191", "198.51.100.7"] }"#
    let aaaa = #""type": "AAAA", "ttl": 60, "values": ["2001:db8::1"] }"#
    #expect(
      text == """
        {
          "records": [
            { "name": "\(stem).example.com", \(a),
            { "name": "\(stem).example.com", \(aaaa),
            { "name": "\(stem).us-central1-a.example.com", \(a),
            { "name": "\(stem).us-central1-a.example.com", \(aaaa),
            { "name": "\(stem).us-central1.example.com", \(a),
            { "name": "\(stem).us-central1.example.com", \(aaaa)
          ],
          "changes": [
            { "service": "mynamespace/nginx", "action": "replace", "name": "\(stem).example.com", \
        "before": { "name": "\(stem).example.com", "type": "A", "ttl": 180, "values": ["198.51.100.9"] }, \
        "after": { "name": "\(stem).example.com", \(a) },
            { "service": "mynamespace/nginx", "action": "create", "name": "\(stem).example.com", \
        "before": null, "after": { "name": "\(stem).example.com", \(aaaa) },
            { "service": "mynamespace/nginx", "action": "create", "name": "\(stem).us-central1.example.com", \
        "before": null, "after": { "name": "\(stem).us-central1.example.com", \(a) },
            { "service": "mynamespace/nginx", "action": "create", "name": "\(stem).us-central1.example.com", \
        "before": null, "after": { "name": "\(stem).us-central1.example.com", \(aaaa) },
            { "service": "mynamespace/nginx", "action": "create", "name": "\(stem).us-central1-a.example.com", \
        "before": null, "after": { "name": "\(stem).us-central1-a.example.com", \(a) },
            { "service": "mynamespace/nginx", "action": "create", "name": "\(stem).us-central1-a.example.com", \
        "before": null, "after": { "name": "\(stem).us-central1-a.example.com", \(aaaa) }
          ],
          "held": [],
          "verdicts": [
            { "service": "mynamespace/nginx", "cluster": "gce-us-central1-a", "healthy": true, "reason": "healthy" }
          ]
        }

        """)
    #expect(try PlannedObservations(text: Self.document, name: "o.json").json == text)
  }

  @Test func aDrainOfTheOnlyShardLeavesWhatIsPublished() throws {
    let drain =
      #""cordons": [ { "kind": "drain", "target": "zone/us-central1-a", "service": "mynamespace/nginx", "expires": "2026-01-01T01:00:00Z" } ], "published""#
    let text = try PlannedObservations(text: Self.document.replacing("\"published\"", with: drain), name: "o.json").json
    #expect(text.contains("\"changes\": []"))
    #expect(text.contains("\"rule\": \"never-empty\""))
    #expect(text.contains("\"healthy\": false, \"reason\": \"drained\""))
    #expect(text.contains("198.51.100.9"))
  }

  @Test(arguments: [
    ("\"ttl\": 60", "\"tll\": 60", "o.json:9:52: \"tll\" is no key that is known: did you mean ttl?"),
    ("\"ready\"", "\"sleepy\"", "one of ready, notReady, unreachable, withdrawn is expected here"),
    ("\"values\": [\"198.51.100.9\"]", "\"values\": [\"x\"]", "an IPv4 address is expected here"),
    ("\"values\": [\"198.51.100.9\"]", "\"values\": []", "a record set has at least one value"),
    ("2026-01-01T00:00:00Z", "yesterday", "o.json:2:10: a time is expected here"),
    ("\"cluster\": \"gce-us-central1-a\"", "\"cluster\": \"elsewhere\"", "cluster elsewhere is not among the clusters"),
    ("\"domain\": \"example.com\"", "\"domain\": \"exa..mple\"", "a domain name has no empty labels"),
    ("\"federation\": {", "\"federation\": { \"name\": \"twice\",", "\"name\" is given more than once"),
  ])
  func mistakesAreOneLineWithTheirPlace(original: String, mistake: String, message: String) {
    do {
      _ = try PlannedObservations(text: Self.document.replacing(original, with: mistake), name: "o.json").json
      Issue.record("accepted")
    } catch {
      #expect("\(error)".contains(message), "\(error)")
      #expect("\(error)".hasPrefix("o.json:"))
      #expect(!"\(error)".contains("\n"))
    }
  }

  @Test func theSmallestDocumentIsAnEmptyPlan() throws {
    let text = try PlannedObservations(
      text: "federation: {name: f, domain: example.com}\nclusters: []\nservices: []\n", name: "o.yaml"
    ).json
    #expect(text == "{\n  \"records\": [],\n  \"changes\": [],\n  \"held\": [],\n  \"verdicts\": []\n}\n")
  }
}

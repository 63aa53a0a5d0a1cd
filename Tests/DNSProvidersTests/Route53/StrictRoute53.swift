import DNS
import DNSProviders
import Federation
import Foundation
import NameServer
import Synchronization

/// A Route 53 that keeps every rule that the real one documents, and serves the zone by DNS.
///
/// Batches are atomic, deletions exact, a CNAME stands alone, pages end at 300, names are listed by their labels from the
/// right, signatures and permissions are verified. The aws command line is its witness (`Route53ProviderTests`).
final class StrictRoute53: Sendable {
  static let zoneID = "Z0123456789ABCDEFGHIJ"
  static let namespace = "https://route53.amazonaws.com/doc/2013-04-01/"

  struct Key: Hashable, Sendable {
    var name: DomainName
    var type: String
    var identifier: String?
  }

  struct Entry: Hashable, Sendable {
    var ttl: UInt32?
    var values: [String]
    var alias: String?
    var weight: Int?
  }

  /// Who may call, and with what rights.
  struct User: Sendable {
    var name: String
    var secret: String
    var token: String?
    var actions: Set<String>
    var isExpired = false
  }

  struct State: Sendable {
    var sets: [Key: Entry] = [:] { didSet { listing = nil } }
    /// All keys in the order of listing, as long as nothing changes.
    var listing: [(key: Key, order: [UInt8])]?
    var users: [String: User] = [:]
    var zones: [(id: String, name: String, isPrivate: Bool)] = [(zoneID, "example.com.", false)]
    /// Every change, and how often it still says PENDING when somebody asks: Route 53 does so for up to a minute.
    var changes: [String: Int] = [:]
    /// How often a change says PENDING.
    var patience = 2
    /// What the name servers serve while changes are held back; nil when they are in step.
    var isHeldBack = false
    var calls: [String] = []
    var references: Set<String> = []
    /// The most values that a page may hold.
    var page = 300
    /// The most record sets that the zone may hold.
    var mostSets = 10_000
  }

  let state = Mutex(State())
  let server: FakeHTTPServer
  let names: NameServer

  static let everything: Set = [
    "ListResourceRecordSets", "ChangeResourceRecordSets", "GetChange", "ListHostedZonesByName", "GetHostedZone",
    "CreateHostedZone", "GetHostedZoneLimit", "GetAccountLimit",
  ]

  init() async throws {
    names = try await NameServer.start(
      zone: AuthoritativeZone(apex: DomainName(canonical: "example.com")), address: "127.0.0.1", port: 0,
      options: .standard)
    let box = Mutex<StrictRoute53?>(nil)
    let shared = Shared(box: box)
    server = try await FakeHTTPServer.start { await shared.answer($0) }
    shared.box.withLock { $0 = self }
    state.withLock { state in
      state.users["AKIASTRICT"] = User(name: "dns", secret: "strict/secret+key", actions: Self.everything)
      let apex = DomainName(canonical: "example.com")
      state.sets[Key(name: apex, type: "NS")] = Entry(
        ttl: 172_800, values: ["ns-1.awsdns-01.com.", "ns-2.awsdns-02.org."])
      state.sets[Key(name: apex, type: "SOA")] = Entry(
        ttl: 900, values: ["ns-1.awsdns-01.com. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400"])
    }
  }

  /// The server holds this, which holds the fake once it is made.
  private final class Shared: Sendable {
    let box: Mutex<StrictRoute53?>
    init(box: consuming Mutex<StrictRoute53?>) { self.box = box }
    func answer(_ request: FakeHTTPServer.Request) async -> FakeHTTPServer.Reply {
      box.withLock { $0 }?.answer(request) ?? .cut
    }
    func clear() { box.withLock { $0 = nil } }
  }

  func stop() async {
    await server.stop()
    await names.shutdown()
  }

  // MARK: Requests

  func answer(_ request: FakeHTTPServer.Request) -> FakeHTTPServer.Reply {
    state.withLock { $0.calls.append("\(request.method) \(request.path)") }
    let action = Self.action(of: request)
    if let refusal = refusal(request, action) { return refusal }
    let parts = request.path.split(separator: "/").map(String.init)
    switch action {
    case "ListHostedZonesByName": return zonesByName(request)
    case "CreateHostedZone": return createZone(request)
    case "GetChange":
      let id = parts.last ?? ""
      let left = state.withLock { state -> Int? in
        defer { if let left = state.changes[id] { state.changes[id] = max(0, left - 1) } }
        return state.changes[id]
      }
      guard let left else {
        return Self.error(404, "NoSuchChange", "Could not find resource with ID: \(Self.escaped(id))")
      }
      return Self.xml(
        200, "GetChangeResponse",
        "<ChangeInfo><Id>/change/\(id)</Id><Status>\(left > 0 ? "PENDING" : "INSYNC")</Status><SubmittedAt>2026-01-01T00:00:00Z</SubmittedAt></ChangeInfo>"
      )
    case "GetAccountLimit":
      guard parts.last == "MAX_HOSTED_ZONES_BY_OWNER" else {
        return Self.error(400, "InvalidInput", "no such limit")
      }
      return limit("GetAccountLimitResponse", parts, state.withLock { ($0.zones.count, 500) })
    default: break
    }
    guard parts.count > 2, let zone = state.withLock({ $0.zones.first { $0.id == parts[2] } }) else {
      return Self.error(404, "NoSuchHostedZone", "No hosted zone found with ID: \(parts.count > 2 ? parts[2] : "")")
    }
    switch action {
    case "GetHostedZone": return Self.xml(200, "GetHostedZoneResponse", Self.zone(zone) + Self.delegation)
    case "GetHostedZoneLimit":
      guard parts.last == "MAX_RRSETS_BY_ZONE" else { return Self.error(400, "InvalidInput", "no such limit") }
      return limit("GetHostedZoneLimitResponse", parts, state.withLock { ($0.sets.count, $0.mostSets) })
    case "ListResourceRecordSets": return list(request)
    case "ChangeResourceRecordSets": return change(request)
    default: return Self.error(404, "InvalidAction", "no such action")
    }
  }

  private static func action(of request: FakeHTTPServer.Request) -> String {
    let parts = request.path.split(separator: "/").dropFirst()
    switch (request.method, parts.first, parts.last) {
    case ("GET", "hostedzone", "rrset"): return "ListResourceRecordSets"
    case ("POST", "hostedzone", "rrset"): return "ChangeResourceRecordSets"
    case ("GET", "change", _): return "GetChange"
    case ("GET", "hostedzonelimit", _): return "GetHostedZoneLimit"
    case ("GET", "accountlimit", _): return "GetAccountLimit"
    case ("GET", "hostedzonesbyname", _): return "ListHostedZonesByName"
    case ("GET", "hostedzone", _): return "GetHostedZone"
    case ("POST", "hostedzone", "hostedzone"): return "CreateHostedZone"
    default: return "Unknown"
    }
  }

  private func limit(_ root: String, _ parts: [String], _ value: (count: Int, most: Int)) -> FakeHTTPServer.Reply {
    Self.xml(
      200, root,
      "<Limit><Type>\(Self.escaped(parts.last ?? ""))</Type><Value>\(value.most)</Value></Limit><Count>\(value.count)</Count>"
    )
  }

  // MARK: Zones

  private static let delegation =
    "<DelegationSet><NameServers><NameServer>ns-1.awsdns-01.com</NameServer><NameServer>ns-2.awsdns-02.org</NameServer></NameServers></DelegationSet>"

  private static func zone(_ zone: (id: String, name: String, isPrivate: Bool)) -> String {
    "<HostedZone><Id>/hostedzone/\(zone.id)</Id><Name>\(zone.name)</Name><CallerReference>x</CallerReference><Config><PrivateZone>\(zone.isPrivate)</PrivateZone></Config><ResourceRecordSetCount>2</ResourceRecordSetCount></HostedZone>"
  }

  private func zonesByName(_ request: FakeHTTPServer.Request) -> FakeHTTPServer.Reply {
    let query = Dictionary(request.query.map { ($0.name, $0.value) }) { $1 }
    let start = Self.reversed(query["dnsname"] ?? "")
    let zones = state.withLock { $0.zones }.filter { !Self.reversed($0.name).lexicographicallyPrecedes(start) }
      .sorted { Self.reversed($0.name).lexicographicallyPrecedes(Self.reversed($1.name)) }
    return Self.xml(
      200, "ListHostedZonesByNameResponse",
      "<HostedZones>\(zones.map(Self.zone).joined())</HostedZones><IsTruncated>false</IsTruncated><MaxItems>100</MaxItems>"
    )
  }

  private func createZone(_ request: FakeHTTPServer.Request) -> FakeHTTPServer.Reply {
    let text = String(decoding: request.body, as: UTF8.self)
    guard let name = Self.element("Name", in: text), let reference = Self.element("CallerReference", in: text) else {
      return Self.error(400, "InvalidInput", "Name and CallerReference are required")
    }
    return state.withLock { state in
      guard state.references.insert(reference).inserted else {
        return Self.error(409, "HostedZoneAlreadyExists", "A hosted zone has already been created with this reference")
      }
      let zone = (id: "Z\(1000 + state.zones.count)", name: name, isPrivate: false)
      state.zones.append(zone)
      return Self.xml(201, "CreateHostedZoneResponse", Self.zone(zone) + Self.delegation)
    }
  }

  // MARK: Writing XML

  static func xml(_ status: Int, _ root: String, _ content: String) -> FakeHTTPServer.Reply {
    .answer(
      status: status, headers: [("Content-Type", "text/xml")],
      body: Array("<?xml version=\"1.0\"?>\n<\(root) xmlns=\"\(namespace)\">\(content)</\(root)>".utf8))
  }

  static func error(_ status: Int, _ code: String, _ message: String) -> FakeHTTPServer.Reply {
    xml(
      status, "ErrorResponse",
      "<Error><Type>Sender</Type><Code>\(code)</Code><Message>\(escaped(message))</Message></Error><RequestId>r</RequestId>"
    )
  }

  static let throttling = error(400, "Throttling", "Rate exceeded")

  static func escaped(_ text: String) -> String {
    text.replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "<", with: "&lt;")
      .replacingOccurrences(of: ">", with: "&gt;").replacingOccurrences(of: "\"", with: "&quot;")
  }

  static func element(_ name: String, in text: String) -> String? {
    guard let start = text.range(of: "<\(name)>"), let end = text.range(of: "</\(name)>") else { return nil }
    return String(text[start.upperBound..<end.lowerBound])
  }

  /// A name's labels from the right, in the order of which record sets are listed.
  static func reversed(_ name: String) -> [String] {
    name.split(separator: ".").reversed().map(String.init)
  }
}

import DNS
import DNSProviders
import Federation
import JSON
import NameServer
import Synchronization

/// Cloud DNS as its documentation describes it: API v1 with one project `p1`, its token endpoints, and name servers.
///
/// What the zone `example-com` holds is served by our own name server, at once or when the test says so.
final class StrictCloudDNS: Sendable {
  struct State: Sendable {
    var zone: CloudZone
    var tokens = GoogleTokenIssuer()
    /// What the credentials may do in the project (IAM).
    var permissions: Set<String> = [
      "dns.changes.create", "dns.changes.get", "dns.resourceRecordSets.list", "dns.managedZones.list",
      "dns.managedZones.create",
    ]
    var isEnabled = true
    /// More is never given on a page.
    var pageSize = 1_000
    /// Where a page goes on, by its token.
    var pages: [String: CloudZone.Key] = [:]
    var lastPage = 0
    var changes: [JSONValue] = []
    /// How often each change still says `pending` when somebody asks.
    var asks: [Int: Int] = [:]
    /// How often a change says `pending`, whatever is served by then.
    var patience = 2
    /// Acknowledged, and not yet served.
    var pending: [Served] = []
    var isServedLate = false
    /// What lists show instead of the zone, so many times.
    var stale: (zone: CloudZone, times: Int)?
    /// Other managed zones of the project.
    var otherZones: [JSONValue] = []
    /// The project that the last request was counted to, where it named one.
    var quotaProject: String?
    /// What was refused lately, to tell why a test fails.
    var refusals: [String] = []
  }

  struct Served: Sendable {
    var removals: [RecordKey]
    var sets: [HeldRecordSet]
  }

  let time: SteppedTime
  let names: NameServer
  private let state: Mutex<State>
  private let http = Mutex<FakeHTTPServer?>(nil)

  init(time: SteppedTime) async throws {
    self.time = time
    let apex = DomainName(canonical: "example.com")
    names = try await NameServer.start(
      zone: AuthoritativeZone(apex: apex), address: "127.0.0.1", port: 0, options: .standard)
    state = Mutex(State(zone: CloudZone(apex: apex)))
    let server = try await FakeHTTPServer.start { [weak self] in self?.answer($0) ?? .cut }
    http.withLock { $0 = server }
    let url = "\(self.url)/token"
    change { $0.tokens.tokenURL = url }
  }

  /// `http://127.0.0.1:PORT`.
  var url: String { "http://127.0.0.1:\(http.withLock { $0?.port ?? 0 })" }

  func stop() async {
    await http.withLock { $0 }?.stop()
    await names.shutdown()
  }

  func change(_ body: @Sendable (inout State) -> Void) { state.withLock { body(&$0) } }

  func look<Value: Sendable>(_ body: @Sendable (State) -> Value) -> Value { state.withLock { body($0) } }

  /// Edits the zone behind everybody's back; served at once.
  func edit(_ removals: [RecordKey], _ sets: [HeldRecordSet]) throws {
    change { state in
      for key in removals { state.zone.remove(key) }
      for set in sets { state.zone.put(set) }
    }
    try names.store.change { (zone) throws(ProviderError) in try zone.replace(removals, with: sets) }
  }

  /// Serves everything that was acknowledged, in that order.
  func serve() throws {
    let store = names.store
    try state.withLock { state in
      for next in state.pending {
        try store.change { (zone) throws(ProviderError) in try zone.replace(next.removals, with: next.sets) }
      }
      state.pending = []
    }
  }

  private func answer(_ request: FakeHTTPServer.Request) -> FakeHTTPServer.Reply {
    let now = time.now
    let reply = state.withLock { state -> FakeHTTPServer.Reply in
      if let reply = state.tokens.answer(request, at: now) { return reply }
      do throws(GoogleRefusal) { return .googleJSON(try state.answer(request, at: now)) } catch {
        state.refusals.append("\(error.status) \(error.message)")
        return error.reply
      }
    }
    if !state.withLock(\.isServedLate) { try? serve() }
    return reply
  }
}

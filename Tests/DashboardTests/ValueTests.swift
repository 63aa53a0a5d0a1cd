import Federation
import Terminal
import Testing

@testable import Dashboard

/// The small values under the views.
@Suite struct ValueTests {
  @Test(arguments: [
    ("nginx", "my-nginx-2", true), ("^nginx", "my-nginx", false), ("x$", "nginx", true), ("n.*x", "nginx", true),
    ("ab+c", "abbbc", true), ("ab+c", "ac", false), ("ab?c", "ac", true), ("^$", "a", false),
    ("us-.*-f$", "us-east1-f", true),
    (".*.*.*.*.*.*z", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false),
  ])
  func patterns(pattern: String, text: String, matches: Bool) {
    #expect(Pattern(pattern).matches(text) == matches)
  }

  private var subject: Filter.Subject {
    Filter.Subject(
      state: .down, region: "europe-west1", zone: "europe-west1-b", cluster: "gke-b", service: "mynamespace/nginx",
      addresses: ["104.197.240.12"])
  }

  @Test(arguments: [
    ("", true), ("west1-b", true), ("WEST1-B", true), ("!west1-b", false), ("health=down", true), ("health=ok", false),
    ("region=eu", true), ("region=us", false), ("health=down region=eu nginx", true), ("health=down region=us", false),
    ("/west.*-b$/", true), ("!/west.*-b$/", false), ("address=104.197", true), ("zone=west1-c", false), ("down", true),
    ("!health=ok", true), ("health=unhealthy", true), ("colour=red", false),
  ])
  func filters(text: String, matches: Bool) {
    #expect(Filter(text, onlyUnhealthy: false).matches(subject) == matches)
  }

  @Test(arguments: [
    ("nginx.mynamespace.myfederation.svc.us-central1-f.example.com", "nginx.mynamespace…us-central1-f"),
    ("nginx.mynamespace.myfederation.svc.example.com", "nginx.mynamespace…"),
    ("us-central1-f/mynamespace/nginx", "us-central1-f/mynamespace/nginx"),
    ("zone/us-central1-b", "zone/us-central1-b"),
    ("nginx.mynamespace.other.svc.us-central1-f.example.com", "nginx.mynamespace.other.svc.us-central1-f.example.com"),
    ("nginx.mynamespace.myfederation.svcx.example.com", "nginx.mynamespace.myfederation.svcx.example.com"),
    ("eu.nginx.example.com", "eu.nginx.example.com"),
  ])
  func subjects(subject: String, short: String) {
    let federation = Federation(name: "myfederation", domain: DomainName(canonical: "example.com"))
    #expect(federation.short(subject, ellipsis: "…") == short)
  }

  @Test func onlyUnhealthyHidesWhatIsWell() {
    var well = subject
    well.state = .ok
    #expect(Filter("", onlyUnhealthy: true).matches(subject))
    #expect(!Filter("", onlyUnhealthy: true).matches(well))
  }

  @Test func spansAndCountdowns() {
    #expect(parseSpan("45m") == .seconds(2_700))
    #expect(parseSpan("1h30m") == .seconds(5_400))
    #expect(parseSpan("2d") == .seconds(172_800))
    for bad in ["", "m", "5", "1h1", "h1", "-1h", "9999999h"] { #expect(parseSpan(bad) == nil, "\(bad)") }
    #expect(countdownText(.seconds(2_691)) == "44:51")
    #expect(countdownText(.seconds(3_723)) == "1:02:03")
    #expect(countdownText(.seconds(-5)) == "0:00")
    #expect(ageText(.seconds(2)) == "2s")
    #expect(ageText(.seconds(240)) == "4m")
    #expect(sinceText(.seconds(252)) == "4m 12s")
    #expect(latencyText(.microseconds(400)) == "0.4 ms")
    #expect(clockText(Timestamp(seconds: 50_551)) == "14:02:31")
  }

  @Test func histories() {
    var sum = LeafSum()
    let leaf = LeafState(state: .ok, serves: true)
    #expect(sum.history == [])
    sum.add(leaf, ready: 3, total: 3, history: [1, 2, 3])
    sum.add(leaf, ready: 1, total: 3, history: [1])
    #expect(sum.history == [1, 2, 4])
    sum.remove(leaf, ready: 3, total: 3, history: [1, 2, 3])
    #expect(sum.history == [1])
    #expect(sparklineLevels([0, 1, 7, 7], cells: 3, top: 7) == [1, 7, 7])
    #expect(sparklineLevels([0, 0], cells: 8, top: 7) == [0, 0])
  }

  @Test func rollUpIsNeverBetterThanItsParts() {
    func roll(_ states: [(HealthState, Bool)]) -> HealthState {
      var tally = Tally()
      for (state, serves) in states { tally.add(state, serves: serves) }
      return tally.rolledUp
    }
    #expect(roll([]) == .absent)
    #expect(roll([(.ok, true), (.ok, true)]) == .ok)
    #expect(roll([(.ok, true), (.down, false)]) == .degraded)
    #expect(roll([(.ok, true), (.stale, true)]) == .degraded)
    #expect(roll([(.stale, true), (.stale, true)]) == .stale)
    #expect(roll([(.down, false), (.drained, false)]) == .down)
    #expect(roll([(.drained, false), (.drained, false)]) == .drained)
    #expect(roll([(.ok, true), (.absent, false)]) == .ok)
  }

  @Test func fieldsEditAndClean() {
    var field = InputField("ab")
    for key in [Key.left, .character("x"), .end, .backspace, .home, .delete] {
      let isEditing = field.edit(key)
      #expect(isEditing)
    }
    #expect(field.text == "x")
    field.insert("a\u{1B}]52;c;x\u{07}\rb\u{202E}c")
    #expect(field.text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x202E })
    field.insert(String(repeating: "z", count: 1_000))
    #expect(field.characters.count == InputField.limit)
    let isEditing = field.edit(.tab)
    #expect(!isEditing)
  }
}

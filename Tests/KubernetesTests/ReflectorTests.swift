import Testing

@testable import Kubernetes

@Suite struct ReflectorTests {
  typealias Subject = Reflector<NodeObject>

  static func node(_ name: String, version: String = "1") -> NodeObject {
    NodeObject(key: ObjectKey(name: name), resourceVersion: version, region: nil, zone: nil, isReady: true)
  }

  private let backoff = Backoff(base: .seconds(1), maximum: .seconds(8))
  private let refused = KubernetesError(.unreachable, "connection refused")
  private let expired = KubernetesError(.gone, "too old", status: 410)

  /// A reflector that has listed one node at version 5.
  private func listed() -> Subject {
    var subject = Subject(backoff: backoff)
    _ = subject.received(ListPage(items: [Self.node("a")], resourceVersion: "5"), random: 0.5)
    return subject
  }

  @Test func `a list is told when all its pages are there, then watched from its version`() {
    var subject = Subject(backoff: backoff)
    #expect(subject.next() == .list(continueToken: "", isPaged: true))
    let first = ListPage(items: [Self.node("a")], resourceVersion: "5", continueToken: "t1")
    #expect(subject.received(first, random: 0.5) == [])
    #expect(subject.next() == .list(continueToken: "t1", isPaged: true))
    let last = ListPage(items: [Self.node("b")], resourceVersion: "5")
    #expect(subject.received(last, random: 0.5) == [.replaced([Self.node("a"), Self.node("b")])])
    #expect(subject.next() == .watch(resourceVersion: "5"))
  }

  @Test func `pages that expire are thrown away and asked for in one piece`() {
    var subject = Subject(backoff: backoff)
    _ = subject.received(ListPage(items: [Self.node("a")], resourceVersion: "5", continueToken: "t1"), random: 0.5)
    #expect(subject.failed(expired, random: 0.5) == [])
    #expect(subject.next() == .list(continueToken: "", isPaged: false))
    let whole = ListPage(items: [Self.node("b")], resourceVersion: "9")
    #expect(subject.received(whole, random: 0.5) == [.replaced([Self.node("b")])])
  }

  @Test func `a list that fails half-way is told from its start again, never in part`() {
    var subject = Subject(backoff: backoff)
    _ = subject.received(ListPage(items: [Self.node("a")], resourceVersion: "5", continueToken: "t1"), random: 0.5)
    #expect(subject.failed(refused, random: 0.5) == [.interrupted(refused)])
    #expect(subject.next() == .wait(.milliseconds(500)))
    #expect(subject.next() == .list(continueToken: "", isPaged: true))
  }

  @Test func `a list whose token repeats has no end`() {
    var subject = Subject(backoff: backoff)
    let page = ListPage(items: [Self.node("a")], resourceVersion: "5", continueToken: "t1")
    _ = subject.received(page, random: 0.5)
    guard case .interrupted(let error) = subject.received(page, random: 0.5).first else {
      return #expect(Bool(false), "not interrupted")
    }
    #expect(error.code == .incomplete)
  }

  @Test func `events and bookmarks move the version from which a broken watch goes on`() {
    var subject = listed()
    let changed = Self.node("a", version: "7")
    #expect(subject.received(WatchEvent(kind: .applied(changed), resourceVersion: "7")) == [.applied(changed)])
    #expect(subject.received(WatchEvent(kind: .bookmark, resourceVersion: "20")) == [])
    #expect(subject.ended(.lost, lasted: .seconds(60), random: 0.5) == [])
    #expect(subject.next() == .watch(resourceVersion: "20"))
    let removed = WatchEvent<NodeObject>(kind: .removed(changed.key), resourceVersion: "21")
    #expect(subject.received(removed) == [.removed(changed.key)])
  }

  @Test func `an expired version leads to one list at once, and to waits when it goes on`() {
    var subject = listed()
    #expect(subject.ended(.failed(expired), lasted: .milliseconds(3), random: 0.5) == [])
    #expect(subject.next() == .list(continueToken: "", isPaged: true))
    _ = subject.received(ListPage(items: [], resourceVersion: "8"), random: 0.5)
    #expect(subject.ended(.failed(expired), lasted: .milliseconds(3), random: 0.5) == [])
    #expect(subject.next() == .wait(.milliseconds(500)))
    _ = subject.received(ListPage(items: [], resourceVersion: "9"), random: 0.5)
    _ = subject.ended(.failed(expired), lasted: .milliseconds(3), random: 0.5)
    #expect(subject.next() == .wait(.seconds(1)))
  }

  @Test func `silent and closed watches are opened anew without a list`() {
    var subject = listed()
    for _ in 0..<100 {
      #expect(subject.ended(.lost, lasted: .seconds(75), random: 0.5) == [])
      #expect(subject.next() == .watch(resourceVersion: "5"))
      #expect(subject.opened() == [])
    }
    for _ in 0..<10 { _ = subject.ended(.closed, lasted: .zero, random: 0.5) }
    #expect(subject.next() == .wait(.seconds(4)))
  }

  @Test func `an interruption is told once, again when its reason changes, and its end`() {
    var subject = listed()
    let forbidden = KubernetesError(.forbidden, "no", status: 403)
    #expect(subject.failed(refused, random: 0.5) == [.interrupted(refused)])
    #expect(subject.failed(refused, random: 0.5) == [])
    #expect(subject.next() == .wait(.seconds(1)))
    #expect(subject.failed(forbidden, random: 0.5) == [.interrupted(forbidden)])
    _ = subject.next()
    #expect(subject.next() == .watch(resourceVersion: "5"))
    #expect(subject.opened() == [.restored])
    #expect(subject.opened() == [])
  }

  @Test func `a server that asks to be left alone is left alone`() {
    var subject = listed()
    let busy = KubernetesError(.throttled, "later", status: 429, retryAfter: .seconds(30))
    _ = subject.failed(busy, random: 0)
    #expect(subject.next() == .wait(.seconds(30)))
  }
}

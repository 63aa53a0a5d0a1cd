import Control
import Federation
import Resolution
import Terminal
import Testing

@testable import Dashboard

@Suite struct HostileTextTests {
  static let nasty = "x\u{1B}]52;c;ZXZpbA==\u{07}\r\u{8}\u{202E}\u{200B}\u{9B}31m\ny"

  private func isHarmless(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value) && ![0x202E, 0x200B].contains(scalar.value)
    }
  }

  @Test func nothingRawReachesTheGridOrTheClipboard() {
    let nasty = Self.nasty
    var world = FrameTests.incident()
    world.snapshot.federation.name = nasty
    world.snapshot.provider = nasty
    world.snapshot.environment = nasty
    world.snapshot.leader = .other(nasty)
    world.snapshot.dns = .unreachable(nasty)
    world.snapshot.events = [Event(time: SampleWorld.now, kind: .error, subject: nasty, message: nasty)]
    for index in world.snapshot.clusters.indices {
      world.snapshot.clusters[index].reason = nasty
      world.snapshot.clusters[index].cluster.region += nasty
    }
    world.snapshot.cordons[0].reason = nasty
    world.snapshot.cordons[0].holder = nasty
    world.change("us-central1-a") { $0.shard.addresses = [nasty] }
    world.snapshot.services[0].held = [Hold(rule: .owned, service: SampleWorld.nginx, name: nil, why: nasty)]
    world.snapshot.services[0].refusals = [nasty: nasty]
    world.snapshot.services[0].pin = RollbackOrder(
      service: SampleWorld.nginx, generation: 3, records: [], reason: nasty, holder: nasty, created: SampleWorld.now,
      expires: SampleWorld.now + .seconds(60))
    world.snapshot.held = [FederationHold(rule: .failStatic, subject: nasty, why: nasty)]
    world.snapshot.orders = [
      OrderSnapshot(cordon: world.snapshot.cordons[0], status: CordonStatus(phase: .held, message: nasty))
    ]
    var alias = AliasSnapshot(
      alias: Alias(name: DomainName(canonical: nasty), service: SampleWorld.nginx, target: .global, ttl: nil))
    alias.why = nasty
    world.snapshot.aliases = [alias]
    var driver = Driver(world.snapshot)
    driver.send(.notice(.error, nasty))
    driver.send(
      .traced(
        Trace(
          name: SampleWorld.name("us-central1-b"), type: .a,
          hops: [
            Hop(
              name: SampleWorld.name("us-central1-b"),
              answers: [ServerAnswer(server: nasty, content: .failure(nasty), ttl: 0, latency: .zero)])
          ], outcome: .failed(nasty))))
    driver.select("us-central1-b")
    for view in ViewKind.allCases {
      driver.state.show(view)
      #expect(driver.grid.rows.allSatisfy(isHarmless), "\(view)")
      driver.press(.character("y"))
    }
    for sheet in [Sheet.Kind.help, .messages, .plan] {
      driver.state.sheet = Sheet(kind: sheet)
      #expect(driver.grid.rows.allSatisfy(isHarmless), "\(sheet)")
    }
    driver.state.sheet = nil
    driver.state.show(.tree)
    driver.openDrain(objections: [Hold(rule: .massChange, service: SampleWorld.nginx, name: nil, why: nasty)])
    driver.send(.input(.paste(nasty)))
    #expect(driver.grid.rows.allSatisfy(isHarmless))
    driver.press(.character("Y"), .escape, .escape, .character("y"))
    driver.type(":export md")
    driver.press(.enter)
    var (copies, reports) = (0, 0)
    for effect in driver.effects {
      switch effect {
      case .copy(let text):
        copies += 1
        #expect(isHarmless(text.filter { $0 != "\n" }))
      case .save(let path, let text):
        reports += 1
        #expect(isHarmless(path) && isHarmless(text.filter { $0 != "\n" }))
      default: break
      }
    }
    #expect(copies > 3 && reports == 1)
  }
}

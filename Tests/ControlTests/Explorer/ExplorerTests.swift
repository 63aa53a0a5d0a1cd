import Federation
import Glibc
import Testing

@testable import Control

@Suite("Every history of a small world")
struct ExplorerTests {
  /// Steps from the beginning that are walked in whole, however many states that takes (`make soak`).
  static let depth = getenv("ZONETOP_EXPLORE_DEPTH").flatMap { Int(String(cString: $0)) }
  /// A walk that is asked to go deep ends here all the same: a state takes about 200 bytes.
  static let most = 3_000_000

  @Test("No promise is broken", arguments: SmallWorld.all)
  func holds(_ world: SmallWorld) throws {
    var explorer = Explorer(world)
    let clock = ContinuousClock()
    let began = clock.now
    let report = try explorer.run(
      atMost: Self.depth == nil ? world.states : Self.most, depth: Self.depth ?? .max)
    print(
      "\(world.name): \(report.states) states (\(report.planners) of planners, \(report.zones) of the zone), depth"
        + " \(report.depth)\(report.isComplete ? ", all there is" : ""), \(clock.now - began)")
    #expect(report.violation == nil, "\(report.violation.map(\.description) ?? "")")
    #expect(report.states > 1_000)
  }

  @Test("No promise is broken in any history there is", arguments: SmallWorld.whole)
  func holdsToTheEnd(_ world: SmallWorld) throws {
    var explorer = Explorer(world)
    let report = try explorer.run(atMost: Self.most, depth: .max)
    print("\(world.name): \(report.states) states, depth \(report.depth)\(report.isComplete ? ", all there is" : "")")
    #expect(report.violation == nil, "\(report.violation.map(\.description) ?? "")")
    #expect(report.isComplete)
  }

  /// What each guard is for: without it, some history of a small world breaks a promise.
  struct Loss: Sendable, CustomTestStringConvertible {
    var gap: Gap
    var world: SmallWorld
    var promise: Promise
    var testDescription: String { "without \(gap.name), in \(world.name), \(promise.rawValue)" }
  }

  static let losses = [
    Loss(gap: .rule(.neverEmpty), world: .allRed, promise: .neverEmpty),
    Loss(gap: .rule(.owned), world: .foreignNames, promise: .owned),
    Loss(gap: .rule(.quorum), world: .silent, promise: .noFalseRemoval),
    Loss(gap: .rule(.massChange), world: .blind, promise: .noFalseRemoval),
    Loss(gap: .rule(.wholeReads), world: .halfLists, promise: .noFalseRemoval),
    Loss(gap: .rule(.wholeReads), world: .emptied, promise: .noFalseRemoval),
    Loss(gap: .rule(.noDangling), world: .birth, promise: .noDangling),
    Loss(gap: .rule(.failStatic), world: .blind, promise: .failStatic),
    Loss(gap: .rule(.idempotent), world: .failover, promise: .idempotent),
    Loss(gap: .provider(.unfenced), world: .failover, promise: .fenced),
    Loss(gap: .provider(.unordered), world: .deletion, promise: .noDangling),
    Loss(gap: .provider(.torn), world: .failover, promise: .neverEmpty),
  ]

  @Test("Without any one guard a promise is broken", arguments: losses)
  func misses(_ loss: Loss) throws {
    var explorer = Explorer(loss.world, without: loss.gap)
    let report = try explorer.run(atMost: 100_000, depth: .max)
    let violation = try #require(report.violation, "\(loss.gap.name) is not missed in \(report.states) states")
    print("Without \(loss.gap.name), in \(loss.world.name) (\(report.states) states): \(violation)")
    #expect(violation.promise == loss.promise, "\(violation)")
  }

  @Test("A fingerprint knows every property that a core or an entry has")
  func fingerprintIsWhole() throws {
    let core = ControlCore(
      federation: SmallWorld.federation, limits: .default, identity: "A/1", members: [], at: SmallWorld.now)
    let ofCore = Set(Mirror(reflecting: core).children.compactMap(\.label))
    #expect(ofCore == CoreFingerprint.held.union(CoreFingerprint.leftOut))
    let ofEntry = Set(Mirror(reflecting: ServiceEntry(declaration: nil)).children.compactMap(\.label))
    #expect(ofEntry == CoreFingerprint.heldOfEntry.union(CoreFingerprint.leftOutOfEntry))
  }
}

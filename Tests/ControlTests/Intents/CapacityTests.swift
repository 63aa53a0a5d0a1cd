import Control
import Federation
import Testing

@Suite("Capacity: judged against what is recorded, and never good where nothing is")
struct CapacityTests {
  private typealias Capacity = DrainPreview.Capacity

  private func judged(_ remaining: Int, of total: Int, peak: Int?) -> CapacityJudgement {
    Capacity(
      service: SeedWorld.service, level: .global, remaining: remaining, total: total,
      peak: peak.map { .init(ready: $0, span: .seconds(120)) }
    ).judgement
  }

  @Test("Each judgement has its figures")
  func judgements() {
    #expect(judged(9, of: 9, peak: nil) == .fits)
    #expect(judged(12, of: 15, peak: 12) == .fits)
    #expect(judged(12, of: 15, peak: 13) == .tight)
    #expect(judged(12, of: 15, peak: nil) == .unknown)
    #expect(judged(0, of: 15, peak: 0) == .none)
    #expect(judged(15, of: 12, peak: 15) == .fits)
  }

  @Test("Where some is lost and nothing is recorded the judgement is never good")
  func unknownIsNeverGood() {
    for total in 1..<20 {
      for remaining in 0..<total {
        let judgement = judged(remaining, of: total, peak: nil)
        #expect(judgement == (remaining == 0 ? .none : .unknown))
      }
    }
  }

  @Test("A peak is that of all shards at once, as far back as the shortest record")
  func peaks() {
    let interval = Duration.seconds(5)
    #expect(Capacity.Peak(of: [], interval: interval) == nil)
    #expect(Capacity.Peak(of: [[3, 3, 3, 3, 3]], interval: interval) == nil)
    #expect(Capacity.Peak(of: [[3, 3, 3, 3, 3, 3], []], interval: interval) == nil)
    // Each had six at another time: together never more than eight.
    let one = [6, 6, 6, 2, 2, 2]
    #expect(Capacity.Peak(of: [one, one.reversed()], interval: interval) == .init(ready: 8, span: .seconds(30)))
    // What only the longer record has does not count.
    #expect(
      Capacity.Peak(of: [[99, 1, 1, 1, 1, 1, 1], [2, 2, 2, 2, 2, 2]], interval: interval)
        == .init(ready: 3, span: .seconds(30)))
  }

  @Test("The words say what is needed and what each carries")
  func words() {
    let capacity = Capacity(
      service: SeedWorld.service, level: .region("us-central1"), remaining: 6, total: 9,
      peak: .init(ready: 9, span: .seconds(120)))
    #expect(capacity.need == "needs 9 at the peak of the last 2m")
    #expect(capacity.load == "each carries 1.5 times as much")
  }
}

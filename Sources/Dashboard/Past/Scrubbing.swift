import Control
import Federation
import Journal

extension DashboardState {
  /// Takes a picture that came from the controller: it is kept, and shown unless the past is on screen.
  mutating func see(_ snapshot: FederationSnapshot) {
    memory.keep(snapshot, now: now)
    guard memory.moment != nil else { return take(snapshot) }
    if memory.live?.revision != snapshot.revision { memory.waiting += 1 }
    memory.live = snapshot
  }

  /// Goes back or on by so many moments at which something changed.
  mutating func step(_ count: Int) {
    memory.keepPassedOver()
    let turns = memory.recording.turns
    guard !turns.isEmpty else {
      let isTooLarge = snapshot.map { !memory.canKeep($0) } ?? false
      toast(
        .warning,
        isTooLarge ? "of more than \(Memory.mostShards) shards the past is not kept" : "nothing has been seen yet")
      return
    }
    memory.isPlaying = false
    var position = turns.count - 1
    if let moment = memory.moment {
      position = memory.recording.turnsUntil(moment) - 1
      // Between two of them the way back ends at the nearer one.
      if count < 0, position >= 0, turns[position] < moment { position += 1 }
    }
    let target = position + count
    if target >= turns.count {
      if memory.isReplay { toast(.warning, "this is where the journal ends") } else { return returnToLive() }
    } else if target < 0, position <= 0 {
      toast(.warning, memory.isReplay ? "this is where the journal begins" : "nothing older has been seen")
    }
    look(at: turns[max(0, min(target, turns.count - 1))])
  }

  /// Holds the picture that is on screen, or lets the live one come again.
  mutating func toggleFreeze() {
    if memory.isReplay { return togglePlaying() }
    guard snapshot != nil else { return toast(.warning, "there is no picture to hold yet") }
    if !leavesPast() { look(at: now) }
  }

  mutating func togglePlaying() {
    guard let moment = memory.moment else {
      toast(.warning, "this is live: [ goes back to what was seen")
      return
    }
    if memory.isReplay, !memory.isPlaying, let end = memory.recording.end, moment >= end {
      toast(.warning, "this is where the journal ends")
      return
    }
    memory.isPlaying.toggle()
  }

  /// Lets a played past go on by the time that went by.
  mutating func play(for elapsed: Duration) {
    guard memory.isPlaying, let moment = memory.moment, elapsed > .zero else { return }
    let next = moment + elapsed * memory.speed
    if !memory.isReplay, next >= now { return returnToLive() }
    guard memory.isReplay, let end = memory.recording.end, next >= end else { return look(at: next) }
    memory.isPlaying = false
    look(at: end)
  }

  /// False when live is on screen already.
  mutating func leavesPast() -> Bool {
    guard memory.moment != nil, !memory.isReplay else { return false }
    returnToLive()
    return true
  }

  private mutating func returnToLive() {
    memory.moment = nil
    memory.isPlaying = false
    memory.waiting = 0
    tracing = Tracing()
    if let live = memory.live { take(live) }
    memory.live = nil
  }

  /// Shows a moment of what was seen.
  mutating func look(at moment: Timestamp) {
    if memory.moment == nil { memory.live = snapshot }
    memory.moment = moment
    guard let picture = memory.recording.picture(at: moment),
      snapshot?.revision != picture.revision || snapshot?.time != picture.time
    else { return }
    // What was news then is none now.
    let kept = toasts
    take(picture)
    toasts = kept
  }
}

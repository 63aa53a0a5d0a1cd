import Control
package import Federation
package import Journal
package import Terminal

/// What has been seen, and where in it the dashboard looks.
struct Memory: Sendable {
  var recording: Recording
  /// Whether it is a journal: there is no live picture to go back to, and nobody to ask.
  let isReplay: Bool
  /// The moment on screen; nil is now.
  var moment: Timestamp?
  var isPlaying = false
  /// How much faster than it happened it is played.
  var speed = 1
  /// The newest picture, while an older one is on screen.
  var live: FederationSnapshot?
  /// When a picture of a storm was last kept, and the newest one that was not.
  private var stormKept: Timestamp?
  private var passedOver: (snapshot: FederationSnapshot, time: Timestamp)?
  /// Pictures that have come meanwhile.
  var waiting = 0
  /// What the header says of the moment, the longest way first, each in parts; set when a frame is made.
  var heading: [[String]] = []

  /// What a session keeps of itself.
  init() {
    recording = Recording()
    isReplay = false
  }

  init(replaying recording: Recording, at moment: Timestamp, speed: Int, isPlaying: Bool) {
    self.recording = recording
    self.moment = moment
    self.speed = speed
    self.isPlaying = isPlaying
    isReplay = true
  }

  /// Pictures of more shards than this are not kept: to see what changed in one costs a look at all of them.
  static let mostShards = 50_000

  /// More services than this changing at once is a storm: to tell what changed in each of its pictures would keep keys
  /// waiting. Its beginning is kept, what it comes to when it rests, and what it has come to now and then.
  static let storm = 20
  static let stormInterval: Duration = .seconds(10)
  static let stormRest: Duration = .seconds(1)

  /// Takes a picture that has just come.
  mutating func keep(_ snapshot: FederationSnapshot, now: Timestamp) {
    guard canKeep(snapshot) else { return }
    let isStorm = recording.changedServices(in: snapshot) > Self.storm
    if isStorm, let kept = stormKept, now >= kept, now - kept < Self.stormInterval {
      passedOver = (snapshot, now)
      return
    }
    if isStorm { stormKept = now }
    passedOver = nil
    recording.see(snapshot)
  }

  /// Takes what a storm has come to, once it rests.
  mutating func rest(now: Timestamp) {
    guard let last = passedOver, now < last.time || now - last.time >= Self.stormRest else { return }
    keepPassedOver()
  }

  /// Takes the last picture that was passed over, before anybody looks back.
  mutating func keepPassedOver() {
    if let last = passedOver { recording.see(last.snapshot) }
    passedOver = nil
  }

  func canKeep(_ snapshot: FederationSnapshot) -> Bool {
    snapshot.services.reduce(0) { $0 + $1.shards.count } <= Self.mostShards
  }

  static let replayRefusal = "this is a replay: nothing can be changed"

  /// Why nothing may be changed while the past is on screen; nil in a replay, whose cards may be looked at.
  var refusal: String? {
    guard let moment, !isReplay else { return nil }
    return "this is the past, \(clockText(moment)): Esc returns to live"
  }

  func headings(now: Timestamp) -> [[String]] {
    guard let moment else { return [] }
    let clock = clockText(moment)
    guard isReplay else {
      let ahead = countdownText(now - moment)
      let news = waiting > 0 ? ["\(waiting) new"] : []
      return [
        ["PAST \(clock), live is +\(ahead) ahead"] + news, ["PAST \(clock) (+\(ahead))"] + news, ["PAST \(clock)"],
      ]
    }
    let position = "\(recording.turnsUntil(moment)) of \(recording.turns.count)"
    let pace = isPlaying ? "x\(speed)" : "paused"
    return [["REPLAY \(clock)", position, pace], ["REPLAY \(clock)", pace], ["REPLAY \(clock)"]]
  }
}

extension DashboardState {
  /// A dashboard on a journal instead of a federation.
  ///
  /// - Parameters:
  ///   - moment: what is on screen first; also the time that it begins at.
  ///   - speed: how much faster than it happened it is played.
  package init(
    replaying recording: Recording, at moment: Timestamp, speed: Int = 1, isPlaying: Bool = false,
    options: DashboardOptions, size: Size, view: ViewKind = .tree
  ) {
    self.init(options: options, size: size, now: moment, view: view)
    memory = Memory(replaying: recording, at: moment, speed: speed, isPlaying: isPlaying)
    look(at: moment)
    showRecordedTrace()
  }

  /// The state as views show it: with the past on screen, all times are counted from its moment.
  var asSeen: DashboardState {
    guard let moment = memory.moment else { return self }
    var seen = self
    seen.memory.heading = memory.headings(now: now)
    let shift = moment - now
    seen.now = moment
    if let shown = card?.shown { seen.card?.shown = shown + shift }
    return seen
  }
}

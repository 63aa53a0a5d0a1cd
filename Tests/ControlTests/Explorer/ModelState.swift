/// One state of a small world, in numbers: two writers, what is between them and the provider, and the zone.
struct ModelState: Hashable {
  var zone: Int32
  var first: Writer
  var second: Writer
  /// Requests on their way to the provider, sorted, as ``Request/number``; -1 where there is none.
  var requests: SIMD4<Int32> = SIMD4(repeating: -1)
  /// How far each cluster has come in truth: 4 bits a cluster.
  var truth: UInt32 = 0
  /// Names that have answered, and clusters that have been served: what the promises are about.
  var answered: UInt32 = 0
  var served: UInt32 = 0
  var isDeleted = false
  var crashes: UInt8 = 0
  var losses: UInt8 = 0
  var polls: UInt8 = 0

  /// A process that plans and applies.
  struct Writer: Hashable {
    /// Its planner's number in the table; -1 while it is dead.
    var core: Int32
    /// What it waits for.
    var pending = Pending.nothing
    /// The whole read of the zone that is on its way to it; -1 when there is none.
    var poll: Int32 = -1
    /// How far it has heard each cluster: 0 nothing, 1 half its lists, 2 + n its n-th step; 4 bits a cluster.
    var heard: UInt32 = 0
    var heardDeletion = false
  }

  enum Pending: Hashable {
    case nothing
    case reply(batch: Int32)
    case names(zone: Int32)
  }

  /// A batch on its way.
  struct Request {
    var batch: Int
    var writer: Int
    /// Whether the writer still waits for the answer.
    var isAwaited: Bool

    init(batch: Int, writer: Int) {
      self.batch = batch
      self.writer = writer
      isAwaited = true
    }

    init(number: Int32) {
      batch = Int(number >> 2)
      writer = Int(number >> 1 & 1)
      isAwaited = number & 1 == 1
    }

    var number: Int32 { Int32(batch) << 2 | Int32(writer) << 1 | (isAwaited ? 1 : 0) }
  }

  subscript(writer: Int) -> Writer {
    get { writer == 0 ? first : second }
    set { if writer == 0 { first = newValue } else { second = newValue } }
  }

  func truth(of cluster: Int) -> Int { Int(truth >> UInt32(4 * cluster) & 15) }

  mutating func happen(_ cluster: Int, step: Int) {
    let shift = UInt32(4 * cluster)
    truth = truth & ~(15 << shift) | UInt32(step) << shift
  }

  /// Whether there is room for another request on its way.
  var hasRoom: Bool { requests[3] == -1 }

  mutating func send(_ request: Request) {
    requests[3] = request.number
    sortRequests()
  }

  mutating func remove(at index: Int) {
    requests[index] = -1
    sortRequests()
  }

  /// The writer waits no longer for the answer to what it has sent; the request goes on.
  mutating func abandon(_ writer: Int) {
    for index in 0..<4 where requests[index] >= 0 {
      var request = Request(number: requests[index])
      guard request.writer == writer, request.isAwaited else { continue }
      request.isAwaited = false
      requests[index] = request.number
    }
    sortRequests()
  }

  /// Those that are there first, in order, so that one set of requests is one state.
  private mutating func sortRequests() {
    for _ in 0..<3 {
      for index in 0..<3 where requests[index] < requests[index + 1] {
        (requests[index], requests[index + 1]) = (requests[index + 1], requests[index])
      }
    }
  }
}

extension ModelState.Writer {
  var isAlive: Bool { core >= 0 }

  func heard(_ cluster: Int) -> Int { Int(heard >> UInt32(4 * cluster) & 15) }

  mutating func hear(_ cluster: Int, _ value: Int) {
    let shift = UInt32(4 * cluster)
    heard = heard & ~(15 << shift) | UInt32(value) << shift
  }
}

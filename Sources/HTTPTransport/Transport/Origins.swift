/// Lets one request an origin go ahead while no connection stands, so that a hundred watches of one server become
/// streams of one HTTP/2 connection instead of a hundred handshakes.
///
/// libcurl's own option for this (`CURLOPT_PIPEWAIT`) makes those that wait for a server of HTTP/1.1 go one by one.
struct Origins {
  private var waiting: [Origin: [UInt64]] = [:]
  private var led: [UInt64: Origin] = [:]

  /// The requests that others wait for, in the order of their ids.
  var leaders: [UInt64] { led.keys.sorted() }

  /// Whether a request may begin; otherwise it is named later by ``release(after:stands:)``.
  mutating func admits(_ id: UInt64, to origin: Origin?) -> Bool {
    guard let origin else { return true }
    if waiting[origin] != nil {
      waiting[origin]?.append(id)
      return false
    }
    waiting[origin] = []
    led[id] = origin
    return true
  }

  /// Takes the lead from a request, and names those that may begin now.
  ///
  /// - Parameter stands: whether its connection stands: all the others join it, or, where it cannot be shared, open
  ///   their own. After a failure one of them tries in its place; each keeps its own deadline.
  mutating func release(after id: UInt64, stands: Bool) -> [UInt64] {
    guard let origin = led.removeValue(forKey: id), let others = waiting.removeValue(forKey: origin) else { return [] }
    guard !stands, let next = others.first else { return others }
    waiting[origin] = Array(others.dropFirst())
    led[next] = origin
    return [next]
  }
}

import Documents
import Federation

extension ChaosCommand {
  /// What ``init(text:)`` reads, for help.
  package static let usage =
    "scale TARGET N [SERVICE] | down TARGET | slow TARGET TIME | partition TARGET | flap TARGET TIME TIMES | up TARGET"
    + " [for TIME]; TARGET is a cluster or a region"

  /// Reads an order as it is typed: `down us-central1-a for 30s`, `scale us-central1-a 0 mynamespace/nginx`.
  package init(text: String) throws(ChaosError) {
    var words = text.split(separator: " ").map(String.init)
    var duration: Duration?
    if words.count > 2, words[words.count - 2] == "for" {
      guard let time = parseDuration(words[words.count - 1]) else { throw Self.unreadable(text) }
      duration = time
      words.removeLast(2)
    }
    guard words.count >= 2 else { throw Self.unreadable(text) }
    let action: Action? =
      switch (words[0], words.count) {
      case ("down", 2): .down
      case ("up", 2): .up
      case ("partition", 2): .partition
      case ("slow", 3): parseDuration(words[2]).map(Action.slow)
      case ("flap", 4): Self.flap(words[2], words[3])
      case ("scale", 3): Self.scale(words[2], "mynamespace/nginx")
      case ("scale", 4): Self.scale(words[2], words[3])
      default: nil
      }
    guard let action else { throw Self.unreadable(text) }
    self.init(target: words[1], action: action, duration: duration)
  }

  private static func flap(_ period: String, _ times: String) -> Action? {
    guard let period = parseDuration(period), let times = Int(times), (1...1000).contains(times) else { return nil }
    return .flap(period: period, times: times)
  }

  private static func scale(_ replicas: String, _ service: String) -> Action? {
    let parts = service.split(separator: "/")
    guard let replicas = Int(replicas), (0...1000).contains(replicas), parts.count == 2 else { return nil }
    return .scale(ServiceKey(namespace: String(parts[0]), name: String(parts[1])), replicas: replicas)
  }

  private static func unreadable(_ text: String) -> ChaosError {
    ChaosError("\"\(text)\" is no chaos order: write \(usage)")
  }
}

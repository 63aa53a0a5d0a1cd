import Control
import Federation
import Synchronization

/// A gate that lets everything through but what a test holds back.
final class OpenGate: PropagationGate {
  private let members: Mutex<[Cluster]>
  private let published = Mutex<Set<String>>([])

  init(_ clusters: [String]) {
    members = Mutex(clusters.map { Cluster(name: $0, region: String($0.dropLast(2)), zones: [$0], condition: .ready) })
  }

  /// Clusters whose shards count as published.
  func hold(_ clusters: Set<String>) { published.withLock { $0 = clusters } }

  private struct Door {
    var isShut = false
    var waiting: [CheckedContinuation<Void, Never>] = []
  }
  private let door = Mutex(Door())

  /// Keeps whoever asks whether it may write waiting for the answer, until ``open()``.
  func shut() { door.withLock { $0.isShut = true } }

  func open() {
    let waiting = door.withLock { door in
      defer { door = Door() }
      return door.waiting
    }
    for one in waiting { one.resume() }
  }

  func mayWrite() async -> Bool {
    await withCheckedContinuation { continuation in
      let isOpen = door.withLock { door in
        if door.isShut { door.waiting.append(continuation) }
        return !door.isShut
      }
      if isOpen { continuation.resume() }
    }
    return true
  }
  func clusters() async -> [Cluster] { members.withLock { $0 } }
  func isPublished(_ service: ServiceKey, in cluster: String) async -> Bool {
    published.withLock { $0.contains(cluster) }
  }
  func namesAreGone(_ service: ServiceKey) async -> Bool { true }
}

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

  func mayWrite() async -> Bool { true }
  func clusters() async -> [Cluster] { members.withLock { $0 } }
  func isPublished(_ service: ServiceKey, in cluster: String) async -> Bool {
    published.withLock { $0.contains(cluster) }
  }
  func namesAreGone(_ service: ServiceKey) async -> Bool { true }
}

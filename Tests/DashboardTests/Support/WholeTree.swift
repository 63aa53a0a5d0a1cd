import Control
import Federation

@testable import Dashboard

/// The tree as anybody would build it: every place, every shard, nothing saved. What the dashboard shows must be this.
struct WholeTree {
  struct Node {
    var place: Place
    var children: [Node] = []
    var histories: [[Int]] = []
    var subject: Filter.Subject?
  }
  var roots: [Node] = []

  init(_ snapshot: FederationSnapshot, scope: Scope, order: PlaceOrder, selected: ServiceKey?) {
    var slots: [Slot] = []
    for cluster in snapshot.clusters.map(\.cluster) {
      slots += cluster.zones.map { Slot(region: cluster.region, zone: $0, cluster: cluster.name) }
    }
    let services = snapshot.services.enumerated().filter { scope == .everything || scope == .service($0.element.key) }
    for shard in services.flatMap(\.element.shards) {
      slots += shard.zones.map { Slot(region: shard.region, zone: $0, cluster: shard.shard.cluster) }
    }
    for region in Set(slots.map(\.region)).sorted() {
      var node = Node(place: Place(id: .region(region), label: region, depth: 0))
      for zone in Set(slots.filter { $0.region == region }.map(\.zone)).sorted() {
        var zoneNode = Node(place: Place(id: .zone(zone, region: region), label: zone, depth: 1))
        let here = Set(slots.filter { $0.region == region && $0.zone == zone }.map(\.cluster)).sorted()
        if here.count == 1 {
          zoneNode = Self.filled(
            zoneNode, Slot(region: region, zone: zone, cluster: here[0]), services, snapshot, scope, selected)
        } else {
          zoneNode.children = here.map { name in
            let slot = Slot(region: region, zone: zone, cluster: name)
            return Self.filled(
              Node(place: Place(id: slot.id, label: name, depth: 2)), slot, services, snapshot, scope, selected)
          }
        }
        node.children.append(zoneNode)
      }
      roots.append(node)
    }
    roots = Self.ordered(roots.map(Self.rolledUp), order)
  }

  private static func filled(
    _ node: Node, _ slot: Slot, _ services: [(offset: Int, element: ServiceSnapshot)], _ snapshot: FederationSnapshot,
    _ scope: Scope, _ selected: ServiceKey?
  ) -> Node {
    var node = node
    node.place.cluster = slot.cluster
    let condition = snapshot.clusters.last { $0.cluster.name == slot.cluster }?.cluster.condition
    var leaves: [Node] = []
    for (position, service) in services {
      for (index, shard) in service.shards.enumerated()
      where shard.shard.cluster == slot.cluster && shard.region == slot.region && shard.zones.contains(slot.zone) {
        let order = strongest(snapshot.cordons, shard, service.key, slot)
        var leaf = node
        leaf.place.state = service.shards.withUnsafeBufferPointer {
          HealthState.of($0, index, cluster: condition, order: order)
        }
        leaf.place.tally.add(leaf.place.state, serves: shard.isServing)
        leaf.place.ready = shard.shard.readyEndpoints
        leaf.place.total = shard.shard.totalEndpoints
        leaf.place.shard = Place.ShardIndex(service: position, shard: index)
        leaf.histories = [Array(shard.history.suffix(8))]
        leaf.subject = Filter.Subject(
          state: leaf.place.state, region: slot.region, zone: slot.zone, cluster: slot.cluster,
          service: service.key.description, addresses: shard.shard.addresses)
        if scope == .everything {
          leaf.place.id = .shard(service.key, cluster: slot.cluster, zone: slot.zone, region: slot.region)
          leaf.place.label = service.key.description
          leaf.place.depth += 1
        }
        leaves.append(leaf)
      }
    }
    if scope != .everything, let leaf = leaves.first { return leaf }
    guard leaves.isEmpty else {
      node.children = leaves
      return node
    }
    node.place.state = condition == .unreachable ? .stale : .absent
    node.place.tally.add(node.place.state, serves: false)
    node.subject = Filter.Subject(
      state: node.place.state, region: slot.region, zone: slot.zone, cluster: slot.cluster,
      service: selected?.description ?? "", addresses: [])
    return node
  }

  private static func strongest(
    _ cordons: [Cordon], _ shard: ShardSnapshot, _ key: ServiceKey, _ slot: Slot
  ) -> Cordon.Kind? {
    let kinds = cordons.filter { cordon in
      guard cordon.service == nil || cordon.service == key else { return false }
      return switch cordon.target {
      case .zone(let zone): zone == slot.zone
      case .region(let region): region == slot.region
      case .cluster(let cluster): cluster == slot.cluster
      case .shard(let cluster, let own): cluster == slot.cluster && own == key
      }
    }.map(\.kind)
    return kinds.contains(.drain) ? .drain : kinds.first
  }

  private static func rolledUp(_ node: Node) -> Node {
    guard !node.children.isEmpty else { return node }
    var node = node
    node.children = node.children.map(rolledUp)
    for child in node.children {
      node.place.tally.add(child.place.tally)
      node.place.ready += child.place.ready
      node.place.total += child.place.total
      node.histories += child.histories
    }
    node.place.state = node.place.tally.rolledUp
    return node
  }

  private static func ordered(_ nodes: [Node], _ order: PlaceOrder) -> [Node] {
    nodes.map { node in
      var node = node
      node.children = ordered(node.children, order)
      return node
    }.sorted { left, right in
      if order == .worstFirst {
        let (one, two) = (left.place, right.place)
        if one.state.severity != two.state.severity { return one.state.severity > two.state.severity }
        if one.tally[.down] != two.tally[.down] { return one.tally[.down] > two.tally[.down] }
      }
      return left.place.label < right.place.label
    }
  }

  /// The rows that the operator would see.
  func rows(filter: Filter, isFolded: (Place) -> Bool) -> [Node] {
    func matches(_ node: Node) -> Bool {
      filter.isEmpty || (node.subject.map(filter.matches) ?? node.children.contains(where: matches))
    }
    func rows(_ nodes: [Node]) -> [Node] {
      nodes.filter(matches).flatMap { node -> [Node] in
        [node] + (node.children.isEmpty || isFolded(node.place) ? [] : rows(node.children))
      }
    }
    return rows(roots)
  }
}

extension WholeTree.Node {
  /// The sums of what lies below, aligned at the newest sample.
  var history: [Int] {
    let length = histories.map(\.count).max() ?? 0
    return (0..<length).map { step in
      histories.reduce(0) { $0 + ($1.count >= length - step ? $1[$1.count - length + step] : 0) }
    }
  }
}

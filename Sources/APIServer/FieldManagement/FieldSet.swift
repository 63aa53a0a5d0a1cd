/// A set of fields of an object: a tree of the steps to them.
///
/// A field may belong to the set while fields inside it do not, and the other way round.
package struct FieldSet: Hashable, Sendable {
  /// By the first step. No node is kept that neither is a member nor has members below it.
  private(set) var nodes: [PathElement: Node] = [:]

  struct Node: Hashable, Sendable {
    var isMember = false
    var below = FieldSet()
  }

  package init() {}

  package init(_ paths: some Sequence<FieldPath>) {
    for path in paths { insert(path) }
  }

  package var isEmpty: Bool { nodes.isEmpty }

  /// How many fields belong to the set.
  package var count: Int { nodes.values.reduce(0) { $0 + ($1.isMember ? 1 : 0) + $1.below.count } }

  /// Adds a field; the whole object, an empty path, is no field.
  package mutating func insert(_ path: some Collection<PathElement>) {
    guard let first = path.first else { return }
    if path.count == 1 {
      nodes[first, default: Node()].isMember = true
    } else {
      nodes[first, default: Node()].below.insert(path.dropFirst())
    }
  }

  package func contains(_ path: some Collection<PathElement>) -> Bool {
    guard let first = path.first, let node = nodes[first] else { return false }
    return path.count == 1 ? node.isMember : node.below.contains(path.dropFirst())
  }

  /// The part of the set below a step, by the ways from there.
  package func below(_ step: PathElement) -> FieldSet { nodes[step]?.below ?? FieldSet() }

  /// All fields of the set in Kubernetes' order: on each level the members first, then what is below each step.
  package var paths: [FieldPath] {
    let sorted = nodes.sorted { $0.key < $1.key }
    return sorted.filter(\.value.isMember).map { [$0.key] }
      + sorted.flatMap { step, node in node.below.paths.map { [step] + $0 } }
  }

  mutating func set(_ node: Node?, at step: PathElement) {
    if let node, node.isMember || !node.below.isEmpty { nodes[step] = node } else { nodes[step] = nil }
  }
}

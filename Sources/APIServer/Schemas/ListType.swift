/// How the elements of a list are told apart when several writers share it, and so how patches merge it.
package enum ListType: Hashable, Sendable {
  /// The list is one value: patches replace it.
  case atomic
  /// Plain values, each at most once; patches add to them.
  case set
  /// Objects told apart by the values of these members together. A strategic merge patch goes by the first alone.
  case map(keys: [String])

  /// What `x-kubernetes-list-type` says.
  package var name: String {
    switch self {
    case .atomic: "atomic"
    case .set: "set"
    case .map: "map"
    }
  }

  /// The member by which a strategic merge patch finds an element (`x-kubernetes-patch-merge-key`).
  package var mergeKey: String? { if case .map(let keys) = self { keys.first } else { nil } }
}

import JSON

/// Which objects name which owner in `metadata.ownerReferences`, by the owner's uid.
struct OwnerIndex: Sendable {
  private var dependentsByOwner: [String: Set<ObjectReference>] = [:]

  func dependents(of uid: String) -> [ObjectReference] { dependentsByOwner[uid]?.sorted() ?? [] }

  mutating func replace(_ old: StoredObject?, with new: StoredObject?, at reference: ObjectReference) {
    let before = old.map(Self.owners) ?? []
    let after = new.map(Self.owners) ?? []
    guard before != after else { return }
    for uid in before {
      dependentsByOwner[uid]?.remove(reference)
      if dependentsByOwner[uid]?.isEmpty == true { dependentsByOwner[uid] = nil }
    }
    for uid in after { dependentsByOwner[uid, default: []].insert(reference) }
  }

  private static func owners(_ object: StoredObject) -> [String] {
    object.value["metadata"]?["ownerReferences"]?.array?.compactMap { $0["uid"]?.string } ?? []
  }
}

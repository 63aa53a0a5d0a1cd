extension FieldSet {
  /// The fields that belong to either set.
  package func union(_ other: FieldSet) -> FieldSet {
    if isEmpty { return other }
    var result = self
    for (step, node) in other.nodes {
      guard let own = nodes[step] else {
        result.set(node, at: step)
        continue
      }
      result.set(Node(isMember: own.isMember || node.isMember, below: own.below.union(node.below)), at: step)
    }
    return result
  }

  /// The fields that belong to both sets.
  package func intersection(_ other: FieldSet) -> FieldSet {
    var result = FieldSet()
    for (step, node) in nodes {
      guard let theirs = other.nodes[step] else { continue }
      result.set(
        Node(isMember: node.isMember && theirs.isMember, below: node.below.intersection(theirs.below)), at: step)
    }
    return result
  }

  /// The fields that do not belong to the other set; one inside a field of the other set stays.
  package func subtracting(_ other: FieldSet) -> FieldSet {
    var result = self
    for (step, theirs) in other.nodes {
      guard let node = nodes[step] else { continue }
      result.set(
        Node(isMember: node.isMember && !theirs.isMember, below: node.below.subtracting(theirs.below)), at: step)
    }
    return result
  }

  /// The fields that neither belong to the other set nor lie inside a field of it.
  package func subtractingWithContents(_ other: FieldSet) -> FieldSet {
    var result = self
    for (step, theirs) in other.nodes {
      guard let node = nodes[step] else { continue }
      let rest =
        theirs.isMember
        ? nil : Node(isMember: node.isMember, below: node.below.subtractingWithContents(theirs.below))
      result.set(rest, at: step)
    }
    return result
  }
}

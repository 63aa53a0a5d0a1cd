/// The objects of one kind with their names in order.
struct ObjectCollection: Sendable {
  private(set) var objects: [ObjectName: StoredObject] = [:]
  private var order: [ObjectName] = []

  /// Sets the object at a name, or removes it with nil, and returns what stood there; O(n) when a name comes or goes.
  @discardableResult
  mutating func set(_ object: StoredObject?, at name: ObjectName) -> StoredObject? {
    let place = order.partitioningIndex { $0 >= name }
    guard let object else {
      guard let previous = objects.removeValue(forKey: name) else { return nil }
      order.remove(at: place)
      return previous
    }
    let previous = objects.updateValue(object, forKey: name)
    if previous == nil { order.insert(name, at: place) }
    return previous
  }

  func names(in namespace: String?, after last: ObjectName?) -> ArraySlice<ObjectName> {
    var range = order[...]
    if let namespace {
      range = range[range.partitioningIndex { $0.namespace >= namespace }...]
      range = range[..<range.partitioningIndex { $0.namespace > namespace }]
    }
    if let last { range = range[range.partitioningIndex { $0 > last }...] }
    return range
  }
}

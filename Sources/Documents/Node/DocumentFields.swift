/// The fields of one mapping, taken out by name: what was never asked for is an error in ``finish()``.
package struct DocumentFields: Sendable {
  private let node: DocumentNode
  private let entries: [DocumentNode.Entry]
  private var index: [String: Int]
  private var known: [String] = []

  init(node: DocumentNode, entries: [DocumentNode.Entry]) {
    self.node = node
    self.entries = entries
    index = Dictionary(entries.indices.map { (entries[$0].key, $0) }) { first, _ in first }
  }

  /// The value of a field, nil when it is absent or null.
  package mutating func optional(_ key: String) -> DocumentNode? {
    known.append(key)
    guard let position = index[key], !entries[position].value.isNull else { return nil }
    return entries[position].value
  }

  /// The value of a field that must be given.
  package mutating func required(_ key: String) throws(DocumentError) -> DocumentNode {
    guard let value = optional(key) else { throw node.error("\(quoted(key)) is missing here: add it") }
    return value
  }

  /// An error at the mapping itself, for rules that concern several fields.
  package func error(_ message: String) -> DocumentError { node.error(message) }

  /// Refuses the first field that nobody asked for, naming the ones that there are.
  package func finish() throws(DocumentError) {
    let names = Set(known)
    guard let unknown = entries.first(where: { !names.contains($0.key) }) else { return }
    let nearest = known.filter { distance($0, unknown.key) <= max(1, $0.count / 3) }
      .min { (distance($0, unknown.key), $0) < (distance($1, unknown.key), $1) }
    let list = known.isEmpty ? "no key is known here" : "known here: \(known.joined(separator: ", "))"
    let hint = nearest.map { "did you mean \($0)? (\(list))" } ?? list
    throw DocumentError(
      name: node.name, position: unknown.position, message: "\(quoted(unknown.key)) is no key that is known: \(hint)")
  }

  /// Passes over all fields that were not asked for: for documents that other programs extend (kubeconfig).
  package func ignoreRest() {}
}

/// How many letters must be changed, added or removed to make one word the other; case does not count.
private func distance(_ one: String, _ other: String) -> Int {
  let first = Array(one.lowercased().prefix(64))
  let second = Array(other.lowercased().prefix(64))
  var row = Array(0...second.count)
  for (i, letter) in first.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for j in second.indices {
      let cost = min(diagonal + (letter == second[j] ? 0 : 1), row[j] + 1, row[j + 1] + 1)
      diagonal = row[j + 1]
      row[j + 1] = cost
    }
  }
  return row[second.count]
}

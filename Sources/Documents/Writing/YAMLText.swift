internal import Yams

/// Writes a JSON document as YAML in block style, keys in their order: the form of `-o yaml`.
///
/// JSON is YAML already (YAML 1.2 section 1.3), so Yams reads it and only the style is changed; what cannot be read is
/// answered as it came.
package func yamlText(json: String) -> String {
  guard let node = try? Yams.compose(yaml: json), let text = try? Yams.serialize(node: inBlockStyle(node)) else {
    return json
  }
  return text
}

private func inBlockStyle(_ node: Node) -> Node {
  switch node {
  case .mapping(let mapping):
    let pairs = mapping.map { (inBlockStyle($0.key), inBlockStyle($0.value)) }
    return Node(pairs, Tag(.implicit), pairs.isEmpty ? .flow : .block)
  case .sequence(let sequence):
    let elements = sequence.map(inBlockStyle)
    return Node(elements, Tag(.implicit), elements.isEmpty ? .flow : .block)
  case .scalar(var scalar):
    // Keep the quotes of texts that would read as something else.
    if scalar.style == .doubleQuoted, Resolver.default.resolveTag(of: Node(scalar.string)) == .str {
      scalar.style = .any
    }
    return .scalar(scalar)
  default: return node
  }
}

package import JSON

/// A field selector such as `metadata.name=nginx,type!=Normal`: all its requirements must hold.
package struct FieldSelector: Hashable, Sendable {
  package var requirements: [Requirement]

  package struct Requirement: Hashable, Sendable {
    package var path: [String]
    package var value: String
    package var isNegated: Bool
  }

  /// The selector that selects everything.
  package static let everything = FieldSelector(requirements: [])

  package init(requirements: [Requirement]) { self.requirements = requirements }

  /// Reads the query parameter `fieldSelector`; a field by which the kind cannot be selected is refused.
  package init(_ text: String, for kind: ResourceKind) throws(APIError) {
    requirements = []
    for part in text.split(separator: ",") {
      guard let equals = part.firstIndex(of: "=") else {
        throw .badRequest("invalid field selector: \"\(part)\": can't understand it")
      }
      let isNegated = part[..<equals].hasSuffix("!")
      let field = String((isNegated ? part[..<equals].dropLast() : part[..<equals]).trimmed)
      let rest = part[part.index(after: equals)...]
      let value = String((rest.hasPrefix("=") ? rest.dropFirst() : rest).trimmed)
      guard ["metadata.name", "metadata.namespace"].contains(field) || kind.selectableFields.contains(field) else {
        throw .badRequest("field label not supported: \(field)")
      }
      requirements.append(
        Requirement(path: field.split(separator: ".").map(String.init), value: value, isNegated: isNegated))
    }
  }

  package func matches(_ object: JSONValue) -> Bool {
    requirements.allSatisfy { requirement in
      let value = object[at: requirement.path]
      let text = value?.string ?? value?.integer.map(String.init) ?? value?.bool.map(String.init) ?? ""
      return (text == requirement.value) != requirement.isNegated
    }
  }
}

package import JSON

/// A JSON patch (RFC 6902): a list of operations that apply in order, all or none.
package struct JSONPatch: Sendable {
  private let operations: [JSONValue]

  package init(_ value: JSONValue) throws(APIError) {
    guard let operations = value.array else { throw .badRequest("a JSON patch is an array of operations") }
    self.operations = operations
  }

  /// The document after all operations; throws 422 when one cannot be applied.
  package func apply(to document: JSONValue) throws(APIError) -> JSONValue {
    var document = document
    for operation in operations {
      guard let name = operation["op"]?.string, let path = operation["path"]?.string else {
        throw .badRequest("a JSON patch operation has an op and a path")
      }
      document = try Self.apply(name, operation, at: try Self.pointer(path), to: document)
    }
    return document
  }

  private static func apply(
    _ name: String, _ operation: JSONValue, at path: [String], to document: JSONValue
  ) throws(APIError) -> JSONValue {
    switch name {
    case "add":
      return try edit(document, path[...], .add(try value(of: operation)))
    case "replace":
      return try edit(document, path[...], .replace(try value(of: operation)))
    case "remove":
      return try edit(document, path[...], .remove)
    case "test":
      guard try read(document, path) == (try value(of: operation)) else {
        throw APIError(code: 422, reason: "Invalid", message: "the JSON patch's test at \(path) failed")
      }
      return document
    case "copy", "move":
      guard let from = operation["from"]?.string else { throw .badRequest("\(name) needs a from") }
      let source = try pointer(from)
      let moved = try read(document, source)
      let rest = name == "move" ? try edit(document, source[...], .remove) : document
      return try edit(rest, path[...], .add(moved))
    default:
      throw .badRequest("unknown JSON patch operation \"\(name)\"")
    }
  }

  private enum Edit {
    case add(JSONValue)
    case replace(JSONValue)
    case remove
  }

  private static func edit(
    _ document: JSONValue, _ path: ArraySlice<String>, _ edit: Edit
  ) throws(APIError) -> JSONValue {
    guard let step = path.first else {
      switch edit {
      case .add(let value), .replace(let value): return value
      case .remove: return .null
      }
    }
    let rest = path.dropFirst()
    switch document {
    case .object(var members):
      if !rest.isEmpty {
        guard let child = members[step] else { throw missing(step) }
        members[step] = try Self.edit(child, rest, edit)
      } else {
        switch edit {
        case .add(let value): members[step] = value
        case .replace(let value):
          guard members.updateValue(value, forKey: step) != nil else { throw missing(step) }
        case .remove:
          guard members.removeValue(forKey: step) != nil else { throw missing(step) }
        }
      }
      return .object(members)
    case .array(var elements):
      if rest.isEmpty, case .add(let value) = edit {
        let index = step == "-" ? elements.count : try self.index(step)
        guard index <= elements.count else { throw missing(step) }
        elements.insert(value, at: index)
        return .array(elements)
      }
      let index = try self.index(step)
      guard index < elements.count else { throw missing(step) }
      if rest.isEmpty, case .remove = edit {
        elements.remove(at: index)
      } else {
        elements[index] = try Self.edit(elements[index], rest, edit)
      }
      return .array(elements)
    default:
      throw missing(step)
    }
  }

  private static func read(_ document: JSONValue, _ path: [String]) throws(APIError) -> JSONValue {
    var value = document
    for step in path {
      if let child = value[step] {
        value = child
      } else if let elements = value.array, let index = Int(step), elements.indices.contains(index) {
        value = elements[index]
      } else {
        throw missing(step)
      }
    }
    return value
  }

  private static func value(of operation: JSONValue) throws(APIError) -> JSONValue {
    guard let value = operation["value"] else { throw .badRequest("the JSON patch operation needs a value") }
    return value
  }

  /// The steps of a JSON pointer (RFC 6901).
  private static func pointer(_ text: String) throws(APIError) -> [String] {
    if text.isEmpty { return [] }
    guard text.hasPrefix("/") else { throw .badRequest("\"\(text)\" is no JSON pointer: it begins with a slash") }
    return text.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map { step in
      step.split(separator: "~1", omittingEmptySubsequences: false)
        .map { $0.split(separator: "~0", omittingEmptySubsequences: false).joined(separator: "~") }
        .joined(separator: "/")
    }
  }

  private static func index(_ step: String) throws(APIError) -> Int {
    guard let index = Int(step), index >= 0 else { throw missing(step) }
    return index
  }

  private static func missing(_ step: String) -> APIError {
    APIError(
      code: 422, reason: "Invalid",
      message: "the server rejected our request due to an error in our request: "
        + "the JSON patch's path has no \"\(step)\"")
  }
}

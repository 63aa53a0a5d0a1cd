package import JSON

/// A JSON patch (RFC 6902): a list of operations that apply in order, all or none.
package struct JSONPatch: Sendable {
  private let operations: [Operation]

  /// How many operations a patch may have.
  static let most = 10_000

  private enum Operation: Sendable {
    case add([String], JSONValue)
    case replace([String], JSONValue)
    case remove([String])
    case test([String], JSONValue)
    case copy(from: [String], to: [String])
    case move(from: [String], to: [String])
  }

  package init(_ value: JSONValue) throws(APIError) {
    guard let list = value.array else {
      throw .badRequest("error decoding patch: a JSON patch is an array of operations")
    }
    guard list.count <= Self.most else {
      throw APIError(
        code: 413, reason: "RequestEntityTooLarge",
        message: "The allowed maximum operations in a JSON patch is \(Self.most), got \(list.count)")
    }
    var operations: [Operation] = []
    for operation in list { operations.append(try Self.operation(operation)) }
    self.operations = operations
  }

  /// The document after all operations; throws 422 when one cannot be applied.
  package func apply(to document: JSONValue) throws(APIError) -> JSONValue {
    var document = document
    for operation in operations {
      switch operation {
      case .add(let path, let value): document = try Self.edit(document, path[...], .add(value), whole: path)
      case .replace(let path, let value): document = try Self.edit(document, path[...], .replace(value), whole: path)
      case .remove(let path): document = try Self.edit(document, path[...], .remove, whole: path)
      case .test(let path, let value):
        // Nothing is as good as null, in a test.
        let found = (try? Self.read(document, path)) ?? .null
        guard found.isSame(as: value) else {
          throw .unprocessable("testing value \(Self.text(path)) failed: test failed", field: Self.text(path))
        }
      case .copy(let from, let to):
        document = try Self.edit(document, to[...], .add(try Self.read(document, from)), whole: to)
      case .move(let from, let to):
        let value = try Self.read(document, from)
        document = try Self.edit(document, from[...], .remove, whole: from)
        document = try Self.edit(document, to[...], .add(value), whole: to)
      }
    }
    return document
  }

  private static func operation(_ value: JSONValue) throws(APIError) -> Operation {
    guard let name = value["op"]?.string, let text = value["path"]?.string else {
      throw .badRequest("error decoding patch: a JSON patch operation has an op and a path")
    }
    let path = try pointer(text)
    switch name {
    case "add": return .add(path, try member("value", of: value))
    case "replace": return .replace(path, try member("value", of: value))
    case "remove": return .remove(path)
    case "test": return .test(path, value["value"] ?? .null)
    case "copy", "move":
      let from = try pointer(try member("from", of: value).string ?? "?")
      guard name == "move" else { return .copy(from: from, to: path) }
      guard !(path.count > from.count && path.starts(with: from)) else {
        throw .unprocessable("a value cannot be moved into itself", field: text)
      }
      return .move(from: from, to: path)
    default: throw .unprocessable("Unexpected kind: \(name)", field: text)
    }
  }

  private static func member(_ name: String, of operation: JSONValue) throws(APIError) -> JSONValue {
    guard let value = operation[name] else {
      throw .badRequest(
        "error decoding patch: the JSON patch operation \(operation["op"]?.string ?? "") needs a \(name)")
    }
    return value
  }

  private enum Edit {
    case add(JSONValue)
    case replace(JSONValue)
    case remove
  }

  private static func edit(
    _ document: JSONValue, _ path: ArraySlice<String>, _ edit: Edit, whole: [String]
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
        guard let child = members[step] else { throw missing(whole) }
        members[step] = try Self.edit(child, rest, edit, whole: whole)
      } else if case .add(let value) = edit {
        members[step] = value
      } else {
        guard members[step] != nil else { throw missing(whole) }
        if case .replace(let value) = edit { members[step] = value } else { members[step] = nil }
      }
      return .object(members)
    case .array(var elements):
      if rest.isEmpty, case .add(let value) = edit {
        let index = step == "-" ? elements.count : try index(step, upTo: elements.count, whole)
        elements.insert(value, at: index)
        return .array(elements)
      }
      let index = try index(step, upTo: elements.count - 1, whole)
      if rest.isEmpty, case .remove = edit {
        elements.remove(at: index)
      } else {
        elements[index] = try Self.edit(elements[index], rest, edit, whole: whole)
      }
      return .array(elements)
    default: throw missing(whole)
    }
  }

  private static func read(_ document: JSONValue, _ path: [String]) throws(APIError) -> JSONValue {
    var value = document
    for step in path {
      if let child = value[step] {
        value = child
      } else if let elements = value.array {
        value = elements[try index(step, upTo: elements.count - 1, path)]
      } else {
        throw missing(path)
      }
    }
    return value
  }

  /// The steps of a JSON pointer (RFC 6901).
  private static func pointer(_ text: String) throws(APIError) -> [String] {
    if text.isEmpty { return [] }
    guard text.hasPrefix("/") else { throw .unprocessable("a JSON pointer begins with a slash", field: text) }
    return text.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map { step in
      step.split(separator: "~1", omittingEmptySubsequences: false)
        .map { $0.split(separator: "~0", omittingEmptySubsequences: false).joined(separator: "~") }
        .joined(separator: "/")
    }
  }

  private static func text(_ path: [String]) -> String {
    path.map { step in
      "/"
        + step.split(separator: "~", omittingEmptySubsequences: false).joined(separator: "~0")
        .split(separator: "/", omittingEmptySubsequences: false).joined(separator: "~1")
    }.joined()
  }

  /// An index of a list: digits without a leading zero, within bounds.
  private static func index(_ step: String, upTo last: Int, _ path: [String]) throws(APIError) -> Int {
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    guard !step.isEmpty, step.utf8.allSatisfy(digits.contains), step == "0" || !step.hasPrefix("0"),
      let index = Int(step)
    else { throw missing(path) }
    guard index <= last else {
      throw .unprocessable("Unable to access invalid index: \(step): invalid index referenced", field: text(path))
    }
    return index
  }

  private static func missing(_ path: [String]) -> APIError {
    .unprocessable("doc is missing path: \(text(path)): missing value", field: text(path))
  }
}

extension JSONValue {
  /// Equality that does not mind how a number is written (RFC 6902 section 4.6).
  func isSame(as other: JSONValue) -> Bool {
    switch (self, other) {
    case (.integer(let one), .number(let two)), (.number(let two), .integer(let one)): Double(one) == two
    case (.array(let one), .array(let two)): one.count == two.count && zip(one, two).allSatisfy { $0.isSame(as: $1) }
    case (.object(let one), .object(let two)):
      one.count == two.count && one.allSatisfy { key, value in two[key].map(value.isSame) ?? false }
    default: self == other
    }
  }
}

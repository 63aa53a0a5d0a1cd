import JSON

/// What is odd in the text of an object, although it can be read: unknown fields and fields that are given twice.
enum StrictReading {
  /// How many oddities are told at most.
  static let most = 100

  /// The oddities in the order of the text; of custom kinds, as Kubernetes has it, those given twice first.
  static func oddities(in body: [UInt8], of kind: ResourceKind) -> [String] {
    let (unknown, twice, all) = read(body, kind.schema ?? .any, looksIntoUnknown: kind.isCustom)
    let list = kind.isCustom ? twice + unknown.sorted() : all
    return Array(list.prefix(most))
  }

  /// Fields that are given twice in a text of any shape.
  static func duplicates(in body: [UInt8]) -> [String] {
    Array(read(body, .any, looksIntoUnknown: true).twice.prefix(most))
  }

  private static func read(
    _ body: [UInt8], _ schema: Schema, looksIntoUnknown: Bool
  ) -> (unknown: [String], twice: [String], all: [String]) {
    body.span.withUnsafeBufferPointer { buffer in
      var walk = Walk(reader: JSONReader(buffer), looksIntoUnknown: looksIntoUnknown)
      // What cannot be read was refused before.
      try? walk.value(schema, at: "")
      return (walk.unknown, walk.twice, walk.all)
    }
  }

  private struct Walk {
    var reader: JSONReader
    var looksIntoUnknown: Bool
    var unknown: [String] = []
    var twice: [String] = []
    var all: [String] = []

    mutating func value(_ schema: Schema?, at path: String) throws(JSONError) {
      switch try reader.peek() {
      case .object:
        var seen: Set<String> = []
        try reader.beginObject()
        while let key = try reader.nextKey()?.string {
          let child = path.isEmpty ? key : "\(path).\(key)"
          let isFirst = seen.insert(key).inserted
          let known = schema?.known(key)
          if isFirst, schema != nil, known == nil {
            unknown.append("unknown field \"\(child)\"")
            all.append("unknown field \"\(child)\"")
          } else if !isFirst, known != nil || looksIntoUnknown, !twice.contains("duplicate field \"\(child)\"") {
            twice.append("duplicate field \"\(child)\"")
            all.append("duplicate field \"\(child)\"")
          }
          if known == nil, !looksIntoUnknown { try reader.skipValue() } else { try value(known, at: child) }
        }
      case .array:
        var index = 0
        try reader.beginArray()
        while try reader.nextElement() {
          try value(schema?.element ?? (schema == nil ? nil : .any), at: "\(path)[\(index)]")
          index += 1
        }
      default: try reader.skipValue()
      }
    }
  }
}

extension Schema {
  /// The schema of a member that may be given; nil for an unknown field.
  fileprivate func known(_ key: String) -> Schema? {
    switch type {
    case .object(let members): members[key]?.schema ?? (members.isOpen ? .any : nil)
    case .map(let value, _): value
    default: .any
    }
  }
}

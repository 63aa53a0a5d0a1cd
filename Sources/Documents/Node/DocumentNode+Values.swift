extension DocumentNode {
  /// The fields of a mapping.
  package func mapping() throws(DocumentError) -> DocumentFields {
    guard case .mapping(let entries) = content else {
      throw error("a mapping (key: value) is expected here, not \(kind)")
    }
    return DocumentFields(node: self, entries: entries)
  }

  /// The entries of a mapping whose keys are free, in the order of the text.
  package func entries() throws(DocumentError) -> [(key: String, value: DocumentNode)] {
    if isNull { return [] }
    guard case .mapping(let entries) = content else {
      throw error("a mapping (key: value) is expected here, not \(kind)")
    }
    return entries.map { ($0.key, $0.value) }
  }

  /// The elements of a list; none for null, which is how some programs write an empty one.
  package func sequence() throws(DocumentError) -> [DocumentNode] {
    if isNull { return [] }
    guard case .sequence(let elements) = content else { throw error("a list is expected here, not \(kind)") }
    return elements
  }

  /// A text, as written: a plain `1.10` stays `1.10`.
  package func string() throws(DocumentError) -> String {
    guard case .scalar(let text, _) = content, !isNull else { throw error("a text is expected here, not \(kind)") }
    return text
  }

  /// A text that is not empty.
  package func nonemptyString() throws(DocumentError) -> String {
    let text = try string()
    guard !text.isEmpty else { throw error("a text is expected here, not an empty one: fill it in") }
    return text
  }

  /// A list of texts.
  package func strings() throws(DocumentError) -> [String] {
    var texts: [String] = []
    for element in try sequence() { texts.append(try element.string()) }
    return texts
  }

  /// A whole number within bounds.
  package func integer(in range: ClosedRange<Int>) throws(DocumentError) -> Int {
    guard case .scalar(let text, isPlain: true) = content, let value = Int(text), range.contains(value) else {
      throw error("a whole number from \(range.lowerBound) to \(range.upperBound) is expected here")
    }
    return value
  }

  /// A number within bounds.
  package func number(in range: ClosedRange<Double>) throws(DocumentError) -> Double {
    guard case .scalar(let text, isPlain: true) = content, let value = Double(text), range.contains(value) else {
      throw error("a number from \(range.lowerBound) to \(range.upperBound) is expected here")
    }
    return value
  }

  /// `true` or `false`, and none of the other words that YAML has had for them.
  package func boolean() throws(DocumentError) -> Bool {
    guard case .scalar(let text, isPlain: true) = content, let value = Bool(text) else {
      throw error("true or false is expected here")
    }
    return value
  }

  /// One of the words of an enumeration.
  package func choice<Choice>(_ type: Choice.Type) throws(DocumentError) -> Choice
  where Choice: RawRepresentable<String> & CaseIterable {
    guard case .scalar(let text, _) = content, let value = Choice(rawValue: text) else {
      throw error("one of \(Choice.allCases.map(\.rawValue).joined(separator: ", ")) is expected here")
    }
    return value
  }

  /// A span of time with its unit: `60s`, `500ms`, `1h30m`.
  package func duration() throws(DocumentError) -> Duration {
    guard case .scalar(let text, _) = content, let value = parseDuration(text) else {
      throw error("a time with its unit is expected here, such as 500ms, 60s, 5m or 1h30m")
    }
    return value
  }

  /// A host and a port: `127.0.0.1:8443`, `[::1]:53`, `ns1.example.com:53`.
  ///
  /// - Parameter defaultPort: the port where the text gives none; nil when it must give one.
  package func hostAndPort(defaultPort: Int?) throws(DocumentError) -> HostAndPort {
    guard case .scalar(let text, _) = content, let value = HostAndPort(text, defaultPort: defaultPort) else {
      throw error(
        "an address\(defaultPort == nil ? " and a port" : "") is expected here, such as 127.0.0.1:5311 or [::1]:5311")
    }
    return value
  }
}

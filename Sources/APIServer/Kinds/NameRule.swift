/// The forms that names, labels and keys must have, and how a Kubernetes API server says that one has not.
struct NameRule {
  var message: String
  var accepts: @Sendable (String) -> Bool

  /// The error for a field, nil when the text is well formed.
  func error(_ field: String, _ text: String) -> FieldError? {
    accepts(text) ? nil : .invalid(field, "\"\(text)\"", message)
  }

  static let subdomain = NameRule(
    message: "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must "
      + "start and end with an alphanumeric character"
      + example("'example.com'", pattern: "\(labelPattern)(\\.\(labelPattern))*"),
    accepts: ObjectShape.isName)

  static let label = NameRule(
    message: "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and "
      + "end with an alphanumeric character" + example("'my-name',  or '123-abc'", pattern: labelPattern),
    accepts: { ObjectShape.isLabel($0) })

  static let serviceName = NameRule(
    message: "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic "
      + "character, and end with an alphanumeric character"
      + example("'my-name',  or 'abc-123'", pattern: "[a-z]([-a-z0-9]*[a-z0-9])?"),
    accepts: { ObjectShape.isLabel($0) && $0.first?.isNumber == false })

  static let configKey = NameRule(
    message: "a valid config key must consist of alphanumeric characters, '-', '_' or '.'"
      + example("'key.name',  or 'KEY_NAME',  or 'key-name'", pattern: "[-._a-zA-Z0-9]+"),
    accepts: { key in
      !key.isEmpty && key.utf8.count <= 253 && key.allSatisfy { isAlphanumeric($0) || "-_.".contains($0) }
        && key != "." && !key.hasPrefix("..")
    })

  static let labelValue = NameRule(
    message: "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must "
      + "start and end with an alphanumeric character"
      + example(
        "'MyValue',  or 'my_value',  or '12345'", pattern: "(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?"),
    accepts: { $0.isEmpty || isNamePart($0) })

  /// The key of a label or an annotation: a name, before it perhaps a domain and a slash.
  static let qualifiedName = NameRule(
    message: "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an "
      + "alphanumeric character"
      + example("'MyName',  or 'my.name',  or '123-abc'", pattern: "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]"),
    accepts: { key in
      let parts = key.split(separator: "/", omittingEmptySubsequences: false)
      guard parts.count <= 2, let name = parts.last, isNamePart(String(name)) else { return false }
      return parts.count == 1 || ObjectShape.isName(String(parts[0]))
    })

  private static let labelPattern = "[a-z0-9]([-a-z0-9]*[a-z0-9])?"

  private static func example(_ examples: String, pattern: String) -> String {
    " (e.g. \(examples), regex used for validation is '\(pattern)')"
  }

  private static func isAlphanumeric(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber)
  }

  private static func isNamePart(_ text: String) -> Bool {
    guard let first = text.first, let last = text.last, text.utf8.count <= 63 else { return false }
    return isAlphanumeric(first) && isAlphanumeric(last)
      && text.allSatisfy { isAlphanumeric($0) || "-_.".contains($0) }
  }
}

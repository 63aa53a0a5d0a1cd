/// What the query and the headers of a write say about it.
struct WriteOptions {
  var writer: Registry.Writer
  var validation: FieldValidation
  /// Whether an apply takes fields from other owners.
  var force: Bool

  /// The longest name that a field manager may have.
  static let longestManager = 128

  /// - Parameter options: what refusals call the options, e.g. `CreateOptions`.
  init(_ info: RequestInfo, _ options: String) throws(APIError) {
    let manager = info.query["fieldManager"]
    let isApply = info.mediaType == Patch.applyType
    if let manager, manager.utf8.count > Self.longestManager {
      throw .invalidOptions(
        options,
        FieldError(
          field: "fieldManager", reason: "FieldValueTooLong",
          message: "Too long: may not be more than \(Self.longestManager) bytes"))
    }
    if let manager, !manager.unicodeScalars.allSatisfy(\.isPrintable) {
      throw .invalidOptions(
        options, .invalid("fieldManager", "\"\"", "should only contain printable characters"))
    }
    if isApply, manager == nil {
      throw .invalidOptions(options, .required("fieldManager", "is required for apply patch"))
    }
    if !isApply, info.query["force"] != nil {
      throw .invalidOptions(
        options,
        FieldError(
          field: "force", reason: "FieldValueForbidden",
          message: "Forbidden: may not be specified for non-apply patch"))
    }
    writer = .client(as: manager ?? Self.program(info.userAgent))
    writer.creationRefusal = info.creationRefusal
    force = info.query.isSet("force")
    validation = try FieldValidation(query: info.query["fieldValidation"], options: options)
    if validation.mode != .ignore, info.method == "PATCH" {
      validation.found = StrictReading.duplicates(in: info.body)
      if isApply, validation.mode == .strict, !validation.found.isEmpty {
        throw .badRequest("error strict decoding YAML: \(validation.found.joined(separator: ", "))")
      }
    }
  }

  /// The name of the program at the start of a user agent.
  private static func program(_ userAgent: String) -> String {
    var name = ""
    for scalar in userAgent.prefix(while: { $0 != "/" }).unicodeScalars where scalar.isPrintable {
      guard name.utf8.count < longestManager else { break }
      name.unicodeScalars.append(scalar)
    }
    return name
  }
}

extension Unicode.Scalar {
  fileprivate var isPrintable: Bool {
    switch properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
    case .spaceSeparator: self == " "
    default: true
    }
  }
}

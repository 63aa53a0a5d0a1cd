/// What is wrong with one field of a submitted object.
package struct FieldError: Hashable, Sendable, CustomStringConvertible {
  package var field: String
  /// `FieldValueRequired`, `FieldValueInvalid`, `FieldValueNotSupported` or `FieldValueForbidden`.
  package var reason: String
  package var message: String

  package var description: String { "\(field): \(message)" }

  package static func required(_ field: String, _ why: String = "") -> FieldError {
    FieldError(
      field: field, reason: "FieldValueRequired", message: why.isEmpty ? "Required value" : "Required value: \(why)")
  }

  package static func invalid(_ field: String, _ value: String, _ why: String) -> FieldError {
    FieldError(field: field, reason: "FieldValueInvalid", message: "Invalid value: \(value): \(why)")
  }

  package static func forbidden(_ field: String, _ why: String) -> FieldError {
    FieldError(field: field, reason: "FieldValueForbidden", message: "Forbidden: \(why)")
  }

  package static func duplicate(_ field: String, _ value: String) -> FieldError {
    FieldError(field: field, reason: "FieldValueDuplicate", message: "Duplicate value: \(value)")
  }

  package static func unsupported(_ field: String, _ value: String, supported: [String]) -> FieldError {
    let list = supported.map { "\"\($0)\"" }.joined(separator: ", ")
    return FieldError(
      field: field, reason: "FieldValueNotSupported",
      message: "Unsupported value: \"\(value)\": supported values: \(list)")
  }
}

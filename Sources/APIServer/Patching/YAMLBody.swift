import Documents
import JSON

/// YAML as a body of a request.
enum YAMLBody {
  static func value(_ body: [UInt8]) throws(APIError) -> JSONValue {
    do throws(DocumentError) {
      return value(try DocumentNode.parse(String(decoding: body, as: UTF8.self), name: "body"))
    } catch {
      throw .badRequest("error decoding YAML: \(error)")
    }
  }

  private static func value(_ node: DocumentNode) -> JSONValue {
    switch node.content {
    case .mapping(let entries):
      .object(Dictionary(entries.map { ($0.key, value($0.value)) }) { _, last in last })
    case .sequence(let elements): .array(elements.map(value))
    case .scalar(let text, let isPlain): isPlain ? scalar(text) : .string(text)
    }
  }

  /// What a plain scalar stands for in YAML 1.1, as far as Kubernetes' reader goes.
  private static func scalar(_ text: String) -> JSONValue {
    switch text {
    case "", "~", "null", "Null", "NULL": return .null
    case "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON": return true
    case "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF": return false
    default: break
    }
    if let number = try? JSONValue.parse(text), number.integer != nil || number.isFraction { return number }
    if text.hasPrefix("0x"), let value = Int64(text.dropFirst(2), radix: 16) { return .integer(value) }
    return .string(text)
  }
}

extension JSONValue {
  var isFraction: Bool { if case .number = self { true } else { false } }
}

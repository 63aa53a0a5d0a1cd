import JSON

/// How the numbered fields of a message become the named fields of an object.
struct ProtobufShape: Sendable {
  /// By number; fields that are not named are passed over, as they are set by servers.
  var fields: [Int: Field]

  struct Field: Sendable {
    var name: String
    var form: Form
  }

  indirect enum Form: Sendable {
    case string, bool, integer, strings, stringMap, intOrString
    case message(ProtobufShape)
    case messages(ProtobufShape)
  }

  init(_ fields: [Int: (String, Form)]) { self.fields = fields.mapValues { Field(name: $0.0, form: $0.1) } }

  func object(_ message: ProtobufMessage) throws(APIError) -> JSONValue {
    var object: JSONValue = [:]
    for (number, value) in message.fields {
      guard let field = fields[number] else { continue }
      let old = object[field.name]
      switch (field.form, value) {
      case (.string, .bytes(let bytes)):
        // Go writes empty strings too; JSON leaves them out.
        object[field.name] = bytes.isEmpty ? JSONValue?.none : .string(Self.text(bytes))
      case (.bool, .number(let number)): object[field.name] = number == 0 ? JSONValue?.none : .bool(true)
      case (.integer, .number(let number)):
        object[field.name] = number == 0 ? JSONValue?.none : .integer(Int64(bitPattern: number))
      case (.strings, .bytes(let bytes)): object[field.name] = .array((old?.array ?? []) + [.string(Self.text(bytes))])
      case (.stringMap, .bytes(let bytes)):
        let entry = try ProtobufMessage(bytes)
        var map = old ?? [:]
        map[Self.text(entry.bytes(1) ?? [])] = .string(Self.text(entry.bytes(2) ?? []))
        object[field.name] = map
      case (.intOrString, .bytes(let bytes)): object[field.name] = Self.intOrString(try ProtobufMessage(bytes))
      case (.message(let shape), .bytes(let bytes)): object[field.name] = try shape.object(try ProtobufMessage(bytes))
      case (.messages(let shape), .bytes(let bytes)):
        object[field.name] = .array((old?.array ?? []) + [try shape.object(try ProtobufMessage(bytes))])
      default: throw ProtobufBody.unreadable
      }
    }
    return object
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

  private static func intOrString(_ message: ProtobufMessage) -> JSONValue {
    var number: UInt64 = 0
    var isText = false
    for (field, value) in message.fields {
      if field == 1, case .number(let type) = value { isText = type == 1 }
      if field == 2, case .number(let value) = value { number = value }
    }
    return isText ? .string(text(message.bytes(3) ?? [])) : .integer(Int64(bitPattern: number))
  }
}

extension ProtobufShape {
  /// The kinds that are read, by `apiVersion/kind`: field numbers of `generated.proto` in k8s.io/api.
  static let shapes: [String: ProtobufShape] = [
    "v1/Namespace": ProtobufShape([1: ("metadata", .message(metadata))]),
    "v1/ConfigMap": ProtobufShape([
      1: ("metadata", .message(metadata)), 2: ("data", .stringMap), 4: ("immutable", .bool),
    ]),
    "v1/Service": ProtobufShape([1: ("metadata", .message(metadata)), 2: ("spec", .message(service))]),
    "authorization.k8s.io/v1/SelfSubjectAccessReview": ProtobufShape([
      1: ("metadata", .message(metadata)),
      2: (
        "spec",
        .message(
          ProtobufShape([
            1: ("resourceAttributes", .message(resource)),
            2: (
              "nonResourceAttributes", .message(ProtobufShape([1: ("path", .string), 2: ("verb", .string)]))
            ),
          ]))
      ),
    ]),
    "authorization.k8s.io/v1/SelfSubjectRulesReview": ProtobufShape([
      1: ("metadata", .message(metadata)), 2: ("spec", .message(ProtobufShape([1: ("namespace", .string)]))),
    ]),
    "authentication.k8s.io/v1/SelfSubjectReview": ProtobufShape([1: ("metadata", .message(metadata))]),
  ]

  private static let metadata = ProtobufShape([
    1: ("name", .string), 2: ("generateName", .string), 3: ("namespace", .string), 11: ("labels", .stringMap),
    12: ("annotations", .stringMap), 14: ("finalizers", .strings),
  ])

  private static let resource = ProtobufShape([
    1: ("namespace", .string), 2: ("verb", .string), 3: ("group", .string), 4: ("version", .string),
    5: ("resource", .string), 6: ("subresource", .string), 7: ("name", .string),
  ])

  private static let service = ProtobufShape([
    1: ("ports", .messages(port)), 2: ("selector", .stringMap), 3: ("clusterIP", .string), 4: ("type", .string),
    5: ("externalIPs", .strings), 7: ("sessionAffinity", .string), 8: ("loadBalancerIP", .string),
    9: ("loadBalancerSourceRanges", .strings), 10: ("externalName", .string), 11: ("externalTrafficPolicy", .string),
    12: ("healthCheckNodePort", .integer), 13: ("publishNotReadyAddresses", .bool), 17: ("ipFamilyPolicy", .string),
    18: ("clusterIPs", .strings), 19: ("ipFamilies", .strings), 20: ("allocateLoadBalancerNodePorts", .bool),
    21: ("loadBalancerClass", .string), 22: ("internalTrafficPolicy", .string), 23: ("trafficDistribution", .string),
  ])

  private static let port = ProtobufShape([
    1: ("name", .string), 2: ("protocol", .string), 3: ("port", .integer), 4: ("targetPort", .intOrString),
    5: ("nodePort", .integer), 6: ("appProtocol", .string),
  ])
}

import JSON

/// The part of `metadata` that anything here needs.
package struct ObjectMetadata: Hashable, Sendable {
  var key = ObjectKey(name: "")
  var uid = ""
  var resourceVersion = ""
  var labels: [String: String] = [:]
  var annotations: [String: String] = [:]
  var isDeleting = false

  /// What the names of zonetop's own annotations start with; no others are kept.
  package static let annotationPrefix = "federation.zonetop.dev/"

  /// Which labels an object keeps.
  enum Keeping {
    case all
    case serviceName
    case topology
    case none

    func keeps(_ label: JSONText) -> Bool {
      switch self {
      case .all: true
      case .none: false
      case .serviceName: label == "kubernetes.io/service-name"
      case .topology:
        label.hasPrefix("topology.kubernetes.io/") || label.hasPrefix("failure-domain.beta.kubernetes.io/")
      }
    }

    func keeps(_ label: ProtobufBytes) -> Bool {
      switch self {
      case .all: true
      case .none: false
      case .serviceName: label == "kubernetes.io/service-name"
      case .topology:
        label.hasPrefix("topology.kubernetes.io/") || label.hasPrefix("failure-domain.beta.kubernetes.io/")
      }
    }
  }

  static func read(
    _ reader: inout JSONReader, _ context: inout DecodingContext, keeping: Keeping
  ) throws(JSONError) -> ObjectMetadata {
    var metadata = ObjectMetadata()
    try reader.beginObject()
    while let key = try reader.nextKey() {
      switch key {
      case "name": metadata.key.name = try reader.cleanString()
      case "namespace": metadata.key.namespace = context.strings.string(try reader.text())
      case "uid": if keeping == .all { metadata.uid = try reader.cleanString() } else { try reader.skipValue() }
      case "resourceVersion": metadata.resourceVersion = try reader.string()
      case "deletionTimestamp":
        if try !reader.skipNull() {
          metadata.isDeleting = true
          try reader.skipValue()
        }
      case "labels":
        try metadata.readLabels(&reader, &context, keeping: keeping)
      case "annotations":
        try metadata.readAnnotations(&reader, keeping: keeping)
      default: try reader.skipValue()
      }
    }
    return metadata
  }

  private mutating func readLabels(
    _ reader: inout JSONReader, _ context: inout DecodingContext, keeping: Keeping
  ) throws(JSONError) {
    if try reader.skipNull() { return }
    guard keeping != .none else { return try reader.skipValue() }
    try reader.beginObject()
    while let label = try reader.nextKey() {
      if keeping.keeps(label) {
        labels[context.strings.string(label)] = context.strings.string(try reader.text())
      } else {
        try reader.skipValue()
      }
    }
  }

  private mutating func readAnnotations(_ reader: inout JSONReader, keeping: Keeping) throws(JSONError) {
    if try reader.skipNull() { return }
    guard keeping == .all else { return try reader.skipValue() }
    try reader.beginObject()
    while let name = try reader.nextKey() {
      if name.hasPrefix("federation.zonetop.dev/") {
        annotations[name.string] = try reader.string()
      } else {
        try reader.skipValue()
      }
    }
  }

  // Field numbers: k8s.io/apimachinery/pkg/apis/meta/v1/generated.proto, ObjectMeta.
  static func read(
    _ reader: inout ProtobufReader, _ context: inout DecodingContext, keeping: Keeping
  ) throws(ProtobufError) -> ObjectMetadata {
    var metadata = ObjectMetadata()
    while let field = try reader.nextField() {
      switch field {
      case 1: metadata.key.name = try reader.cleanString()
      case 3: metadata.key.namespace = context.strings.string(try reader.bytes())
      case 5 where keeping == .all: metadata.uid = try reader.cleanString()
      case 6: metadata.resourceVersion = try reader.bytes().string
      case 9:
        metadata.isDeleting = true
        try reader.skip()
      case 11 where keeping != .none:
        let (label, value) = try reader.entry()
        if keeping.keeps(label) { metadata.labels[context.strings.string(label)] = context.strings.string(value) }
      case 12 where keeping == .all:
        let (name, value) = try reader.entry()
        if name.hasPrefix("federation.zonetop.dev/") { metadata.annotations[name.string] = value.string }
      default: try reader.skip()
      }
    }
    return metadata
  }
}

import JSON

// Field numbers: k8s.io/api/discovery/v1 and v1beta1/generated.proto, k8s.io/api/core/v1/generated.proto (Endpoints,
// EndpointSubset). Field 7 of an endpoint is its zone in v1 and something else in v1beta1.
extension EndpointSliceObject {
  package static func read(
    _ reader: inout ProtobufReader, _ context: inout DecodingContext
  ) throws(ProtobufError) -> EndpointSliceObject {
    var slice = EndpointSliceObject()
    let isEndpoints = context.resource == .endpoints
    let isBeta = context.resource == .endpointSlicesBeta
    while let field = try reader.nextField() {
      switch field {
      case 1:
        var metadata = try reader.message()
        slice.take(try ObjectMetadata.read(&metadata, &context, keeping: isEndpoints ? .none : .serviceName))
      case 2:
        var part = try reader.message()
        if isEndpoints { try slice.readSubset(&part) } else { try slice.readEndpoint(&part, &context, isBeta: isBeta) }
      case 4 where !isEndpoints: slice.addressType = AddressType(try reader.bytes())
      default: try reader.skip()
      }
    }
    if isEndpoints { slice.service = slice.key.name }
    slice.finish()
    return slice
  }

  private mutating func readEndpoint(
    _ reader: inout ProtobufReader, _ context: inout DecodingContext, isBeta: Bool
  ) throws(ProtobufError) {
    var isReady = true
    var zone: String?
    while let field = try reader.nextField() {
      switch field {
      case 2:
        var conditions = try reader.message()
        while let field = try conditions.nextField() {
          if field == 1 { isReady = try conditions.bool() } else { try conditions.skip() }
        }
      case 5:
        let (name, value) = try reader.entry()
        if name == "topology.kubernetes.io/zone" { zone = context.strings.string(value) }
      case 7 where !isBeta: zone = context.strings.string(try reader.bytes())
      default: try reader.skip()
      }
    }
    count(zone: zone, isReady: isReady)
  }

  private mutating func readSubset(_ reader: inout ProtobufReader) throws(ProtobufError) {
    while let field = try reader.nextField() {
      if field == 1 || field == 2 { count(zone: nil, isReady: field == 1) }
      try reader.skip()
    }
  }
}

package import JSON

extension EndpointSliceObject {
  package static func read(
    _ reader: inout JSONReader, _ context: inout DecodingContext
  ) throws(JSONError) -> EndpointSliceObject {
    var slice = EndpointSliceObject()
    let isEndpoints = context.resource == .endpoints
    try reader.beginObject()
    while let key = try reader.nextKey() {
      switch key {
      case "metadata": slice.take(try ObjectMetadata.read(&reader, &context, keeping: .serviceName))
      case "addressType": slice.addressType = try AddressType(reader.text())
      case "endpoints": try slice.readEndpoints(&reader, &context)
      case "subsets" where isEndpoints: try slice.readSubsets(&reader)
      default: try reader.skipValue()
      }
    }
    if isEndpoints { slice.service = slice.key.name }
    slice.finish()
    return slice
  }

  private mutating func readEndpoints(
    _ reader: inout JSONReader, _ context: inout DecodingContext
  ) throws(JSONError) {
    if try reader.skipNull() { return }
    try reader.beginArray()
    while try reader.nextElement() {
      var isReady = true
      var zone: String?
      try reader.beginObject()
      while let key = try reader.nextKey() {
        switch key {
        case "conditions": isReady = try EndpointSliceObject.readReadiness(&reader)
        case "zone": if try !reader.skipNull() { zone = context.strings.string(try reader.text()) }
        case "topology", "deprecatedTopology":
          zone = try EndpointSliceObject.readZone(&reader, &context) ?? zone
        default: try reader.skipValue()
        }
      }
      count(zone: zone, isReady: isReady)
    }
  }

  private static func readReadiness(_ reader: inout JSONReader) throws(JSONError) -> Bool {
    var isReady = true
    if try reader.skipNull() { return isReady }
    try reader.beginObject()
    while let key = try reader.nextKey() {
      if key == "ready", try !reader.skipNull() {
        isReady = try reader.bool()
      } else {
        try reader.skipValueUnlessRead(key, "ready")
      }
    }
    return isReady
  }

  private static func readZone(
    _ reader: inout JSONReader, _ context: inout DecodingContext
  ) throws(JSONError) -> String? {
    var zone: String?
    if try reader.skipNull() { return nil }
    try reader.beginObject()
    while let key = try reader.nextKey() {
      if key == "topology.kubernetes.io/zone" {
        zone = context.strings.string(try reader.text())
      } else {
        try reader.skipValue()
      }
    }
    return zone
  }

  /// The subsets of an Endpoints object.
  private mutating func readSubsets(_ reader: inout JSONReader) throws(JSONError) {
    if try reader.skipNull() { return }
    try reader.beginArray()
    while try reader.nextElement() {
      try reader.beginObject()
      while let key = try reader.nextKey() {
        switch key {
        case "addresses": try readAddresses(&reader, areReady: true)
        case "notReadyAddresses": try readAddresses(&reader, areReady: false)
        default: try reader.skipValue()
        }
      }
    }
  }

  private mutating func readAddresses(_ reader: inout JSONReader, areReady: Bool) throws(JSONError) {
    if try reader.skipNull() { return }
    try reader.beginArray()
    while try reader.nextElement() {
      try reader.skipValue()
      count(zone: nil, isReady: areReady)
    }
  }
}

extension EndpointSliceObject.AddressType {
  init(_ text: JSONText) {
    switch text {
    case "IPv4": self = .ipv4
    case "IPv6": self = .ipv6
    case "FQDN": self = .fqdn
    default: self = .other
    }
  }

  init(_ text: ProtobufBytes) {
    switch text {
    case "IPv4": self = .ipv4
    case "IPv6": self = .ipv6
    case "FQDN": self = .fqdn
    default: self = .other
    }
  }
}

import JSON

extension ServiceObject {
  mutating func readSpec(_ reader: inout JSONReader, _ context: inout DecodingContext) throws(JSONError) {
    if try reader.skipNull() { return }
    try reader.beginObject()
    while let key = try reader.nextKey() {
      switch key {
      case "type": type = context.strings.string(try reader.text())
      case "externalIPs": externalIPs = try reader.cleanStrings()
      case "ports":
        if try reader.skipNull() { continue }
        try reader.beginArray()
        while try reader.nextElement() { try readPort(&reader) }
      default: try reader.skipValue()
      }
    }
  }

  private mutating func readPort(_ reader: inout JSONReader) throws(JSONError) {
    guard port == nil else { return try reader.skipValue() }
    var number: UInt16?
    var isTCP = true
    try reader.beginObject()
    while let key = try reader.nextKey() {
      switch key {
      case "port": number = UInt16(exactly: try reader.integer())
      case "protocol": isTCP = try reader.cleanString() == "TCP"
      default: try reader.skipValue()
      }
    }
    if isTCP { port = number }
  }

  mutating func readStatus(_ reader: inout JSONReader) throws(JSONError) {
    if try reader.skipNull() { return }
    try reader.beginObject()
    while let key = try reader.nextKey() {
      guard key == "loadBalancer", try !reader.skipNull() else {
        try reader.skipValueUnlessRead(key, "loadBalancer")
        continue
      }
      try reader.beginObject()
      while let key = try reader.nextKey() {
        guard key == "ingress", try !reader.skipNull() else {
          try reader.skipValueUnlessRead(key, "ingress")
          continue
        }
        try reader.beginArray()
        while try reader.nextElement() { try readIngress(&reader) }
      }
    }
  }

  private mutating func readIngress(_ reader: inout JSONReader) throws(JSONError) {
    var address = ""
    var hostname = ""
    try reader.beginObject()
    while let key = try reader.nextKey() {
      switch key {
      case "ip": address = try reader.cleanString()
      case "hostname": hostname = try reader.cleanString()
      default: try reader.skipValue()
      }
    }
    append(address: address, hostname: hostname)
  }

  private mutating func append(address: String, hostname: String) {
    if !address.isEmpty {
      ingress.append(.address(address))
    } else if !hostname.isEmpty {
      ingress.append(.hostname(hostname))
    }
  }

  // Field numbers: k8s.io/api/core/v1/generated.proto, ServiceSpec, ServicePort, ServiceStatus, LoadBalancerStatus,
  // LoadBalancerIngress.

  mutating func readSpec(_ reader: inout ProtobufReader, _ context: inout DecodingContext) throws(ProtobufError) {
    while let field = try reader.nextField() {
      switch field {
      case 1:
        var part = try reader.message()
        try readPort(&part)
      case 4: type = context.strings.string(try reader.bytes())
      case 5: externalIPs.append(try reader.cleanString())
      default: try reader.skip()
      }
    }
  }

  private mutating func readPort(_ reader: inout ProtobufReader) throws(ProtobufError) {
    guard port == nil else { return }
    var number: UInt16?
    var isTCP = true
    while let field = try reader.nextField() {
      switch field {
      case 2: isTCP = try reader.cleanString() == "TCP"
      case 3: number = UInt16(exactly: try reader.integer())
      default: try reader.skip()
      }
    }
    if isTCP { port = number }
  }

  mutating func readStatus(_ reader: inout ProtobufReader) throws(ProtobufError) {
    while let field = try reader.nextField() {
      guard field == 1 else {
        try reader.skip()
        continue
      }
      var balancer = try reader.message()
      while let field = try balancer.nextField() {
        guard field == 1 else {
          try balancer.skip()
          continue
        }
        var point = try balancer.message()
        try readIngress(&point)
      }
    }
  }

  private mutating func readIngress(_ reader: inout ProtobufReader) throws(ProtobufError) {
    var address = ""
    var hostname = ""
    while let field = try reader.nextField() {
      switch field {
      case 1: address = try reader.cleanString()
      case 2: hostname = try reader.cleanString()
      default: try reader.skip()
      }
    }
    append(address: address, hostname: hostname)
  }
}

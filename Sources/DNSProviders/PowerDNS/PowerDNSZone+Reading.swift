import DNS
import Federation
import JSON

extension PowerDNSZone {
  /// Reads the answer to a GET of a zone.
  ///
  /// Cost: about a microsecond a record set; nothing is kept of sets that zonetop does not understand but their types.
  ///
  /// - Throws: ``JSON/JSONError`` when it is cut short or no JSON.
  /// - Returns: nil when it is JSON, but not of a zone.
  static func read(_ body: [UInt8]) throws(JSONError) -> PowerDNSZone? {
    try body.span.withUnsafeBufferPointer { buffer throws(JSONError) -> PowerDNSZone? in
      var reader = JSONReader(buffer)
      guard try reader.peek() == .object else { return nil }
      var zone = PowerDNSZone()
      var isZone = false
      try reader.beginObject()
      while let key = try reader.nextKey() {
        switch key {
        case "kind": zone.kind = try reader.string()
        case "rrsets":
          isZone = true
          try reader.beginArray()
          while try reader.nextElement() { zone.add(try PowerDNSRecordSet(&reader)) }
        default: try reader.skipValue()
        }
      }
      try reader.finish()
      return isZone ? zone : nil
    }
  }

  private mutating func add(_ set: PowerDNSRecordSet) {
    let format = PresentationText.decimal
    guard let name = format.name(set.name) else { return }
    func held(_ values: [String]) -> HeldRecordSet? {
      guard let type = RecordType(rawValue: set.type) else { return nil }
      let data = values.compactMap { format.data(type, $0) }
      return data.count == values.count ? HeldRecordSet(name: name, type: type, ttl: set.ttl, data: data) : nil
    }
    if let found = held(set.enabled.isEmpty ? set.disabled : set.enabled) {
      if set.enabled.isEmpty { disabled.append(found) } else { served.append(found) }
    } else {
      // Also a set of a known type whose values are none: PowerDNS keeps what is written past it into its database.
      others[name, default: []].append(set.type)
    }
  }
}

/// One `rrset` as it came.
private struct PowerDNSRecordSet {
  var name = ""
  var type = ""
  var ttl: UInt32 = 0
  var enabled: [String] = []
  var disabled: [String] = []

  init(_ reader: inout JSONReader) throws(JSONError) {
    try reader.beginObject()
    while let key = try reader.nextKey() {
      switch key {
      case "name": name = try reader.string()
      case "type": type = try reader.string()
      case "ttl": ttl = UInt32(clamping: try reader.integer())
      case "records":
        try reader.beginArray()
        while try reader.nextElement() { try addRecord(&reader) }
      default: try reader.skipValue()
      }
    }
  }

  private mutating func addRecord(_ reader: inout JSONReader) throws(JSONError) {
    var content = ""
    var isDisabled = false
    try reader.beginObject()
    while let key = try reader.nextKey() {
      switch key {
      case "content": content = try reader.string()
      case "disabled": isDisabled = try reader.bool()
      default: try reader.skipValue()
      }
    }
    if isDisabled { disabled.append(content) } else { enabled.append(content) }
  }
}

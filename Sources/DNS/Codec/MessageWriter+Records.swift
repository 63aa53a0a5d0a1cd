import Federation

extension MessageWriter {
  mutating func record(_ record: ResourceRecord) throws(MessageError) {
    try ownerName(record.name, record.type)
    try word(record.type.rawValue)
    try word(record.resourceClass.rawValue)
    try long(record.ttl)
    let length = position
    try word(0)
    try data(record.data, record.type)
    let count = position - length - 2
    guard count <= 65_535 else { throw .cannotEncode(record.type) }
    patch(UInt16(count), at: length)
  }

  private mutating func data(_ data: RecordData, _ type: ResourceType) throws(MessageError) {
    switch data {
    case .address(.v4(let bits)): try long(bits)
    case .address(.v6(let high, let low)):
      try quad(high)
      try quad(low)
    case .cname(let name), .ns(let name), .ptr(let name): try self.name(name, type)
    case .soa(let soa):
      try name(soa.primary, type)
      try name(soa.mailbox, type)
      try long(soa.serial)
      try long(soa.refresh)
      try long(soa.retry)
      try long(soa.expire)
      try long(soa.minimum)
    case .txt(let strings):
      if strings.isEmpty { try byte(0) }
      for string in strings {
        guard string.count <= 255 else { throw .cannotEncode(.txt) }
        try byte(UInt8(string.count))
        try append(string)
      }
    case .opaque(let bytes): try append(bytes)
    case .empty: break
    }
  }

  mutating func option(_ edns: EDNS, _ responseCode: ResponseCode) throws(MessageError) {
    try byte(0)
    try word(ResourceType.opt.rawValue)
    try word(edns.payloadSize)
    try byte(UInt8(truncatingIfNeeded: responseCode.rawValue >> 4))
    try byte(edns.version)
    try word(edns.flags)
    let length = position
    try word(0)
    for option in edns.options {
      guard option.bytes.count <= 65_535 else { throw .cannotEncode(.opt) }
      try word(option.code)
      try word(UInt16(option.bytes.count))
      try append(option.bytes)
    }
    guard position - length - 2 <= 65_535 else { throw .cannotEncode(.opt) }
    patch(UInt16(position - length - 2), at: length)
  }

  mutating func signature(_ signature: TransactionSignature) throws(MessageError) {
    guard signature.code.count + signature.other.count <= 65_000 else { throw .cannotEncode(.tsig) }
    try append(signature.record)
  }
}

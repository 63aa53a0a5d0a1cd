import Federation

extension MessageReader {
  /// What the last section holds besides ordinary records.
  struct Extras {
    var edns: EDNS?
    var extendedCode: UInt8 = 0
    var signature: TransactionSignature?
    /// Where the TSIG record begins.
    var signatureOffset: Int?
  }

  /// Reads `count` records of the answer or authority section.
  mutating func records(_ count: UInt16) throws(MessageError) -> [ResourceRecord] {
    var records: [ResourceRecord] = []
    guard count > 0 else { return records }
    // A record has at least 11 bytes, so the count that the header claims cannot make this reserve much.
    records.reserveCapacity(min(Int(count), remaining / 11))
    for _ in 0..<count {
      let name = try ownerName()
      let type = ResourceType(rawValue: try word())
      guard type != .opt, type != .tsig else { throw .misplaced(type) }
      records.append(try record(name, type))
    }
    return records
  }

  /// Reads the additional section and takes the OPT and TSIG records out of it.
  mutating func additionals(_ count: UInt16, _ extras: inout Extras) throws(MessageError) -> [ResourceRecord] {
    var records: [ResourceRecord] = []
    for index in 0..<count {
      let start = position
      let name = try ownerName()
      let type = ResourceType(rawValue: try word())
      switch type {
      case .opt:
        guard extras.edns == nil, name.text.isEmpty else { throw .misplaced(.opt) }
        try readOption(&extras)
      case .tsig:
        guard index == count - 1 else { throw .misplaced(.tsig) }
        extras.signature = try signature(name)
        extras.signatureOffset = start
      default:
        records.append(try record(name, type))
      }
    }
    return records
  }

  private mutating func record(_ name: DomainName, _ type: ResourceType) throws(MessageError) -> ResourceRecord {
    let resourceClass = ResourceClass(rawValue: try word())
    let ttl = try long()
    let length = Int(try word())
    guard remaining >= length else { throw .cutShort(at: bytes.count) }
    let start = position
    let data: RecordData
    if length == 0 {
      // Only an update may leave data out, and says so by the class; unknown types may be empty by nature.
      switch type {
      case .a, .aaaa, .cname, .ns, .ptr, .soa, .txt:
        guard resourceClass == .any || resourceClass == .none else { throw .badData(type, at: start) }
      default: break
      }
      data = .empty
    } else {
      data = try self.data(type, length)
      guard position == start + length else { throw .badData(type, at: start) }
    }
    return ResourceRecord(name: name, type: type, resourceClass: resourceClass, ttl: ttl, data: data)
  }

  private mutating func data(_ type: ResourceType, _ length: Int) throws(MessageError) -> RecordData {
    switch type {
    case .a:
      guard length == 4 else { throw .badData(type, at: position) }
      return .address(.v4(try long()))
    case .aaaa:
      guard length == 16 else { throw .badData(type, at: position) }
      return .address(.v6(try quad(), try quad()))
    case .cname: return .cname(try dataName())
    case .ns: return .ns(try dataName())
    case .ptr: return .ptr(try dataName())
    case .soa: return .soa(try startOfAuthority())
    case .txt:
      var strings: [[UInt8]] = []
      let end = position + length
      while position < end {
        let count = Int(try byte())
        guard position + count <= end else { throw .badData(type, at: position) }
        strings.append(try bytes(count))
      }
      return .txt(strings)
    default: return .opaque(try bytes(length))
    }
  }

  private mutating func startOfAuthority() throws(MessageError) -> StartOfAuthority {
    StartOfAuthority(
      primary: try dataName(), mailbox: try name(), serial: try long(), refresh: try long(), retry: try long(),
      expire: try long(), minimum: try long())
  }

  private mutating func readOption(_ extras: inout Extras) throws(MessageError) {
    let payloadSize = try word()
    extras.extendedCode = try byte()
    let version = try byte()
    let flags = try word()
    let length = Int(try word())
    guard remaining >= length else { throw .cutShort(at: bytes.count) }
    let end = position + length
    var options: [EDNS.Option] = []
    while position < end {
      guard end - position >= 4 else { throw .badData(.opt, at: position) }
      let code = try word()
      let count = Int(try word())
      guard position + count <= end else { throw .badData(.opt, at: position) }
      options.append(EDNS.Option(code: code, bytes: try bytes(count)))
    }
    extras.edns = EDNS(payloadSize: payloadSize, version: version, flags: flags, options: options)
  }

  private mutating func signature(_ keyName: DomainName) throws(MessageError) -> TransactionSignature {
    let resourceClass = ResourceClass(rawValue: try word())
    let ttl = try long()
    let length = Int(try word())
    guard remaining >= length else { throw .cutShort(at: bytes.count) }
    let start = position
    guard resourceClass == .any, ttl == 0 else { throw .badData(.tsig, at: start) }
    let algorithm = try name()
    let time = UInt64(try word()) << 32 | UInt64(try long())
    let fudge = try word()
    let code = try bytes(Int(try word()))
    let originalID = try word()
    let error = ResponseCode(rawValue: try word())
    let other = try bytes(Int(try word()))
    guard position == start + length else { throw .badData(.tsig, at: start) }
    return TransactionSignature(
      keyName: keyName, algorithm: algorithm, time: time, fudge: fudge, code: code, originalID: originalID,
      error: error, other: other)
  }
}

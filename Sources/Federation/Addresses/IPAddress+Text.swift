extension IPAddress: CustomStringConvertible, LosslessStringConvertible {
  /// Reads a dotted quad without leading zeros, or an IPv6 address as RFC 4291 section 2.2 writes it; nil otherwise.
  ///
  /// No zone index, no brackets, no port, no spaces: what is read here can stand in an A or AAAA record.
  package init?(_ text: String) {
    var text = text
    let parsed = text.withUTF8 { IPAddress(text: $0) }
    guard let parsed else { return nil }
    self = parsed
  }

  /// The canonical text: dotted quad, or RFC 5952 (lower case, the longest run of zero groups shortened).
  package var description: String {
    switch self {
    case .v4(let value):
      return String(unsafeUninitializedCapacity: 15) { writeV4(value, to: $0, at: 0) }
    case .v6(let high, let low):
      return String(unsafeUninitializedCapacity: 45) { writeV6(high, low, to: $0) }
    }
  }

  private init?(text: UnsafeBufferPointer<UInt8>) {
    guard text.count <= 45, !text.isEmpty else { return nil }
    if text.contains(UInt8(ascii: ":")) {
      guard let (high, low) = readV6(text) else { return nil }
      self = .v6(high, low)
    } else {
      guard let value = readV4(text[...]) else { return nil }
      self = .v4(value)
    }
  }
}

private func readV4(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> UInt32? {
  guard text.count <= 15 else { return nil }
  var value: UInt32 = 0
  var part: UInt32 = 0
  var digits = 0
  var parts = 0
  for byte in text {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      if digits > 0, part == 0 { return nil }
      part = part * 10 + UInt32(byte - UInt8(ascii: "0"))
      digits += 1
      guard part <= 255, digits <= 3 else { return nil }
    case UInt8(ascii: "."):
      guard digits > 0, parts < 3 else { return nil }
      value = value << 8 | part
      (part, digits, parts) = (0, 0, parts + 1)
    default: return nil
    }
  }
  guard parts == 3, digits > 0 else { return nil }
  return value << 8 | part
}

private func readV6(_ text: UnsafeBufferPointer<UInt8>) -> (UInt64, UInt64)? {
  let colon = UInt8(ascii: ":")
  var groups: [UInt16] = []
  var gap: Int?
  var index = 0
  if text[0] == colon {
    guard text.count >= 2, text[1] == colon else { return nil }
    gap = 0
    index = 2
  }
  while index < text.count {
    let start = index
    var group: UInt32 = 0
    while index < text.count, let digit = hexDigit(text[index]) {
      guard index - start < 4 else { return nil }
      group = group << 4 | UInt32(digit)
      index += 1
    }
    if index < text.count, text[index] == UInt8(ascii: ".") {
      guard groups.count <= 6, let quad = readV4(text[start...]) else { return nil }
      groups += [UInt16(truncatingIfNeeded: quad >> 16), UInt16(truncatingIfNeeded: quad)]
      break
    }
    guard index > start, groups.count < 8 else { return nil }
    groups.append(UInt16(truncatingIfNeeded: group))
    guard index < text.count else { break }
    guard text[index] == colon else { return nil }
    index += 1
    guard index < text.count else { return nil }
    if text[index] == colon {
      guard gap == nil else { return nil }
      gap = groups.count
      index += 1
    }
  }
  if let gap {
    guard groups.count < 8 else { return nil }
    groups.insert(contentsOf: repeatElement(0, count: 8 - groups.count), at: gap)
  }
  guard groups.count == 8 else { return nil }
  return (
    groups[0..<4].reduce(0) { $0 << 16 | UInt64($1) }, groups[4..<8].reduce(0) { $0 << 16 | UInt64($1) }
  )
}

private func hexDigit(_ byte: UInt8) -> UInt8? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
  case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
  case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
  default: nil
  }
}

/// Writes a dotted quad at `start` and returns where it ends.
private func writeV4(_ value: UInt32, to buffer: UnsafeMutableBufferPointer<UInt8>, at start: Int) -> Int {
  var end = start
  for shift: UInt32 in [24, 16, 8, 0] {
    let part = UInt8(truncatingIfNeeded: value >> shift)
    if part >= 100 { append(part / 100) }
    if part >= 10 { append(part / 10 % 10) }
    append(part % 10)
    if shift > 0 {
      buffer[end] = UInt8(ascii: ".")
      end += 1
    }
  }
  return end

  func append(_ digit: UInt8) {
    buffer[end] = UInt8(ascii: "0") + digit
    end += 1
  }
}

private func writeV6(_ high: UInt64, _ low: UInt64, to buffer: UnsafeMutableBufferPointer<UInt8>) -> Int {
  func group(_ index: Int) -> UInt16 {
    UInt16(truncatingIfNeeded: (index < 4 ? high : low) >> UInt64(48 - 16 * (index % 4)))
  }
  var end = 0
  func append(_ byte: UInt8) {
    buffer[end] = byte
    end += 1
  }
  let isMapped = high == 0 && low >> 32 == 0xFFFF
  if isMapped {
    for byte in "::ffff:".utf8 { append(byte) }
    return writeV4(UInt32(truncatingIfNeeded: low), to: buffer, at: end)
  }
  var best = (start: 8, length: 1)
  var index = 0
  while index < 8 {
    let start = index
    while index < 8, group(index) == 0 { index += 1 }
    if index - start > best.length { best = (start, index - start) }
    index += 1
  }
  let digits = Array("0123456789abcdef".utf8)
  index = 0
  while index < 8 {
    if index == best.start {
      append(UInt8(ascii: ":"))
      append(UInt8(ascii: ":"))
      index += best.length
      continue
    }
    if index > 0, index != best.start + best.length { append(UInt8(ascii: ":")) }
    let value = group(index)
    var isLeading = true
    for shift: UInt16 in [12, 8, 4, 0] {
      let digit = Int(value >> shift & 0xF)
      if isLeading, digit == 0, shift > 0 { continue }
      isLeading = false
      append(digits[digit])
    }
    index += 1
  }
  return end
}

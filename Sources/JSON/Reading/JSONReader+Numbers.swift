extension JSONReader {
  /// A number as JSON writes it: whole and within 64 bits, or else a double.
  package enum Number: Hashable, Sendable {
    case integer(Int64)
    case fraction(Double)
  }

  /// Reads an integer that fits in 64 bits; a fraction or exponent is an error.
  package mutating func integer() throws(JSONError) -> Int64 {
    let start = try startOfNumber()
    guard case .integer(let value) = try number() else { throw JSONError(.expected(.integer), offset: start) }
    return value
  }

  /// Reads a number. Whole numbers beyond 64 bits come as doubles.
  package mutating func number() throws(JSONError) -> Number {
    let start = try startOfNumber()
    var isWhole = true
    if base[position] == UInt8(ascii: "-") { position += 1 }
    let firstDigit = position
    try digits()
    guard base[firstDigit] != UInt8(ascii: "0") || position == firstDigit + 1 else {
      throw JSONError(.badNumber, offset: start)
    }
    if position < end, base[position] == UInt8(ascii: ".") {
      isWhole = false
      position += 1
      try digits()
    }
    if position < end, base[position] | 0x20 == UInt8(ascii: "e") {
      isWhole = false
      position += 1
      if position < end, base[position] == UInt8(ascii: "+") || base[position] == UInt8(ascii: "-") { position += 1 }
      try digits()
    }
    if isWhole, let value = whole(from: start) { return .integer(value) }
    let text = String(decoding: UnsafeBufferPointer(start: base + start, count: position - start), as: UTF8.self)
    guard let value = Double(text), value.isFinite else { throw JSONError(.numberOutOfRange, offset: start) }
    return .fraction(value)
  }

  private mutating func startOfNumber() throws(JSONError) -> Int {
    guard try peek() == .number else { throw JSONError(.expected(.integer), offset: position) }
    return position
  }

  private mutating func digits() throws(JSONError) {
    let start = position
    while position < end, base[position] >= UInt8(ascii: "0"), base[position] <= UInt8(ascii: "9") { position += 1 }
    guard position > start else {
      throw JSONError(position < end ? .badNumber : .unexpectedEnd, offset: position)
    }
  }

  /// The digits from `start` to here as an integer, or nil when 64 bits do not hold it.
  private func whole(from start: Int) -> Int64? {
    let isNegative = base[start] == UInt8(ascii: "-")
    var value: Int64 = 0
    for index in (isNegative ? start + 1 : start)..<position {
      let digit = Int64(base[index] - UInt8(ascii: "0"))
      let (scaled, overflowed) = value.multipliedReportingOverflow(by: 10)
      let (next, overflowedAgain) = scaled.addingReportingOverflow(isNegative ? -digit : digit)
      if overflowed || overflowedAgain { return nil }
      value = next
    }
    return value
  }
}

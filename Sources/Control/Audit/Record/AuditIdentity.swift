package import Federation

/// This makes the ids of audit records.
package struct AuditIdentity: Sendable {
  /// Told apart from every other run of any controller.
  package let run: String
  private var count: UInt64 = 0

  /// - Parameters:
  ///   - writer: who writes.
  ///   - start: when it began; a process id comes again.
  package init(writer: String, start: Timestamp) {
    run = Self.hash("\(writer) \(start.nanoseconds)")
  }

  /// An id that nobody else makes.
  package mutating func next(at time: Timestamp) -> String {
    count += 1
    let number = String(count)
    return "\(Self.stamp(time))-\(run)-\(String(repeating: "0", count: max(0, 6 - number.utf8.count)))\(number)"
  }

  /// The id of something that several may see: the same for each of them.
  package static func shared(_ what: String, at time: Timestamp) -> String { "\(stamp(time))-\(hash(what))" }

  /// The moment to the millisecond, in letters that a ConfigMap's key may have.
  private static func stamp(_ time: Timestamp) -> String {
    let whole = Timestamp(seconds: time.nanoseconds / 1_000_000_000).description.filter { $0 != "-" && $0 != ":" }
    let millis = String(time.nanoseconds / 1_000_000 % 1_000)
    return "\(whole.dropLast()).\(String(repeating: "0", count: 3 - millis.utf8.count))\(millis)Z"
  }

  /// FNV-1a in 64 bits: stable between runs, which Swift's own hash is not.
  static func hash(_ text: String) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return String(hash, radix: 16)
  }
}

package import Federation

extension Recording {
  /// A moment as people write it: whole (RFC 3339), the first such time of day in UTC from the start on (`14:02:31`), or
  /// seconds after the start (`+90s`); nil for anything else.
  package func moment(_ text: String) -> Timestamp? {
    if let whole = Timestamp(text) { return whole }
    guard let start else { return nil }
    if text.hasPrefix("+"), text.hasSuffix("s"), let seconds = Int64(text.dropFirst().dropLast()),
      (0...100_000_000).contains(seconds)
    {
      return start + .seconds(seconds)
    }
    let date = start.description.prefix(11)
    guard text.utf8.count >= 8, let today = Timestamp("\(date)\(text)Z") else { return nil }
    // The start may lie within the second that is meant.
    if today < start, start - today < .seconds(1), today.nanoseconds % 1_000_000_000 == 0 { return start }
    return today >= start ? today : today + .seconds(86_400)
  }
}

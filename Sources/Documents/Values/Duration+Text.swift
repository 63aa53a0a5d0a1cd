/// Reads a span of time with its units, from large to small: `72h`, `1h30m`, `60s`, `500ms`; nil for anything else.
///
/// At most ten years, so that no sum with a moment of today overflows.
package func parseDuration(_ text: String) -> Duration? {
  let units: [(name: String, milliseconds: Int64)] = [
    ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1),
  ]
  guard !text.isEmpty, text.utf8.count <= 32 else { return nil }
  var rest = Substring(text)
  var next = 0
  var total: Int64 = 0
  while !rest.isEmpty {
    let digits = rest.prefix { ("0"..."9").contains($0) }
    let unit = rest.dropFirst(digits.count).prefix { ("a"..."z").contains($0) }
    guard digits.utf8.count <= 10, let value = Int64(digits),
      let index = units[next...].firstIndex(where: { $0.name == unit })
    else { return nil }
    total += value * units[index].milliseconds
    guard total <= 3_650 * 86_400_000 else { return nil }
    next = index + 1
    rest = rest.dropFirst(digits.count + unit.count)
  }
  return .milliseconds(total)
}

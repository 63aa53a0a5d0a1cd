/// The columns `text` takes when a grid draws it. Linear in its length.
package func columns(of text: String) -> Int {
  var total = 0
  for scalar in text.unicodeScalars { total += ScalarWidth.measure(scalar.value).columns }
  return total
}

/// `text` cut to at most `limit` columns, its end replaced by `ellipsis` where something was cut. A wide glyph that
/// would be halved is left out, so the result may be a column short.
package func truncated(_ text: String, to limit: Int, ellipsis: String = "…") -> String {
  guard limit > 0 else { return "" }
  let mark = columns(of: ellipsis) <= limit ? ellipsis : ""
  let room = limit - columns(of: mark)
  var total = 0
  var cut = text.unicodeScalars.startIndex
  var index = cut
  let scalars = text.unicodeScalars
  while index < scalars.endIndex {
    let width = ScalarWidth.measure(scalars[index].value).columns
    total += width
    if total > limit { return String(scalars[..<cut]) + mark }
    index = scalars.index(after: index)
    if total <= room { cut = index }
  }
  return text
}

/// `text` in exactly `width` columns: cut with an ellipsis, or filled with spaces on the side that `alignment` leaves.
package func padded(_ text: String, to width: Int, alignment: Alignment = .leading) -> String {
  let shown = truncated(text, to: width)
  let space = String(repeating: " ", count: max(0, width - columns(of: shown)))
  return alignment == .leading ? shown + space : space + shown
}

/// Where a text stands in a column that is wider.
package enum Alignment: Hashable, Sendable {
  case leading, trailing
}

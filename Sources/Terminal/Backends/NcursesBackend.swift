import CNcurses

/// Puts changed runs into ncurses' next frame, with its own table of colour pairs. The screen's thread alone uses it,
/// and flushes.
struct NcursesBackend: FrameBackend {
  let colors: ColorMode
  let isASCII: Bool
  private let pairLimit: Int
  private var pairs: [Pair: Int32] = [:]
  private var looks: [PackedStyle: Looks] = [:]

  private struct Pair: Hashable {
    var foreground: Int32
    var background: Int32
  }

  private struct Looks {
    var attributes: Int32
    var pair: Int32
  }

  init(colors: ColorMode, pairLimit: Int, isASCII: Bool) {
    self.colors = colors
    self.isASCII = isASCII
    self.pairLimit = min(pairLimit, 32_767)
  }

  mutating func show(_ frame: CellGrid, changes: [Change]) {
    var scalars: [UInt32] = []
    for change in changes {
      for column in change.columns {
        let cell = frame[column, change.row]
        guard !cell.isContinuation else { continue }
        let looks = looks(of: cell.packedStyle)
        scalars.removeAll(keepingCapacity: true)
        if cell.glyph & Cell.clusterBit != 0 {
          scalars += frame.text(of: cell).unicodeScalars.map(\.value)
        } else {
          scalars.append(cell.glyph)
        }
        if isASCII { scalars = [Glyphs.ascii(for: scalars.first ?? 0x20)] }
        zt_put(
          Int32(change.row), Int32(column), scalars, Int32(scalars.count), looks.attributes, looks.pair)
        // A stand-in takes one column where the glyph took two.
        if isASCII, column + 1 < frame.size.columns, frame[column + 1, change.row].isContinuation {
          zt_put(Int32(change.row), Int32(column + 1), [0x20], 1, looks.attributes, looks.pair)
        }
      }
    }
  }

  private mutating func looks(of packed: PackedStyle) -> Looks {
    if let known = looks[packed] { return known }
    let style = packed.style
    let numbers = Palette.numbers(style, mode: colors)
    var attributes = colors == .none ? style.colorless : style.attributes
    if numbers.isBold { attributes.insert(.bold) }
    let pair = Pair(foreground: paired(numbers.foreground), background: paired(numbers.background))
    let new = Looks(attributes: Int32(attributes.rawValue), pair: number(of: pair))
    looks[packed] = new
    return new
  }

  /// With direct colours the numbers 0 to 7 still mean the eight basic ones.
  private func paired(_ number: Int) -> Int32 {
    Int32(colors == .direct && number >= 0 ? max(8, number) : number)
  }

  /// The pair's number, made where it is new; the terminal's own colours where there is no room for more.
  private mutating func number(of pair: Pair) -> Int32 {
    if pair == Pair(foreground: -1, background: -1) { return 0 }
    if let known = pairs[pair] { return known }
    guard pairs.count + 1 < pairLimit else { return 0 }
    let number = Int32(pairs.count + 1)
    zt_pair(number, pair.foreground, pair.background)
    pairs[pair] = number
    return number
  }
}

extension Theme {
  /// How far apart two states must look by colour, in units of CIEDE2000.
  ///
  /// 1 is seen when two large fields touch; small marks that lie apart need much more. Stone, Szafir and Setlur (2014, An
  /// Engineering Model for Color Difference as a Function of Size) measured 7 in lightness, 10 along red and green and 14
  /// along blue and yellow until half of their observers saw marks of a third of a degree, which letters are, as
  /// different. 10 is the middle of that.
  package static let leastDifference = 10.0

  /// What the rules object to; nothing for a theme that may ship. Takes some milliseconds.
  ///
  /// - Every role has its ``leastContrast(of:)`` on all of its ``Role/grounds``: in full colour, in 256 and in 16.
  /// - The states keep apart by colour in full colour and in 256; for eyes with a colour deficiency and in 16 colours an
  ///   attribute may do that instead, unless the theme claims these eyes; without colours attributes alone must.
  package var objections: [ThemeObjection] {
    guard hasColors else { return Role.statePairs.compactMap(sameAttributes) }
    if self[.background].background == nil || self[.background].foreground == nil { return [.open] }
    return Role.allCases.flatMap { role in role.grounds.compactMap { contrastObjection(role, on: $0) } }
      + Role.statePairs.flatMap { pair in
        [ColorMode.direct, .palette256, .basic16].compactMap { alike(pair, $0) }
          + [sameAttributes(pair)].compactMap(\.self)
      }
  }

  /// The worst of the modes; nil where all are well.
  private func contrastObjection(_ role: Role, on ground: Role) -> ThemeObjection? {
    let style = self[role, on: ground]
    guard let ink = style.foreground, let paper = style.background else { return nil }
    let least = leastContrast(of: role)
    let ratios = [ColorMode.direct, .palette256, .basic16].map { mode in
      (mode, ratio: Palette.shown(ink, mode: mode).contrast(with: Palette.shown(paper, mode: mode)))
    }
    guard let worst = ratios.min(by: { $0.ratio < $1.ratio }), worst.ratio < least else { return nil }
    return .contrast(role, on: ground, worst.0, ratio: worst.ratio, least: least)
  }

  /// The eyes to which two states look most alike; nil where all eyes can tell them apart.
  private func alike(_ pair: (Role, Role), _ mode: ColorMode) -> ThemeObjection? {
    let (first, second) = (self[pair.0], self[pair.1])
    guard let one = first.foreground, let other = second.foreground else { return nil }
    let haveAttribute = first.attributes != second.attributes
    let claimed = Set(claims.compactMap(\.vision)).union([.normal])
    let looks = Vision.allCases.filter { !haveAttribute || mode != .basic16 && claimed.contains($0) }.map { vision in
      let seen = vision.seen(Palette.shown(one, mode: mode))
      return (vision, difference: seen.difference(from: vision.seen(Palette.shown(other, mode: mode))))
    }
    guard let worst = looks.min(by: { $0.difference < $1.difference }), worst.difference < Self.leastDifference else {
      return nil
    }
    return .alike(pair.0, pair.1, mode, worst.0, difference: worst.difference)
  }

  private func sameAttributes(_ pair: (Role, Role)) -> ThemeObjection? {
    self[pair.0].colorless == self[pair.1].colorless ? .sameAttributes(pair.0, pair.1) : nil
  }
}

extension Role {
  /// Each two of the states.
  static var statePairs: [(Role, Role)] {
    states.indices.flatMap { first in states[(first + 1)...].map { (states[first], $0) } }
  }
}

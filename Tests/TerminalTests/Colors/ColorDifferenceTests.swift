import Testing

@testable import Terminal

@Suite("How colours look")
struct ColorDifferenceTests {
  private func lab(_ lightness: Double, _ a: Double, _ b: Double) -> Lab {
    var lab = Lab(Color(0))
    (lab.lightness, lab.a, lab.b) = (lightness, a, b)
    return lab
  }

  @Test(
    "CIEDE2000 gives the figures of its authors' test data (Sharma, Wu and Dalal 2005, table 1)",
    arguments: [
      (50, 2.6772, -79.7751, 50, 0, -82.7485, 2.0425), (50, 0, 0, 50, -1, 2, 2.3669),
      (50, 2.49, -0.001, 50, -2.49, 0.0009, 7.1792), (50, 2.49, -0.001, 50, -2.49, 0.0011, 7.2195),
      (50, 2.5, 0, 73, 25, -18, 27.1492), (50, 2.5, 0, 58, 24, 15, 19.4535),
      (60.2574, -34.0099, 36.2677, 60.4626, -34.1751, 39.4387, 1.2644),
      (22.7233, 20.0904, -46.694, 23.0331, 14.973, -42.5619, 2.0373),
      (90.8027, -2.0831, 1.441, 91.1528, -1.6435, 0.0447, 1.4441),
      (2.0776, 0.0795, -1.135, 0.9033, -0.0636, -0.5514, 0.9082),
    ] as [(Double, Double, Double, Double, Double, Double, Double)])
  func published(data: (Double, Double, Double, Double, Double, Double, Double)) {
    let (first, second) = (lab(data.0, data.1, data.2), lab(data.3, data.4, data.5))
    #expect(abs(first.difference(from: second) - data.6) < 0.0001)
    #expect(abs(second.difference(from: first) - data.6) < 0.0001)
  }

  @Test("A colour survives the way to L*a*b* and back, and black and white lie 100 apart")
  func roundTrip() {
    for red in stride(from: UInt32(0), through: 255, by: 51) {
      for green in stride(from: UInt32(0), through: 255, by: 51) {
        for blue in stride(from: UInt32(0), through: 255, by: 51) {
          let color = Color(red << 16 | green << 8 | blue)
          #expect(Lab(color).color == color)
          #expect(color.difference(from: color) == 0)
        }
      }
    }
    #expect(abs(Color(0).difference(from: Color(0xFFFFFF)) - 100) < 0.01)
  }

  @Test("Gray is gray to all eyes; each vision loses what it is named for and keeps the rest")
  func visions() {
    for vision in Vision.allCases {
      for gray in stride(from: UInt32(0), through: 255, by: 15) {
        let color = Color(gray << 16 | gray << 8 | gray)
        #expect(vision.seen(color).difference(from: color) < 1, "\(vision)")
      }
    }
    func apart(_ vision: Vision, _ one: UInt32, _ other: UInt32) -> Double {
      vision.seen(Color(one)).difference(from: vision.seen(Color(other)))
    }
    // Red and green of one lightness; blue-green and violet-gray likewise.
    for vision in [Vision.protanopia, .deuteranopia] {
      #expect(apart(vision, 0xC08060, 0x809060) < apart(.normal, 0xC08060, 0x809060) / 2, "\(vision)")
      #expect(apart(vision, 0x4080FF, 0xE0C000) > 30, "\(vision)")
    }
    #expect(apart(.tritanopia, 0xC08060, 0x809060) > 15)
    #expect(apart(.tritanopia, 0x60A0A0, 0x60A080) < apart(.normal, 0x60A0A0, 0x60A080) / 2)
  }

  @Test("What 256 and 16 colours show is what their numbers mean")
  func shown() {
    #expect(Palette.shown(Color(0x5F87AF), mode: .palette256) == Color(0x5F87AF))
    #expect(Palette.shown(Color(0x808080), mode: .palette256) == Color(0x808080))
    #expect(Palette.shown(Color(0x111111), mode: .palette256) == Color(0x121212))
    #expect(Palette.shown(Color(0x123456, .brightBlue), mode: .basic16) == Color(0x5C5CFF))
    #expect(Palette.shown(Color(0x123456), mode: .direct) == Color(0x123456))
  }
}

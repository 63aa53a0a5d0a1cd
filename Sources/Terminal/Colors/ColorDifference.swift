import Glibc

extension Color {
  /// How different two colours look: CIEDE2000 (CIE 142-2001, in the form of Sharma, Wu and Dalal 2005). 1 is seen side
  /// by side, 100 lies between black and white.
  package func difference(from other: Color) -> Double { Lab(self).difference(from: Lab(other)) }
}

extension Lab {
  /// See ``Color/difference(from:)``.
  package func difference(from other: Lab) -> Double {
    let meanChroma = pow((hypot(a, b) + hypot(other.a, other.b)) / 2, 7)
    let stretch = 1.5 - 0.5 * (meanChroma / (meanChroma + Self.chroma25)).squareRoot()
    let (first, second) = (Polar(self, stretch), Polar(other, stretch))
    let isGray = first.chroma * second.chroma == 0

    var turn = second.hue - first.hue
    var hue = first.hue + second.hue
    if isGray {
      turn = 0
    } else if abs(turn) <= 180 {
      hue /= 2
    } else {
      hue = (hue < 360 ? hue + 360 : hue - 360) / 2
      turn += turn > 180 ? -360 : 360
    }
    let chroma = (first.chroma + second.chroma) / 2
    let lightness = pow((self.lightness + other.lightness) / 2 - 50, 2)
    let weight =
      1 - 0.17 * cosine(hue - 30) + 0.24 * cosine(2 * hue) + 0.32 * cosine(3 * hue + 6) - 0.2 * cosine(4 * hue - 63)

    let byLightness = (other.lightness - self.lightness) / (1 + 0.015 * lightness / (20 + lightness).squareRoot())
    let byChroma = (second.chroma - first.chroma) / (1 + 0.045 * chroma)
    let byHue = 2 * (first.chroma * second.chroma).squareRoot() * sine(turn / 2) / (1 + 0.015 * chroma * weight)
    let chroma7 = pow(chroma, 7)
    let rotation =
      -2 * (chroma7 / (chroma7 + Self.chroma25)).squareRoot() * sine(60 * exp(-pow((hue - 275) / 25, 2)))
    let square = byLightness * byLightness + byChroma * byChroma + byHue * byHue + rotation * byChroma * byHue
    return max(0, square).squareRoot()
  }

  private static let chroma25 = pow(25.0, 7)

  /// Chroma and hue, the hue in degrees from 0 to 360.
  private struct Polar {
    var chroma: Double
    var hue: Double

    init(_ lab: Lab, _ stretch: Double) {
      let a = lab.a * stretch
      chroma = hypot(a, lab.b)
      let angle = atan2(lab.b, a) * 180 / .pi
      hue = angle < 0 ? angle + 360 : angle
    }
  }
}

private func cosine(_ degrees: Double) -> Double { cos(degrees * .pi / 180) }
private func sine(_ degrees: Double) -> Double { sin(degrees * .pi / 180) }

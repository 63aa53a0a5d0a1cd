import Glibc

/// A colour as eyes order it: CIE L*a*b* under daylight (D65).
package struct Lab: Hashable, Sendable {
  /// 0 black to 100 white.
  package var lightness: Double
  /// Green to red.
  package var a: Double
  /// Blue to yellow.
  package var b: Double

  package init(_ color: Color) {
    let light = color.light
    let x = Self.root((light * SIMD3(0.4124564, 0.3575761, 0.1804375)).sum() / 0.95047)
    let y = Self.root((light * SIMD3(0.2126729, 0.7151522, 0.0721750)).sum())
    let z = Self.root((light * SIMD3(0.0193339, 0.1191920, 0.9503041)).sum() / 1.08883)
    lightness = 116 * y - 16
    a = 500 * (x - y)
    b = 200 * (y - z)
  }

  /// The nearest colour that a screen can show.
  package var color: Color {
    let y = (lightness + 16) / 116
    let xyz = SIMD3(Self.power(y + a / 500) * 0.95047, Self.power(y), Self.power(y - b / 200) * 1.08883)
    return Color(
      light: SIMD3(
        (xyz * SIMD3(3.2404542, -1.5371385, -0.4985314)).sum(), (xyz * SIMD3(-0.9692660, 1.8760108, 0.0415560)).sum(),
        (xyz * SIMD3(0.0556434, -0.2040259, 1.0572252)).sum()))
  }

  private static func root(_ value: Double) -> Double {
    value > 216.0 / 24389 ? cbrt(value) : (24389.0 / 27 * value + 16) / 116
  }

  private static func power(_ root: Double) -> Double {
    let cube = root * root * root
    return cube > 216.0 / 24389 ? cube : (116 * root - 16) * 27 / 24389
  }
}

import Glibc

extension Color {
  /// The contrast ratio of two colours, 1 to 21, as WCAG 2 defines it; text needs 4.5 to be read with ease.
  package func contrast(with other: Color) -> Double {
    let lighter = max(luminance, other.luminance)
    let darker = min(luminance, other.luminance)
    return (lighter + 0.05) / (darker + 0.05)
  }

  private var luminance: Double { (light * SIMD3(0.2126, 0.7152, 0.0722)).sum() }

  /// Red, green and blue as amounts of light, each 0 to 1: sRGB's curve undone.
  var light: SIMD3<Double> {
    SIMD3(Self.lights[Int(red)], Self.lights[Int(green)], Self.lights[Int(blue)])
  }

  /// The colour of an amount of light; what a screen cannot show is cut off.
  init(light: SIMD3<Double>) {
    func channel(_ light: Double) -> UInt8 {
      let light = min(1, max(0, light))
      let value = light <= 0.0031308 ? light * 12.92 : 1.055 * pow(light, 1 / 2.4) - 0.055
      return UInt8((value * 255).rounded())
    }
    self.init(red: channel(light.x), green: channel(light.y), blue: channel(light.z))
  }

  private static let lights: [Double] = (0...255).map { channel in
    let value = Double(channel) / 255
    return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
  }
}

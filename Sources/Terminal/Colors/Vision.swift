/// How eyes see colours.
package enum Vision: String, CaseIterable, Hashable, Sendable {
  case normal
  /// Without the cones for long, middle and short waves.
  case protanopia, deuteranopia, tritanopia

  /// What a colour looks like to these eyes, shown to eyes that see all: the matrices of Machado, Oliveira and Fernandes
  /// (2009, severity 1) on linear light. For tritanopia their model is an approximation, as they say.
  package func seen(_ color: Color) -> Color {
    guard let rows else { return color }
    let light = color.light
    return Color(light: SIMD3((rows.0 * light).sum(), (rows.1 * light).sum(), (rows.2 * light).sum()))
  }

  private var rows: (SIMD3<Double>, SIMD3<Double>, SIMD3<Double>)? {
    switch self {
    case .normal: nil
    case .protanopia:
      (
        SIMD3(0.152286, 1.052583, -0.204868), SIMD3(0.114503, 0.786281, 0.099216), SIMD3(-0.003882, -0.048116, 1.051998)
      )
    case .deuteranopia:
      (
        SIMD3(0.367322, 0.860646, -0.227968), SIMD3(0.280085, 0.672501, 0.047413), SIMD3(-0.011820, 0.042940, 0.968881)
      )
    case .tritanopia:
      (
        SIMD3(1.255528, -0.076749, -0.178779), SIMD3(-0.078411, 0.930809, 0.147602), SIMD3(0.004733, 0.691367, 0.303900)
      )
    }
  }
}

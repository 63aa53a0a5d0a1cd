import Control
import Federation
import Terminal

/// What is left to carry the load. Without a measured load most answers are UNKNOWN, and that is never green.
struct CardCapacity {
  enum Judgement: String, Hashable {
    case fits = "FITS"
    case tight = "TIGHT"
    case unknown = "UNKNOWN"
    case none = "NONE LEFT"

    var role: Role {
      switch self {
      case .fits: .ok
      case .tight: .warning
      case .unknown: .held
      case .none: .error
      }
    }
  }

  let preview: DrainPreview
  let glyphs: Glyphs
  /// Levels that are listed one by one.
  static let most = 50

  func lines() -> [TextLine] {
    // Of very many those that are left with least are shown.
    let isMany = preview.capacity.count > Self.most
    let shown =
      isMany
      ? Array(preview.capacity.sorted { $0.remaining * $1.total < $1.remaining * $0.total }.prefix(Self.most))
      : preview.capacity
    let isOfMany = Set(preview.capacity.map(\.service)).count > 1
    let width = shown.map { columns(of: place($0, isOfMany)) }.max() ?? 0
    var lines = shown.enumerated().map { index, capacity in
      var line = TextLine()
      line.column(index == 0 ? "  capacity" : "", 11, .dim)
      let judgement = Self.judge(capacity)
      line.column(judgement.rawValue, 9, judgement.role)
      line.column(place(capacity, isOfMany), width)
      line.add("\(capacity.remaining) of \(capacity.total) ready endpoints stay")
      line.add(remark(judgement, capacity), .dim)
      return line
    }
    if isMany {
      lines.append(TextLine("             and \(preview.capacity.count - Self.most) levels that keep more", .dim))
    }
    return lines
  }

  /// FITS only when nothing is lost; TIGHT when what stays has to carry half as much again or more.
  static func judge(_ capacity: DrainPreview.Capacity) -> Judgement {
    if capacity.remaining >= capacity.total { return .fits }
    if capacity.remaining <= 0 { return .none }
    return capacity.remaining * 3 <= capacity.total * 2 ? .tight : .unknown
  }

  private func remark(_ judgement: Judgement, _ capacity: DrainPreview.Capacity) -> String {
    switch judgement {
    case .fits: return ", nothing is lost"
    case .none: return ", traffic goes one level up"
    case .tight, .unknown:
      let tenths = capacity.total * 10 / max(1, capacity.remaining)
      return ", each carries \(glyphs.times)\(tenths / 10).\(tenths % 10); load unknown"
    }
  }

  private func place(_ capacity: DrainPreview.Capacity, _ isOfMany: Bool) -> String {
    let level =
      switch capacity.level {
      case .zone(let zone, _): zone
      case .region(let region): region
      case .global: "global"
      }
    return isOfMany ? "\(capacity.service.name) \(level)" : level
  }
}

import Control
import Federation
import Terminal
import Testing

@testable import Dashboard

/// The rules judge a role on the grounds that ``Role/grounds`` names: frames must show it on no other.
@Suite("Roles and the grounds they are shown on")
struct ShownGroundsTests {
  private struct Shown: Hashable {
    var role: Role
    var ground: Role
  }

  /// A theme in which every role and every ground has a colour that says which it is.
  private static let tracer: Theme = {
    var styles: [Role: Style] = [:]
    for (number, role) in Role.allCases.enumerated() {
      let ink = Color(0x10_0000 + UInt32(number), .white)
      styles[role] = Style(foreground: ink, background: role.isGround ? Color(0x20_0000 + UInt32(number), .black) : nil)
    }
    return Theme(name: "tracer", styles: styles)
  }()

  private static func shown(_ drivers: [Driver]) -> Set<Shown> {
    var shown: Set<Shown> = []
    for driver in drivers {
      let grid = frame(driver.state, theme: tracer)
      for row in 0..<grid.size.rows {
        for column in 0..<grid.size.columns {
          let style = grid[column, row].style
          guard let ink = style.foreground, let paper = style.background else { continue }
          shown.insert(
            Shown(role: Role.allCases[Int(ink.rgb & 0xFF)], ground: Role.allCases[Int(paper.rgb & 0xFF)]))
        }
      }
    }
    return shown
  }

  private static func drivers() -> [Driver] {
    let world = FrameTests.incident()
    var drivers = [ViewKind.tree, .services, .records, .trace, .clusters, .timeline].map { view in
      var driver = Driver(world.snapshot)
      driver.state.show(view)
      return driver
    }
    // The selected row goes over every state, in the tree and in the tables.
    for base in drivers {
      var driver = base
      for _ in 0..<16 {
        driver.press(.down)
        drivers.append(driver)
      }
    }
    var help = Driver(readOnly: "no key")
    help.press(.character("?"))
    var drain = Driver()
    drain.openDrain(objections: [Hold(rule: .massChange, service: SampleWorld.nginx, name: nil, why: "too many")])
    var filled = drain
    filled.fillCard()
    var filter = Driver()
    filter.press(.character("/"))
    filter.type("us")
    var toast = Driver()
    toast.press(.character("T"))
    return drivers + [help, drain, filled, filter, toast, Driver(nil)]
  }

  @Test("No role is shown on a ground that the rules do not judge it on")
  func grounds() {
    let shown = Self.shown(Self.drivers())
    for pair in shown where !pair.role.grounds.contains(pair.ground) && pair.role != .background {
      Issue.record("\(pair.role) on \(pair.ground): add the ground in Role+Grounds.swift")
    }
    // Frames that show little would prove little.
    for (role, ground) in [
      (Role.down, Role.selection), (.ok, .header), (.warning, .card), (.text, .toast), (.key, .card),
    ] {
      #expect(shown.contains(Shown(role: role, ground: ground)), "\(role) on \(ground)")
    }
    #expect(shown.count > 40)
  }
}

import Control
import Federation

extension DemoFederation {
  /// Declares the aliases of somebody's own configuration to those that join as well, so that nobody takes them for
  /// names that are declared no more.
  static func join(_ written: Configuration, _ own: Configuration, at path: String, text: String) throws {
    guard own.federation.name == written.federation.name, own.federation.domain == written.federation.domain else {
      throw Failure(
        .failed,
        "the demo's own name server serves \(written.federation.name) in \(written.federation.domain): write that "
          + "federation beside `provider: embedded`, or another provider")
    }
    let inside = own.aliases.filter { alias in
      alias.name.isSubdomain(of: own.federation.domain)
        && !own.aliasZones.contains { alias.name.isSubdomain(of: $0.zone) }
    }
    guard !inside.isEmpty else { return }
    TextFile.replace(path, by: text + "aliases:\n" + inside.map { "  - \(line($0))\n" }.joined())
  }

  /// An alias as the configuration has it.
  private static func line(_ alias: Alias) -> String {
    var target = "service: \"\(alias.service)\""
    switch alias.target {
    case .global: break
    case .region(let region): target += ", region: \"\(region)\""
    case .zone(let zone, let region):
      target += ", zone: \"\(zone)\"" + (region.map { ", region: \"\($0)\"" } ?? "")
    }
    return "{ name: \"\(alias.name)\", target: { \(target) }\(alias.ttl.map { ", ttl: \($0)" } ?? "") }"
  }
}

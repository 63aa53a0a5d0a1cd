import Testing

/// Which real servers a suite needs, and how to get them.
extension Trait where Self == ConditionTrait {
  static var needsBIND: Self {
    .enabled(
      if: Bed.has("named"), "there is no named on this machine (apt-get install bind9 bind9-utils bind9-dnsutils)")
  }

  static var needsKnot: Self {
    .enabled(if: Bed.has("knotd"), "there is no knotd on this machine (apt-get install knot bind9-dnsutils)")
  }

  static var needsPowerDNS: Self {
    .enabled(
      if: Bed.has("pdns_server", "pdnsutil", "sqlite3"),
      "there is no pdns_server on this machine (apt-get install pdns-server pdns-backend-sqlite3 sqlite3)")
  }
}

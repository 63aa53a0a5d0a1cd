package import Federation

/// This is an operator's standing order that a service stays at an earlier generation until the order ends.
package struct RollbackOrder: Sendable, Hashable {
  package var service: ServiceKey
  package var pin: Pin
  /// Why, in the operator's words. Never empty.
  package var reason: String
  /// Who gave the order.
  package var holder: String
  package var created: Timestamp
  package var expires: Timestamp
  /// The rules that the holder overrode by name.
  package var overrides: Set<SafetyRule>

  package init(
    service: ServiceKey, generation: UInt64, records: [RecordSet], reason: String, holder: String, created: Timestamp,
    expires: Timestamp, overrides: Set<SafetyRule> = []
  ) {
    self.service = service
    self.pin = Pin(generation: generation, records: records, bringsBackDead: overrides.contains(.knownDead))
    self.reason = reason
    self.holder = holder
    self.created = created
    self.expires = expires
    self.overrides = overrides
  }
}

/// What is settled when the dashboard starts.
package struct DashboardOptions: Hashable, Sendable {
  /// Who gives orders from here; written into every cordon.
  package var operatorName: String
  /// Why nothing may be changed (`started with --read-only`); nil when it may.
  package var readOnly: String?
  /// Names of the themes that `T` goes round.
  package var themes: [String]
  package var bindings: BindingTable
  /// Whether the bell rings when something gets worse.
  package var rings: Bool

  package init(
    operatorName: String, readOnly: String? = nil, themes: [String] = ["dark"], bindings: BindingTable = .standard,
    rings: Bool = false
  ) {
    self.operatorName = operatorName
    self.readOnly = readOnly
    self.themes = themes
    self.bindings = bindings
    self.rings = rings
  }
}

/// What fills the body of the screen.
package enum ViewKind: String, Hashable, Sendable, CaseIterable {
  case tree, services, records, trace, clusters, timeline, doctor

  /// As `--view` and the command line name it.
  package init?(name: String) { self.init(rawValue: name) }
}

/// The pane that keys move in.
enum Pane: Hashable, Sendable { case places, trace, events }

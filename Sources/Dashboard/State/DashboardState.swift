package import Control
package import Federation
package import Terminal

/// All that the screen depends on. A value: the same state and size always give the same frame.
package struct DashboardState: Sendable {
  package let options: DashboardOptions
  package internal(set) var size: Size
  package internal(set) var now: Timestamp
  package internal(set) var snapshot: FederationSnapshot?
  package internal(set) var view: ViewKind
  /// Which of the themes of ``DashboardOptions/themes`` is on.
  package internal(set) var themeIndex = 0

  var scope: Scope?
  /// The service that the second line, the trace and the orders are about.
  var service: ServiceKey?
  var order = PlaceOrder.worstFirst
  var filterText = ""
  var onlyUnhealthy = false
  /// What the operator folded or unfolded; the rest follows the rule of the scope.
  var folds: [PlaceID: Bool] = [:]
  var selection: PlaceID?
  /// Whether a person has used a key or the mouse: until then the selection stays with the worst zone.
  var isTouched = false
  /// First row on screen, of the tree or of the table.
  var top = 0
  /// First line on screen of the trace and of the events.
  var traceTop = 0
  var eventsTop = 0
  var pane = Pane.places
  /// Selected line of the views that are tables.
  var tableRow = 0
  var helpTop: Int?
  var prompt: Prompt?
  var card: Card?
  var toasts: [Toast] = []
  var tracing = Tracing()
  var memory = Memory()

  /// Derived from the snapshot, the scope and the order.
  var tree = PlaceTree.empty
  /// Derived from the tree, the folds and the filter: indexes of the places that have a row.
  var rows: [Int] = []
  /// Derived from the snapshot, in its order.
  var summaries: [ServiceSummary] = []
  /// Derived from the snapshot: the sum over all services.
  var totals = Tally()

  package init(options: DashboardOptions, size: Size, now: Timestamp, view: ViewKind = .tree) {
    self.options = options
    self.size = size
    self.now = now
    self.view = view
  }

  var filter: Filter { Filter(filterText, onlyUnhealthy: onlyUnhealthy) }
  var layout: Layout {
    // An order over what is selected has more to say than fits below a whole tree.
    let isOrdered = selection.map { !orders(over: $0).isEmpty } ?? false
    return Layout(size: size, view: view, pane: pane, treeRows: isOrdered ? 0 : rows.count)
  }
}

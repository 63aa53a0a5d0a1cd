package import Control
package import Federation
package import Terminal

/// All that the screen depends on. A value: the same state and size always give the same frame.
package struct DashboardState: Sendable {
  package internal(set) var options: DashboardOptions
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
  /// What is selected in the views that are tables.
  var picked: [ViewKind: Picked] = [:]
  /// How each table is ordered and which columns it shows.
  var choices: [ViewKind: TableChoice] = [:]
  /// The page that lies over everything.
  var sheet: Sheet?
  var prompt: Prompt?
  var card: Card?
  /// The places that a what-if is about, in the order in which they were marked; none lies in another.
  var marks: [PlaceID] = []
  /// The orders that were given from here and not lifted from here, oldest first, bounded.
  var placed: [PlacedOrder] = []
  var toasts: [Toast] = []
  /// What toasts have said in this session, oldest first, bounded.
  var said: [Said] = []
  /// Command lines typed before, oldest first, bounded.
  var history: [String] = []
  /// A name that was asked about by `:trace`; nil while the trace follows the selection.
  var tracedOther: DomainName?
  /// Something got worse since the bell last rang.
  var isBellDue = false
  var tracing = Tracing()
  var memory = Memory()

  /// Derived from the snapshot: every shard, judged and counted.
  var census = Census()
  /// Derived from the census, the scope and the order.
  var tree = PlaceTree.empty
  /// Derived from the census and the filter; nil where every leaf of the tree has a place.
  var sieve: Sieve?
  /// Derived from the tree, the folds and the filter: what has a row.
  var rows = RowList()
  /// Derived from the snapshot: what is known of each drain in force.
  var drainFacts: [Cordon: DrainPhases.Facts] = [:]
  /// Derived from the snapshot, in its order.
  var summaries: [ServiceSummary] = []
  /// Derived from the snapshot: the sum over all services.
  var totals = Tally()
  /// Derived from the snapshot while the doctor is on screen: what is not as it should be.
  var findings: [Finding] = []
  /// When they were looked for.
  var findingsMade: Timestamp?
  /// Derived from the snapshot, the order and the filter: the tables.
  var servicesShown: [ServiceSummary] = []
  var clustersShown: [ClusterSnapshot] = []
  /// The filter that the tables were made with.
  var tablesFilter = Filter.none

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

/// What a key can ask for. The raw value is what the configuration calls it (`dashboard.keys`).
package enum Action: String, Hashable, Sendable, CaseIterable {
  case up, down, pageUp, pageDown, top, bottom
  case fold, unfold, open, back
  case nextPane, previousPane, nextService, previousService, everyService
  case filter, command, help, onlyUnhealthy, sort
  case cordon, uncordon, drain, reconcile, reconcileAll
  case freeze, stepBack, stepForward, leapBack, leapForward, play
  case mark, unmark, whatIf
  case plan, trace, copy, copyCommand, theme, messages
  case viewTree, viewServices, viewRecords, viewTrace, viewClusters, viewTimeline, viewDoctor
  case redraw, quit
}

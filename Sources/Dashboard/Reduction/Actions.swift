import Control
import Federation
import Terminal

extension DashboardState {
  /// Does what a key asks for outside cards and prompts.
  mutating func perform(_ action: Action) -> [Effect] {
    switch action {
    case .up: move(by: -1)
    case .down: move(by: 1)
    case .pageUp: move(by: -max(1, layout.placeRows - 1))
    case .pageDown: move(by: max(1, layout.placeRows - 1))
    case .top: move(by: -1 << 40)
    case .bottom: move(by: 1 << 40)
    case .fold: if view == .tree, pane == .places { fold() }
    case .unfold: if view == .tree, pane == .places { unfold() }
    case .open: open()
    case .back: back()
    case .nextPane: nextPane(1)
    case .previousPane: nextPane(-1)
    case .nextService: stepService(1)
    case .previousService: stepService(-1)
    case .everyService: toggleScope()
    case .filter: prompt = Prompt(purpose: .filter, field: InputField(filterText), former: filterText)
    case .command: prompt = Prompt(purpose: .command, field: InputField(), former: "")
    case .help: sheet = Sheet(kind: .help)
    case .messages: sheet = Sheet(kind: .messages)
    case .plan: sheet = Sheet(kind: .plan)
    case .onlyUnhealthy:
      onlyUnhealthy.toggle()
      refreshRows()
    case .sort where !columnNames.isEmpty: sortByNextColumn()
    case .sort:
      order = order == .worstFirst ? .name : .worstFirst
      refreshTree()
      toast(.done, "sorted \(order == .name ? "by name" : "worst first")")
    case .theme:
      themeIndex = (themeIndex + 1) % max(1, options.themes.count)
      if options.themes.indices.contains(themeIndex) { toast(.done, "theme \(options.themes[themeIndex])") }
    case .viewTree: show(.tree)
    case .viewServices: show(.services)
    case .viewRecords: show(.records)
    case .viewTrace: show(.trace)
    case .viewClusters: show(.clusters)
    case .viewTimeline: show(.timeline)
    case .viewDoctor: show(.doctor)
    case .freeze: toggleFreeze()
    case .stepBack: step(-1)
    case .stepForward: step(1)
    case .leapBack: step(-10)
    case .leapForward: step(10)
    case .play: togglePlaying()
    case .drain: return openCard(.drain)
    case .cordon: return openCard(.cordon)
    case .uncordon: return openUncordon()
    case .mark: toggleMark()
    case .unmark: unmarkAll()
    case .whatIf: return openWhatIf()
    case .reconcile, .reconcileAll: return reconcile(onlySelected: action == .reconcile)
    case .trace:
      tracing.forget(tracedName?.name)
      if view == .tree || view == .records { pane = .trace }
    case .copy: return copySelected()
    case .copyCommand: toast(.warning, "Y copies the command of a card: open one with d or c")
    case .redraw: return [.redraw]
    case .quit: return [.quit]
    }
    return []
  }

  private mutating func open() {
    switch view {
    case .tree: if pane == .places { toggleFold() }
    case .services:
      guard let key = pickedService else { return }
      scope = .service(key)
      showService(key)
      show(.tree)
    case .clusters:
      guard let name = pickedCluster?.cluster.name else { return }
      show(.tree)
      if let place = tree.places.first(where: { $0.cluster == name }) {
        if let parent = place.id.parent { folds[parent] = false }
        folds[.region(place.id.region)] = false
        selection = place.id
        refreshRows()
      }
    case .records, .doctor: pane = .trace
    case .timeline: openTimelineItem()
    case .trace: break
    }
  }

  /// One step back: the pane, the filter, then the view.
  private mutating func back() {
    if leavesPast() { return }
    if tracedOther != nil {
      tracedOther = nil
      show(.tree)
    } else if pane != .places {
      pane = .places
      scrollToSelection()
    } else if isFiltering {
      filterText = ""
      onlyUnhealthy = false
      refreshRows()
    } else if view != .tree {
      show(.tree)
    }
  }

  private mutating func toggleScope() {
    guard let service else { return }
    scope = scope == .everything ? .service(service) : .everything
    refreshTree()
  }

  private mutating func reconcile(onlySelected: Bool) -> [Effect] {
    guard !refusesToAct() else { return [] }
    guard let service else {
      toast(.warning, "there is no service to reconcile")
      return []
    }
    return [.perform(.reconcile(onlySelected ? service : nil))]
  }

  private mutating func copySelected() -> [Effect] {
    if view == .doctor, let finding = pickedFinding {
      toast(.done, "copied what to do")
      return [.copy(cleanLines([finding.cure]))]
    }
    guard let name = tracedName else {
      toast(.warning, "nothing is selected that could be copied")
      return []
    }
    let values = name.published.flatMap { set in
      set.values.map { "\(name.name) \(set.ttl) IN \(set.type.rawValue) \($0)" }
    }
    toast(.done, "copied \(name.name)")
    return [.copy(cleanLines(values.isEmpty ? [name.name.text] : values))]
  }

  private func cleanLines(_ lines: [String]) -> String {
    lines.map { cleanText($0, limit: 1_000) }.joined(separator: "\n")
  }
}

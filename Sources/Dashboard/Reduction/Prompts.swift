import Control
import Federation
import Terminal

extension DashboardState {
  mutating func handleInPrompt(_ key: Key) -> [Effect] {
    guard let current = prompt else { return [] }
    switch key {
    case .escape, .control("c"):
      prompt = nil
      if current.purpose == .filter {
        filterText = current.former
        refreshRows()
      }
    case .enter:
      prompt = nil
      if current.purpose == .command { return run(current.field.trimmed) }
    case .backspace where current.field.text.isEmpty: prompt = nil
    default:
      if prompt?.field.edit(key) == true { applyPromptAsTyped() }
    }
    return []
  }

  /// A filter works while it is typed.
  mutating func applyPromptAsTyped() {
    guard let prompt, prompt.purpose == .filter, prompt.field.text != filterText else { return }
    filterText = prompt.field.text
    refreshRows()
  }

  private mutating func run(_ line: String) -> [Effect] {
    let words = line.split(separator: " ").map(String.init)
    guard let verb = words.first else { return [] }
    switch verb {
    case "q", "quit": return [.quit]
    case "help": helpTop = 0
    case "reconcile": return perform(words.count > 1 ? .reconcile : .reconcileAll)
    case "view":
      guard words.count == 2, let view = ViewKind(name: words[1]) else {
        toast(.warning, "view takes one of \(ViewKind.allCases.map(\.rawValue).joined(separator: ", "))")
        return []
      }
      show(view)
    case "export": return export(Array(words.dropFirst()))
    case "drain", "cordon", "uncordon": return runOrder(verb, words.dropFirst().first)
    default:
      guard !refusesToAct() else { return [] }
      return [.command(line)]
    }
    return []
  }

  private mutating func runOrder(_ verb: String, _ text: String?) -> [Effect] {
    guard let text else {
      toast(.warning, "\(verb) what? zone/NAME, region/NAME, cluster/NAME or shard/CLUSTER/NAMESPACE/NAME")
      return []
    }
    let target: CordonTarget
    do throws(CordonTargetError) { target = try CordonTarget(text) } catch {
      toast(.error, error.description)
      return []
    }
    guard let place = place(of: target) else {
      toast(.error, "\(target) is not in this federation; the tree (1) shows what is")
      return []
    }
    if verb == "uncordon" {
      openUncordon(target, at: place)
      return []
    }
    return openCard(verb == "drain" ? .drain : .cordon, target, at: place)
  }

  /// Where a target is in the tree; nil when there is no such place.
  func place(of target: CordonTarget) -> PlaceID? {
    switch target {
    case .region(let name): tree[.region(name)]?.id
    case .zone(let name): tree.places.first { $0.id.zone == name }?.id.zonePlace
    case .cluster(let name): tree.places.first { $0.cluster == name }?.id
    case .shard(let cluster, let key):
      snapshot?.services.first { $0.key == key }?.shards.first { $0.shard.cluster == cluster }
        .flatMap { _ in tree.places.first { $0.cluster == cluster }?.id }
    }
  }
}

extension PlaceID {
  /// The zone a place lies in, as a place; nil for regions.
  var zonePlace: PlaceID? { zone.map { .zone($0, region: region) } }
}

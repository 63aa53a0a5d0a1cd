internal import Federation

extension FederationSnapshot {
  /// Everything in the picture that is not as it should be, the most urgent first. Cost: linear in the shards and names.
  package var findings: [Finding] {
    let found =
      federationFindings + clusterFindings + services.flatMap { findings(of: $0) } + aliasFindings + orderFindings
    let ranks = Dictionary(uniqueKeysWithValues: Finding.Severity.allCases.enumerated().map { ($1, $0) })
    return found.enumerated().sorted { left, right in
      let (one, two) = (ranks[left.element.severity] ?? 0, ranks[right.element.severity] ?? 0)
      return (one, left.offset) < (two, right.offset)
    }.map(\.element)
  }

  private var federationFindings: [Finding] {
    var found: [Finding] = []
    switch dns {
    case .unreachable(let why):
      found.append(
        Finding(
          .error, "provider", "DNS cannot be read or written", evidence: "\(provider): \(why)",
          cure: "zonetop zone check; look at the section dns of the configuration"))
    case .unknown:
      found.append(
        Finding(
          .note, "provider", "DNS has not been read yet", evidence: provider,
          cure: "wait a moment; if it stays, zonetop zone check"))
    case .inStep, .changing, .held: break
    }
    if leader == .none {
      found.append(
        Finding(
          .error, "federation", "nobody leads: no name is changed",
          evidence: "the lease of \(federation.name) has no holder",
          cure: "start zonetop controller, or read its log"))
    }
    return found
      + held.map { hold in
        // A hold for want of evidence keeps addresses where they are; what holds everything is worse.
        Finding(
          hold.rule == .quorum ? .warning : .error, hold.subject, "held by \(hold.rule.rawValue)", evidence: hold.why,
          cure: hold.rule.cure(of: hold.subject))
      }
  }

  private var clusterFindings: [Finding] {
    clusters.compactMap { entry in
      let name = entry.cluster.name
      let evidence =
        entry.lastHeard.map { "\(entry.reason); last heard \(ageText(since: $0, at: time)) ago" }
        ?? "\(entry.reason); never heard"
      switch entry.cluster.condition {
      case .ready: return nil
      case .notReady:
        return Finding(
          .warning, "cluster/\(name)", "the cluster says that it is not ready", evidence: evidence,
          cure: "kubectl --context \(name) get --raw '/readyz?verbose'")
      case .unreachable:
        return Finding(
          .warning, "cluster/\(name)", "unreachable: its addresses are held as they were", evidence: evidence,
          cure: "kubectl --context \(name) get nodes; to take it out now: zonetop drain cluster/\(name) --reason …")
      case .withdrawn:
        return Finding(
          .error, "cluster/\(name)", "unreachable, and withdrawn on evidence", evidence: evidence,
          cure: "kubectl --context \(name) get nodes; it comes back by itself when it answers")
      }
    }
  }

  private var aliasFindings: [Finding] {
    aliases.filter { !$0.isInStep }.map { alias in
      Finding(
        .warning, alias.alias.name.text, "the alias is not in step", evidence: alias.why ?? "not written yet",
        cure: "zonetop records; a record of somebody else's at the name is theirs to remove")
    }
  }

  private var orderFindings: [Finding] {
    cordons.map { cordon in
      let order = orders.first { $0.cordon == cordon }?.status
      let subject = cordon.target.description
      let left = "ends in \(ageText(since: time, at: cordon.expires))"
      if let order, order.phase == .held {
        return Finding(
          .warning, subject, "the \(cordon.kind.rawValue) by \(cordon.holder) is held", evidence: order.message,
          cure: "zonetop uncordon \(subject), or give it again with --override")
      }
      return Finding(
        .note, subject, "\(cordon.kind.rawValue) by \(cordon.holder): \(cordon.reason)",
        evidence: [order?.message, left].compactMap { $0 }.joined(separator: "; "), cure: "zonetop uncordon \(subject)")
    }
  }
}

extension SafetyRule {
  /// What an operator can do about a hold of this rule.
  ///
  /// - Parameter subject: what is held: `cluster/us-central1-a`, a service, a name.
  func cure(of subject: String) -> String {
    switch self {
    case .massChange: "look at zonetop plan; if it is meant, give the order with --override mass-change"
    case .quorum:
      "start zonetop probe in other places"
        + (subject.hasPrefix("cluster/") ? ", or take it out: zonetop drain \(subject) --reason …" : "")
    case .failStatic: "find out why many clusters are silent here; DNS moves again when they answer"
    case .owned: "somebody else's record stands at the name; remove it there, or choose another name"
    case .singleWriter: "start zonetop controller, or read its log"
    case .neverEmpty: "bring one shard back: the last good addresses stay until then"
    default: "zonetop plan shows what is held, zonetop history what came before"
    }
  }
}

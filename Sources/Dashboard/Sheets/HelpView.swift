import Terminal

/// Every key, made from the binding table, with the name by which the configuration binds it anew; every command; every state.
struct HelpView {
  let state: DashboardState
  let glyphs: Glyphs

  func lines() -> [TextLine] {
    var lines: [TextLine] = []
    for group in Binding.Group.allCases {
      lines.append(TextLine(" \(group.rawValue)", .title))
      for binding in state.options.bindings.bindings where binding.group == group {
        var line = TextLine("   ")
        line.column(binding.keys.map { $0.text(glyphs) }.joined(separator: " "), 10, .key)
        line.column(binding.help, 60)
        line.add(binding.action.rawValue, .dim)
        if group == .act, let reason = state.options.readOnly { line.add("  off: \(reason)", .disabled) }
        lines.append(line)
      }
    }
    lines.append(TextLine(" Commands, after :", .title))
    for verb in CommandVerb.all {
      var line = TextLine("   ")
      line.column(verb.name, 10, .key)
      line.column(verb.argument.rawValue, 11, .dim)
      line.add(verb.help)
      lines.append(line)
    }
    lines.append(TextLine(" Filter, after /", .title))
    for (term, meaning) in Self.terms {
      var line = TextLine("   ")
      line.column(term, 23, .key)
      line.add(meaning)
      lines.append(line)
    }
    lines.append(TextLine(" States", .title))
    for (health, meaning) in Self.meanings {
      var line = TextLine("   ")
      line.column("\(glyphs.sign(of: health)) \(health.letters)", 10, health.role)
      line.add(meaning)
      lines.append(line)
    }
    return lines
  }

  private static let terms = [
    ("text  !text", "in a region, zone, cluster, service or address; not in it"),
    ("/pattern/", "with . * + ? ^ $"),
    ("health=down", "ok, degraded, down, drained, cordoned, stale, unhealthy"),
    ("region= zone= cluster=", "one part of the place; also service= and address="),
  ]

  private static let meanings: [(HealthState, String)] = [
    (.ok, "every endpoint is ready and the address is in DNS"),
    (.degraded, "serves, but not all of it; or healthy and not in DNS yet"),
    (.down, "does not serve; its name points one level up"),
    (.drained, "an operator took it out of DNS"),
    (.cordoned, "an operator lets nothing new in; what serves goes on"),
    (.stale, "the cluster does not answer: the last known is held"),
    (.absent, "the service has no shard here"),
  ]
}

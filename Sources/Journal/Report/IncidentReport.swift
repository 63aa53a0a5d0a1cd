import Control
package import Federation

/// What happened between two moments of a recording, as a Markdown document for people who were not there.
package struct IncidentReport: Sendable {
  private let start: Timestamp
  private let end: Timestamp
  private let last: FederationSnapshot
  private let items: [TimelineItem]
  private let story: IncidentStory

  /// - Parameter end: the last moment that counts; nil takes all.
  /// - Returns: nil when nothing has been seen yet.
  package init?(_ recording: Recording, until end: Timestamp? = nil) {
    guard let start = recording.start, let last = recording.end else { return nil }
    self.start = start
    self.end = max(start, min(end ?? last, last))
    guard let picture = recording.picture(at: self.end) else { return nil }
    self.last = picture
    let known = recording.timeline(at: self.end, orders: [], limit: 10_000)
    items = known.filter { $0.time >= start }.reversed()
    story = IncidentStory(recording, until: self.end)
  }

  /// The name that a report has where nobody gave one.
  package var fileName: String {
    "zonetop-incident-\(end.description.prefix(19).filter { $0 != "-" && $0 != ":" })Z.md"
  }

  /// The whole document.
  package var text: String {
    (summary + section("What was down", down) + section("Timeline", timeline) + section("Record sets", names)
      + section("Orders", orders) + section("Held by safety rules", holds)).joined(separator: "\n") + "\n"
  }

  private func section(_ title: String, _ lines: [String]) -> [String] {
    ["", "## \(title)", ""] + (lines.isEmpty ? ["Nothing."] : lines)
  }

  private var summary: [String] {
    let federation = "\(escaped(last.federation.name)) (\(escaped(last.federation.domain.text)))"
    let serving = last.services.reduce(0) { $0 + $1.shards.count(where: \.isServing) }
    let total = last.services.reduce(0) { $0 + $1.shards.count }
    var lines = [
      "# Incident report: \(federation)", "", "- From \(start) to \(end)", "- Provider: \(escaped(last.provider))",
    ]
    if let environment = last.environment { lines.append("- Environment: \(escaped(environment))") }
    lines += [
      "- Not healthy at some time: \(count(story.outages.count, "shard")), at the end: "
        + "\(story.outages.count { $0.until == nil })",
      "- At the end \(serving) of \(total) shards serve, \(count(last.cordons.count, "order")) in force, "
        + "\(count(last.held.count + last.services.reduce(0) { $0 + $1.held.count }, "hold"))",
    ]
    return lines
  }

  private func count(_ number: Int, _ thing: String) -> String { "\(number) \(thing)\(number == 1 ? "" : "s")" }

  private var down: [String] {
    table(
      ["From", "Until", "Cluster", "Service", "Because"],
      story.outages.map { outage in
        [
          outage.isFromBefore ? "before" : moment(outage.since), outage.until.map(moment) ?? "still",
          escaped(outage.cluster), escaped(outage.service.description), escaped(outage.reason.sentence),
        ]
      })
  }

  /// To the millisecond: what is finer tells a reader nothing.
  private func moment(_ time: Timestamp) -> String {
    "\(Timestamp(nanoseconds: time.nanoseconds / 1_000_000 * 1_000_000))"
  }

  private var timeline: [String] {
    table(
      ["Time", "Kind", "Subject", "Who", "What", "Why"],
      items.map { item in
        [
          moment(item.time), item.word, escaped(item.subject), escaped(item.who ?? ""), escaped(item.what),
          escaped(item.why ?? ""),
        ]
      })
  }

  private var names: [String] {
    table(
      ["Time", "Name", "Before", "After"],
      story.changes.map { [moment($0.time), escaped($0.name.text), sets($0.before), sets($0.after)] })
  }

  private func sets(_ sets: [RecordSet]) -> String {
    sets.isEmpty
      ? "nothing"
      : sets.map { "\($0.type.rawValue) \(escaped($0.values.joined(separator: " "))) (TTL \($0.ttl))" }
        .joined(separator: "; ")
  }

  private var orders: [String] {
    table(
      ["Order", "Scope", "Service", "By", "Why", "Given", "Ends"],
      story.orders.map { order in
        [
          order.kind.rawValue, escaped(order.target.description), escaped(order.service?.description ?? "every"),
          escaped(order.holder), escaped(order.reason), order.created.description, order.expires.description,
        ]
      })
  }

  private var holds: [String] {
    table(
      ["Seen", "Rule", "What", "Why"],
      story.holds.map { [moment($0.time), $0.rule.rawValue, escaped($0.subject), escaped($0.why)] })
  }
}

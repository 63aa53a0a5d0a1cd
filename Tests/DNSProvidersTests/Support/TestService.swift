import DNS
import DNSProviders
import Federation

/// A service in a test: its names, and batches for it.
struct TestService: Sendable {
  static let federation = Federation(name: "myfederation", domain: DomainName(canonical: "example.com"))

  let key: ServiceKey
  let markName: DomainName

  init(_ name: String) throws {
    key = ServiceKey(namespace: "mynamespace", name: name)
    markName = try OwnershipMark.place(of: key, in: Self.federation)
  }

  /// The name in a zone or region; the global one without.
  func name(_ place: String? = nil) -> DomainName {
    let stem = "\(key.name).\(key.namespace).\(Self.federation.name).svc"
    return DomainName(canonical: place.map { "\(stem).\($0).example.com" } ?? "\(stem).example.com")
  }

  func set(_ place: String?, _ type: RecordType, _ values: String..., ttl: UInt32 = 180) -> RecordSet {
    RecordSet(name: name(place), type: type, ttl: ttl, values: values)
  }

  /// A CNAME from one place to another.
  func alias(_ place: String, to other: String?) -> RecordSet { set(place, .cname, name(other).text) }

  /// A batch that turns `before` into `after` and leaves the rest of what `mark` lists as it is.
  func batch(
    _ mark: OwnershipMark?, from before: [RecordSet] = [], to after: [RecordSet], writer: String = "test/1"
  ) -> Batch {
    let kept = (mark?.sets ?? []).filter { key in !before.contains { $0.key == key } }
    let sets = Set(kept + after.map(\.key)).sorted()
    let next = OwnershipMark(
      federation: Self.federation.name, generation: (mark?.generation ?? 0) + 1, writer: writer, sets: sets)
    return Batch(
      service: key, markName: markName, expected: mark, next: sets.isEmpty ? nil : next,
      changes: changes(from: before, to: after))
  }

  private func changes(from before: [RecordSet], to after: [RecordSet]) -> [Change] {
    let (olds, news) = (Dictionary(grouping: before, by: \.name), Dictionary(grouping: after, by: \.name))
    var seen: Set<DomainName> = []
    return (after + before).map(\.name).filter { seen.insert($0).inserted }.flatMap { name -> [Change] in
      let (old, new) = (olds[name] ?? [], news[name] ?? [])
      return (0..<max(old.count, new.count)).map { index in
        let (was, will) = (index < old.count ? old[index] : nil, index < new.count ? new[index] : nil)
        return Change(
          action: was == nil ? .create : will == nil ? .delete : .replace, name: name, before: was, after: will)
      }
    }
  }
}

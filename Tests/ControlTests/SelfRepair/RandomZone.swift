import Federation

/// Content that a zone could hold at the names of a service, made from a seed.
struct RandomZone: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x5851_F42D_4C95_7F2D &+ 99 }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }

  private mutating func oneIn(_ count: Int) -> Bool { Int.random(in: 0..<count, using: &self) == 0 }

  /// At each name nothing, addresses of one or both families, a text, or an alias: to another of the names, to itself, to
  /// nowhere.
  mutating func content(_ names: [DomainName]) -> [RecordSet] {
    var sets: [RecordSet] = []
    let density = Int.random(in: 1...4, using: &self)
    for name in names where oneIn(density) {
      let ttl: UInt32 = oneIn(2) ? 180 : 30
      if oneIn(3) {
        let target = oneIn(4) ? "nowhere.example.org" : names.randomElement(using: &self)?.text ?? "x.example.org"
        sets.append(RecordSet(name: name, type: .cname, ttl: ttl, values: [target]))
        continue
      }
      if !oneIn(4) {
        let count = Int.random(in: 1...3, using: &self)
        sets.append(RecordSet(name: name, type: .a, ttl: ttl, values: (0..<count).map { _ in address() }))
      }
      if oneIn(4) {
        sets.append(RecordSet(name: name, type: .aaaa, ttl: ttl, values: ["2001:db8::\(address().count)"]))
      }
      if oneIn(8) { sets.append(RecordSet(name: name, type: .txt, ttl: ttl, values: ["hello"])) }
    }
    return sets
  }

  private mutating func address() -> String {
    oneIn(2)
      ? SeedWorld.healthy.values.sorted().randomElement(using: &self) ?? "192.0.2.1"
      : "192.0.2.\(Int.random(in: 1...250, using: &self))"
  }

  /// No mark, one over everything, one over some of it, or one that lists what is not there.
  mutating func mark(over keys: [RecordKey]) -> OwnershipMark? {
    let ours = keys.filter { $0.type != .txt }
    let sets: [RecordKey]
    switch Int.random(in: 0..<5, using: &self) {
    case 0: return nil
    case 1: sets = ours.filter { _ in oneIn(2) }
    case 2:
      sets =
        ours + [
          RecordKey(
            name: DomainName(canonical: "nginx.mynamespace.myfederation.svc.gone.example.com"), type: .a)
        ]
    default: sets = ours
    }
    return OwnershipMark(
      federation: "myfederation", generation: UInt64.random(in: 1...1_000, using: &self), writer: "old/1",
      sets: sets.sorted(), term: oneIn(2) ? nil : 7)
  }
}

import DNS
import DNSProviders
import Federation
import Foundation
import Synchronization
import NameServer
import XMLCoder

extension StrictRoute53 {
  private struct Request: Decodable {
    var ChangeBatch: Batch
    struct Batch: Decodable { var Changes: List }
    struct List: Decodable { var Change: [Item] }
    struct Item: Decodable {
      var Action: String
      var ResourceRecordSet: RecordSet
    }
    struct RecordSet: Decodable {
      var Name: String
      var `Type`: String
      var SetIdentifier: String?
      var Weight: Int?
      var TTL: UInt32?
      var ResourceRecords: Records?
      var AliasTarget: Alias?
    }
    struct Records: Decodable { var ResourceRecord: [Record] }
    struct Record: Decodable { var Value: String }
    struct Alias: Decodable { var DNSName: String }
  }

  // MARK: Listing

  func list(_ request: FakeHTTPServer.Request) -> FakeHTTPServer.Reply {
    let query = Dictionary(request.query.map { ($0.name, $0.value) }) { $1 }
    let most = min(query["maxitems"].flatMap { Int($0) } ?? 300, state.withLock { $0.page })
    var wanted: [UInt8] = []
    if let name = query["name"] {
      guard let from = PresentationText.octal.name(name) else {
        return Self.error(400, "InvalidInput", "invalid name")
      }
      wanted = Self.order(Key(name: from, type: query["type"] ?? "", identifier: query["identifier"]))
    }
    let (rest, entries) = state.withLock { state in
      let listing =
        state.listing
        ?? state.sets.keys.map { ($0, Self.order($0)) }.sorted { $0.1.lexicographicallyPrecedes($1.1) }
      state.listing = listing
      var (low, high) = (0, listing.count)
      while low < high {
        let middle = (low + high) / 2
        if listing[middle].order.lexicographicallyPrecedes(wanted) { low = middle + 1 } else { high = middle }
      }
      return (listing[low...].map(\.key), state.sets)
    }
    let sets = rest.prefix(most + 1)
    let page = sets.prefix(most)
    var content =
      "<ResourceRecordSets>\(page.compactMap { key in entries[key].map { Self.text(key, $0) } }.joined())</ResourceRecordSets>"
    content += "<IsTruncated>\(page.endIndex < sets.endIndex)</IsTruncated>"
    if page.endIndex < sets.endIndex {
      let next = sets[page.endIndex]
      content += "<NextRecordName>\(Self.escaped(Self.wire(next.name)))</NextRecordName>"
      content += "<NextRecordType>\(next.type)</NextRecordType>"
      if let identifier = next.identifier { content += "<NextRecordIdentifier>\(identifier)</NextRecordIdentifier>" }
    }
    return Self.xml(200, "ListResourceRecordSetsResponse", content + "<MaxItems>\(most)</MaxItems>")
  }

  /// What sorts as the listing does: labels from the right, then the type, then the identifier.
  private static func order(_ key: Key) -> [UInt8] {
    let labels = reversed(key.name.text).joined(separator: "\u{1}")
    return Array("\(labels)\u{0}\(key.type)\u{0}\(key.identifier ?? "")".utf8)
  }

  /// Lower case, a dot at the end, `*` as `\052`.
  static func wire(_ name: DomainName) -> String { name.text.replacingOccurrences(of: "*", with: "\\052") + "." }

  private static func text(_ key: Key, _ entry: Entry) -> String {
    var text = "<Name>\(escaped(wire(key.name)))</Name><Type>\(key.type)</Type>"
    if let identifier = key.identifier { text += "<SetIdentifier>\(identifier)</SetIdentifier>" }
    if let weight = entry.weight { text += "<Weight>\(weight)</Weight>" }
    if let ttl = entry.ttl { text += "<TTL>\(ttl)</TTL>" }
    if let alias = entry.alias {
      text +=
        "<AliasTarget><HostedZoneId>Z2FDTNDATAQYW2</HostedZoneId><DNSName>\(alias)</DNSName><EvaluateTargetHealth>false</EvaluateTargetHealth></AliasTarget>"
    } else {
      let records = entry.values.map { "<ResourceRecord><Value>\(escaped($0))</Value></ResourceRecord>" }.joined()
      text += "<ResourceRecords>\(records)</ResourceRecords>"
    }
    return "<ResourceRecordSet>\(text)</ResourceRecordSet>"
  }

  // MARK: Changing

  func change(_ request: FakeHTTPServer.Request) -> FakeHTTPServer.Reply {
    let text = String(decoding: request.body, as: UTF8.self)
    guard text.contains("xmlns=\"\(Self.namespace)\""),
      let batch = try? XMLDecoder(trimValueWhitespaces: false, removeWhitespaceElements: true).decode(
        Request.self, from: Data(request.body))
    else { return Self.error(400, "MalformedInput", "Unexpected root element or namespace") }
    // Elements have their order; what comes first is found first.
    let order = ["<Action>", "<ResourceRecordSet>", "<Name>", "<Type>", "<TTL>", "<ResourceRecords>"].compactMap {
      text.range(of: $0)?.lowerBound
    }
    guard order == order.sorted() else { return Self.error(400, "MalformedInput", "elements are out of order") }
    let changes = batch.ChangeBatch.Changes.Change
    let values = changes.map { change in
      (change.ResourceRecordSet.ResourceRecords?.ResourceRecord.map(\.Value) ?? [])
        + (change.Action == "UPSERT" ? [""] : [])
    }
    guard values.reduce(0, { $0 + $1.count }) <= 1_000 else {
      return Self.error(400, "InvalidChangeBatch", "Number of records limit of 1000 exceeded.")
    }
    guard values.joined().reduce(0, { $0 + $1.count }) <= 32_000 else {
      return Self.error(400, "InvalidChangeBatch", "RDATA character limit of 32000 exceeded.")
    }
    return state.withLock { state in
      var sets = state.sets
      var problems: [String] = []
      for change in changes { if let problem = Self.apply(change, to: &sets) { problems.append(problem) } }
      problems += Self.conflicts(sets, touched: Set(changes.compactMap { DomainName.of($0.ResourceRecordSet.Name) }))
      guard problems.isEmpty else {
        return Self.error(400, "InvalidChangeBatch", "[\(problems.joined(separator: ", "))]")
      }
      state.sets = sets
      let id = "C\(state.calls.count)"
      state.changes[id] = state.patience
      if !state.isHeldBack { serve(&state) }
      return Self.xml(
        200, "ChangeResourceRecordSetsResponse",
        "<ChangeInfo><Id>/change/\(id)</Id><Status>PENDING</Status><SubmittedAt>2026-01-01T00:00:00Z</SubmittedAt></ChangeInfo>"
      )
    }
  }

  /// Does one change to a copy; what is wrong with it, in Route 53's words.
  private static func apply(_ change: Request.Item, to sets: inout [Key: Entry]) -> String? {
    let set = change.ResourceRecordSet
    let shown = "resource record set [name='\(set.Name)', type='\(set.Type)']"
    guard let name = DomainName.of(set.Name) else { return "Invalid name: \(set.Name)" }
    guard name.isSubdomain(of: DomainName(canonical: "example.com")) else {
      return "RRSet with DNS name \(set.Name) is not permitted in zone example.com."
    }
    let key = Key(name: name, type: set.Type, identifier: set.SetIdentifier)
    let entry = Entry(
      ttl: set.TTL, values: set.ResourceRecords?.ResourceRecord.map(\.Value) ?? [], alias: set.AliasTarget?.DNSName,
      weight: set.Weight)
    if let problem = invalid(entry, set.Type) { return "Invalid Resource Record: '\(problem)'" }
    switch change.Action {
    case "DELETE":
      guard let held = sets[key] else { return "Tried to delete \(shown) but it was not found" }
      guard held.ttl == entry.ttl, Set(held.values) == Set(entry.values), held.alias == entry.alias else {
        return "Tried to delete \(shown) but the values provided do not match the current values"
      }
      sets[key] = nil
    case "CREATE":
      guard !sets.keys.contains(where: { $0.name == name && $0.type == set.Type && $0.identifier == set.SetIdentifier })
      else { return "Tried to create \(shown) but it already exists" }
      sets[key] = entry
    case "UPSERT": sets[key] = entry
    default: return "no such action"
    }
    return nil
  }

  private static func conflicts(_ sets: [Key: Entry], touched: Set<DomainName>) -> [String] {
    let byName = Dictionary(grouping: sets.keys.filter { touched.contains($0.name) }, by: \.name)
    var problems: [String] = []
    for (name, keys) in byName.sorted(by: { $0.key < $1.key }) {
      if keys.contains(where: { $0.type == "CNAME" }), Set(keys.map(\.type)).count > 1 {
        problems.append(
          "RRSet of type CNAME with DNS name \(wire(name)) is not permitted as it conflicts with other records with the same DNS name in zone example.com."
        )
      }
      for (_, same) in Dictionary(grouping: keys, by: \.type)
      where same.count > 1 && same.contains(where: { $0.identifier == nil }) {
        problems.append("RRSet with DNS name \(wire(name)) conflicts with other records: simple and routed")
      }
    }
    return problems
  }

  /// A value that its type does not take.
  private static func invalid(_ entry: Entry, _ type: String) -> String? {
    if entry.alias != nil { return nil }
    if entry.values.isEmpty { return "no values" }
    return entry.values.first { value in
      switch type {
      case "A": IPAddress(value)?.recordType != .a
      case "AAAA": IPAddress(value)?.recordType != .aaaa
      case "CNAME": entry.values.count > 1 || DomainName.of(value) == nil
      case "TXT":
        value.wholeMatch(of: #/"([^"\\]|\\["\\]|\\[0-3][0-7][0-7])*"( "([^"\\]|\\["\\]|\\[0-3][0-7][0-7])*")*/#) == nil
          || value.unicodeScalars.contains { $0.value < 0x20 || $0.value > 0x7E }
      default: false
      }
    }
  }

  // MARK: Behind its back

  /// Removes and puts sets as somebody with the console would.
  func edit(_ removals: [RecordKey], _ sets: [HeldRecordSet]) {
    state.withLock { state in
      for key in removals { state.sets[Key(name: key.name, type: key.type.rawValue)] = nil }
      for set in sets {
        state.sets[Key(name: set.name, type: set.type.rawValue)] = Entry(ttl: set.ttl, values: set.values(as: .octal))
      }
      serve(&state)
    }
  }

  /// Lets the name servers serve what was acknowledged.
  func settle() {
    state.withLock { state in
      serve(&state)
    }
  }

  private func serve(_ state: inout State) {
    let sets = state.sets.compactMap { key, entry -> HeldRecordSet? in
      guard key.identifier == nil, entry.alias == nil, let type = RecordType(rawValue: key.type) else { return nil }
      return HeldRecordSet(
        name: key.name.text, type: type, ttl: entry.ttl ?? 0, values: entry.values, as: .octal)
    }
    let wanted = Dictionary(sets.map { ($0.key, $0) }) { $1 }
    let served = names.store.snapshot.recordSets
    let gone = served.filter { wanted[$0.key] != $0 }.map(\.key)
    let known = Dictionary(served.map { ($0.key, $0) }) { $1 }
    let new = sets.filter { known[$0.key] != $0 }
    guard !gone.isEmpty || !new.isEmpty else { return }
    try? names.store.change { (zone) throws(ProviderError) in try zone.replace(gone, with: new) }
  }
}

extension DomainName {
  /// A name as Route 53 takes it.
  fileprivate static func of(_ text: String) -> DomainName? { PresentationText.octal.name(text) }
}

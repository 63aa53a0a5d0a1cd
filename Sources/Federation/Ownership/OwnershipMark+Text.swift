extension OwnershipMark {
  /// The character-strings of the one TXT record that carries the mark, each of at most 255 bytes (RFC 1035 3.3.14):
  /// `heritage=zonetop`, `federation=…`, `generation=…`, `writer=…`, `term=…` where a lease is kept, `written=…` (seconds since
  /// 1970), then `sets=…` as often as needed.
  ///
  /// - Parameter name: where the mark stands; names in the lists are relative to its service.
  package func strings(at name: DomainName) -> [String] {
    var strings = [
      "heritage=zonetop", "federation=\(federation)", "generation=\(generation)",
      "writer=\(cleanText(writer, limit: 60))",
    ]
    if let term { strings.append("term=\(term)") }
    if let written { strings.append("written=\(written.nanoseconds / 1_000_000_000)") }
    let place = MarkPlace(name)
    var list = ""
    for key in sets.sorted() {
      let item = "\(place?.relative(key.name) ?? key.name.text + ".")/\(key.type.rawValue)"
      if !list.isEmpty, list.utf8.count + 1 + item.utf8.count > 250 {
        strings.append("sets=\(list)")
        list = ""
      }
      list += list.isEmpty ? item : ",\(item)"
    }
    if !list.isEmpty { strings.append("sets=\(list)") }
    return strings
  }

  /// What the TXT record with these character-strings at `name` says about ownership.
  ///
  /// Unknown keys are passed over, so that later versions may add some; what is known must be whole. Bounded: at most
  /// 65,535 bytes and 4,096 sets are read.
  package static func read(_ strings: some Collection<String>, at name: DomainName) -> MarkReading {
    let size = strings.reduce(0) { $0 + $1.utf8.count }
    guard size <= 65_535 else { return .unreadable("a mark of \(size) bytes") }
    guard strings.first == "heritage=zonetop" else {
      // external-dns writes all its pairs into one string: heritage=external-dns,external-dns/owner=…
      guard let first = strings.first, let heritage = strings.first(where: { $0.hasPrefix("heritage=") }) else {
        return .none
      }
      return .foreign(cleanText(first == heritage ? first : heritage, limit: 120))
    }
    guard let place = MarkPlace(name) else { return .unreadable("a mark at a name that no service has") }
    var federation: String?
    var generation: UInt64?
    var writer: String?
    var term: UInt64?
    var written: Timestamp?
    var sets: Set<RecordKey> = []
    for string in strings.dropFirst() {
      guard let equals = string.firstIndex(of: "=") else { continue }
      let value = string[string.index(after: equals)...]
      switch string[..<equals] {
      case "federation" where federation == nil: federation = String(value)
      case "generation" where generation == nil: generation = UInt64(value)
      case "writer" where writer == nil: writer = cleanText(value, limit: 60)
      case "term" where term == nil: term = UInt64(value)
      case "written" where written == nil: written = seconds(value)
      case "sets":
        for item in value.split(separator: ",") {
          guard let slash = item.lastIndex(of: "/"), sets.count < 4_096,
            let type = RecordType(rawValue: String(item[item.index(after: slash)...])),
            let name = try? place.absolute(item[..<slash])
          else { return .unreadable("a mark that lists \(cleanText(item, limit: 60))") }
          sets.insert(RecordKey(name: name, type: type))
        }
      case "federation", "generation", "writer", "term", "written":
        return .unreadable("a mark that says \(string[..<equals]) twice")
      default: continue
      }
    }
    guard let federation, !federation.isEmpty, let generation else {
      return .unreadable("a mark without federation or generation")
    }
    return .mark(
      OwnershipMark(
        federation: federation, generation: generation, writer: writer ?? "", sets: sets.sorted(), term: term,
        written: written))
  }

  /// A time that a clock may have said; nil for numbers beyond what nanoseconds in 64 bits hold.
  private static func seconds(_ text: Substring) -> Timestamp? {
    Int64(text).flatMap { (0...9_000_000_000).contains($0) ? Timestamp(seconds: $0) : nil }
  }
}

/// What a TXT record says about who owns the names around it.
package enum MarkReading: Hashable, Sendable {
  case mark(OwnershipMark)
  /// Another tool's mark, cleaned for display: `heritage=external-dns,…`.
  case foreign(String)
  /// A mark of ours that is damaged: what is wrong with it.
  case unreadable(String)
  /// No mark at all.
  case none
}

extension Filter {
  /// One word of a filter. It looks at the parts of a leaf one by one, so that what many leaves share is looked at once.
  struct Term: Hashable, Sendable {
    var isNegated: Bool
    var test: Test

    enum Test: Hashable, Sendable {
      case text(String)
      case pattern(Pattern)
      case field(Field, String)
    }

    enum Field: String, Hashable, Sendable { case health, region, zone, cluster, service, address }

    /// Nil when nothing is left to look for.
    init?(_ text: Substring) {
      isNegated = text.first == "!"
      let body = text.drop { $0 == "!" }.lowercased()
      if body.isEmpty { return nil }
      if body.hasPrefix("/") {
        let inner = body.dropFirst().hasSuffix("/") ? body.dropFirst().dropLast() : body.dropFirst()
        if inner.isEmpty { return nil }
        test = .pattern(Pattern(String(inner)))
        return
      }
      let halves = body.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if halves.count == 2, let field = Field(rawValue: String(halves[0])) {
        test = .field(field, String(halves[1]))
      } else {
        test = .text(body)
      }
    }

    func matches(_ subject: Subject) -> Bool {
      let found =
        holds(for: subject.state) || holds(forService: subject.service)
        || holds(inRegion: subject.region, zone: subject.zone, cluster: subject.cluster)
        || subject.addresses.contains { holds(forAddress: $0) }
      return found != isNegated
    }

    func holds(for state: HealthState) -> Bool {
      switch test {
      case .text(let text): state.letters.lowercased() == text
      case .field(.health, let value):
        value == "unhealthy" ? state.needsAttention : state.filterWords.contains { $0.hasPrefix(value) }
      case .field, .pattern: false
      }
    }

    func holds(inRegion region: String, zone: String, cluster: String) -> Bool {
      switch test {
      case .text(let text):
        containsIgnoringCase(zone, text) || containsIgnoringCase(cluster, text) || containsIgnoringCase(region, text)
      case .pattern(let pattern): pattern.matches(zone) || pattern.matches(cluster) || pattern.matches(region)
      case .field(.region, let value): containsIgnoringCase(region, value)
      case .field(.zone, let value): containsIgnoringCase(zone, value)
      case .field(.cluster, let value): containsIgnoringCase(cluster, value)
      case .field(.health, _), .field(.service, _), .field(.address, _): false
      }
    }

    func holds(forService service: String) -> Bool {
      switch test {
      case .text(let text), .field(.service, let text): containsIgnoringCase(service, text)
      case .pattern(let pattern): pattern.matches(service)
      case .field: false
      }
    }

    private func holds(forAddress address: String) -> Bool {
      switch test {
      case .text(let text), .field(.address, let text): containsIgnoringCase(address, text)
      case .pattern(let pattern): pattern.matches(address)
      case .field: false
      }
    }

    /// The same over addresses that stand in one piece: whether one of them is what is looked for.
    func holds(in bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
      switch test {
      case .text(let text), .field(.address, let text):
        if text.isEmpty { return !range.isEmpty }
        var text = text
        return text.withUTF8 { contains(UnsafeBufferPointer(rebasing: bytes[range]), $0) }
      case .pattern(let pattern):
        var start = range.lowerBound
        while start < range.upperBound {
          let end = bytes[start..<range.upperBound].firstIndex(of: UInt8(ascii: "\n")) ?? range.upperBound
          if pattern.matches(UnsafeBufferPointer(rebasing: bytes[start..<end])) { return true }
          start = end + 1
        }
        return false
      case .field: return false
      }
    }

    /// Whether addresses can make a difference to it.
    var looksAtAddresses: Bool {
      switch test {
      case .text, .pattern, .field(.address, _): true
      case .field: false
      }
    }
  }
}

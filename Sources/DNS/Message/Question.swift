package import Federation

/// What a message asks about; the zone section of an update (RFC 2136 section 2.3).
package struct Question: Sendable {
  package var name: DomainName
  package var type: ResourceType
  package var resourceClass: ResourceClass
  /// The name's wire bytes as they came, when they held upper case; nil otherwise.
  ///
  /// An answer must repeat the question letter by letter, for resolvers that hide randomness in it (draft "0x20").
  /// Encoding writes it in place of ``name``; `==` does not look at it.
  package var spelling: [UInt8]?

  package init(name: DomainName, type: ResourceType, resourceClass: ResourceClass = .internet) {
    self.name = name
    self.type = type
    self.resourceClass = resourceClass
    self.spelling = nil
  }
}

extension Question: Hashable {
  package static func == (left: Question, right: Question) -> Bool {
    left.type == right.type && left.resourceClass == right.resourceClass && left.name == right.name
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    hasher.combine(type)
    hasher.combine(resourceClass)
  }
}

extension Question: CustomStringConvertible {
  /// `name type`, for errors and logs.
  package var description: String { "\(name.text.isEmpty ? "." : name.text) \(type)" }
}

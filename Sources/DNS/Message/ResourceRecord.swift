package import Federation

/// One record of a message's three record sections.
package struct ResourceRecord: Hashable, Sendable {
  package var name: DomainName
  package var type: ResourceType
  package var resourceClass: ResourceClass
  /// Time to live in seconds.
  package var ttl: UInt32
  package var data: RecordData

  package init(name: DomainName, type: ResourceType, resourceClass: ResourceClass, ttl: UInt32, data: RecordData) {
    self.name = name
    self.type = type
    self.resourceClass = resourceClass
    self.ttl = ttl
    self.data = data
  }

  /// A record of class IN whose type is the one that its data says.
  ///
  /// `data` of the case ``RecordData/opaque(_:)`` or ``RecordData/empty`` says no type: such a record needs the other
  /// initializer, and gets type 0 here.
  package init(name: DomainName, ttl: UInt32, data: RecordData) {
    self.init(name: name, type: data.type ?? ResourceType(rawValue: 0), resourceClass: .internet, ttl: ttl, data: data)
  }
}

package import Federation

/// What a record holds, for the types that zonetop reads or writes.
package enum RecordData: Hashable, Sendable {
  /// The data of an A or AAAA record: the address says which.
  case address(IPAddress)
  case cname(DomainName)
  case ns(DomainName)
  case ptr(DomainName)
  indirect case soa(StartOfAuthority)
  /// One or more strings of at most 255 bytes each; encoding an empty list writes one empty string.
  case txt([[UInt8]])
  /// The bytes of any other type as they came; names within are not expanded.
  case opaque([UInt8])
  /// No data at all, as the prerequisites and deletions of an update have it (RFC 2136 sections 2.4 and 2.5).
  case empty

  /// The type that the data says by itself; nil for ``opaque(_:)`` and ``empty``.
  package var type: ResourceType? {
    switch self {
    case .address(let address): ResourceType(address.recordType)
    case .cname: .cname
    case .ns: .ns
    case .ptr: .ptr
    case .soa: .soa
    case .txt: .txt
    case .opaque, .empty: nil
    }
  }
}

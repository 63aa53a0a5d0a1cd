package import Federation

/// The data of a SOA record (RFC 1035 section 3.3.13). All times are in seconds.
package struct StartOfAuthority: Hashable, Sendable {
  package var primary: DomainName
  package var mailbox: DomainName
  package var serial: UInt32
  package var refresh: UInt32
  package var retry: UInt32
  package var expire: UInt32
  /// How long "there is no such name" may be cached, together with the record's own TTL (RFC 2308).
  package var minimum: UInt32

  package init(
    primary: DomainName, mailbox: DomainName, serial: UInt32, refresh: UInt32, retry: UInt32, expire: UInt32,
    minimum: UInt32
  ) {
    self.primary = primary
    self.mailbox = mailbox
    self.serial = serial
    self.refresh = refresh
    self.retry = retry
    self.expire = expire
    self.minimum = minimum
  }
}

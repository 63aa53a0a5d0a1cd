/// Looks a load balancer's hostname up; the shell's own seam, so that tests answer as they like.
package protocol HostLookup: Sendable {
  /// The IP addresses of a hostname in text form, sorted; never empty.
  ///
  /// - Throws: ``HostLookupError`` with one line.
  func addresses(of host: String) async throws(HostLookupError) -> [String]
}

/// Why a hostname gave no address.
package struct HostLookupError: Error, Sendable, Hashable, CustomStringConvertible {
  package var description: String

  package init(_ description: String) { self.description = description }
}

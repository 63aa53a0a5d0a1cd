/// Why a key or a certificate could not be made or read: one line for people, never with key material in it.
package struct CertificateError: Error, Hashable, Sendable, CustomStringConvertible {
  package var description: String

  package init(_ description: String) { self.description = description }
}

/// How a federation API is reached that is served two ports after the clusters', over TLS: what a kubeconfig says of it.
///
/// Everything is base64, as kubeconfigs have it.
package struct FederationAccess: Sendable {
  package var authority: String
  package var clientCertificate: String
  package var clientKey: String

  package init(authority: String, clientCertificate: String, clientKey: String) {
    self.authority = authority
    self.clientCertificate = clientCertificate
    self.clientKey = clientKey
  }
}

package import Cryptography
import NIOCore
import NIOSSL
import Synchronization

/// The certificate that a server shows, replaceable while it serves: connections that stand keep theirs.
package final class ServingCertificate: Sendable {
  private let current: Mutex<(credential: Credential, context: NIOSSLContext)>

  /// - Throws: when the key does not belong to the certificate or either cannot be read.
  package init(_ credential: Credential) throws(APIServer.StartError) {
    current = Mutex((credential, try Self.context(credential)))
  }

  /// Shows this certificate from the next connection on.
  package func replace(by credential: Credential) throws(APIServer.StartError) {
    guard current.withLock({ $0.credential != credential }) else { return }
    let context = try Self.context(credential)
    current.withLock { $0 = (credential, context) }
  }

  var context: NIOSSLContext { current.withLock { $0.context } }

  private static func context(_ credential: Credential) throws(APIServer.StartError) -> NIOSSLContext {
    do {
      let chain = try NIOSSLCertificate.fromPEMBytes(Array(credential.certificate.pem.utf8))
      let key = try NIOSSLPrivateKey(bytes: Array(credential.key.pem.utf8), format: .pem)
      var configuration = TLSConfiguration.makeServerConfiguration(
        certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
      configuration.minimumTLSVersion = .tlsv12
      // Asked for and not demanded. Whom to believe is the authenticator's to say, so that a certificate that has
      // expired is answered by 401 as Kubernetes does, and not by a broken connection.
      configuration.certificateVerification = .optionalVerification
      configuration.trustRoots = .certificates([])
      configuration.applicationProtocols = ["http/1.1"]
      // A client that keeps its connection for later does not read it, and answers no farewell: a stop waited for that.
      configuration.shutdownTimeout = .milliseconds(200)
      return try NIOSSLContext(configuration: configuration)
    } catch {
      // What OpenSSL's kin has to say names no key material, but helps nobody either.
      throw APIServer.StartError(
        description: "the serving certificate and its key cannot be used together; remove both, they are made anew")
    }
  }
}

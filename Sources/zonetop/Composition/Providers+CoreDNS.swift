import Control
import DNSProviders
import Federation
import HTTPTransport

extension Providers {
  static func coredns(
    _ settings: CoreDNSSettings, _ federation: Federation, _ transport: HTTPTransport
  ) throws -> any DNSProvider {
    var tls = TLSSettings()
    tls.certificateAuthority = try settings.certificateAuthorityFile.map { Array(try TextFile.read($0).utf8) }
    tls.clientCertificate = try settings.clientCertificateFile.map { Array(try TextFile.read($0).utf8) }
    tls.clientKey = try settings.clientKeyFile.map { Array(try secret($0).utf8) }
    let credentials = try settings.user.map { user in
      EtcdCredentials(user: user, password: try settings.passwordFile.map(secret) ?? "")
    }
    return CoreDNSProvider(
      zone: settings.zone, federation: federation, endpoints: settings.endpoints, prefix: settings.prefix,
      credentials: credentials, tls: tls,
      api: ProviderAPI(transport: transport, rate: ownServer, clock: ContinuousClock()))
  }
}

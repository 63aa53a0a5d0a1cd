package import DNS
package import Federation

/// The provider and the name servers to read back from.
package struct DNSSettings: Sendable {
  package var provider: Provider
  /// Where success is read back; empty takes the provider's own servers, or those that the zone's NS records name.
  package var nameServers: [ServerAddress]

  package enum Provider: Sendable {
    case embedded
    case rfc2136(RFC2136Settings)
    case route53(Route53Settings)
    case googleCloudDNS(CloudDNSSettings)
    case powerdns(PowerDNSSettings)
    case coredns(CoreDNSSettings)
  }
}

/// An RFC 2136 server and the key to write with.
package struct RFC2136Settings: Sendable {
  package var servers: [ServerAddress]
  package var zone: DomainName
  package var tsig: TSIGSettings?
  /// Where the servers' word is heard that the zone has changed (NOTIFY); nil only polls.
  package var notify: ServerAddress?
}

/// Where a TSIG key is kept; the secret itself is read when the provider is made.
package struct TSIGSettings: Sendable, Hashable {
  package var name: DomainName
  package var algorithm: String
  /// Resolved against the configuration file's folder.
  package var secretFile: String
}

/// A hosted zone at Route 53. Credentials are found where Amazon's own programs find them.
package struct Route53Settings: Sendable, Hashable {
  /// Its id; nil looks for the public zone that holds the federation's domain.
  package var hostedZone: String?
  /// A profile of `~/.aws`, before all other credentials.
  package var profile: String?
  /// Another place than Amazon's, such as `http://127.0.0.1:5601`.
  package var endpoint: String?
}

/// A managed zone at Google Cloud DNS. Without a file, credentials are found where Google's own programs find them.
package struct CloudDNSSettings: Sendable, Hashable {
  /// Nil takes the project of the credentials.
  package var project: String?
  /// Its name; nil looks for the public zone that holds the federation's domain.
  package var managedZone: String?
  /// Resolved against the configuration file's folder.
  package var credentialsFile: String?
  package var endpoint: String?
}

/// A zone at a PowerDNS server's HTTP API.
package struct PowerDNSSettings: Sendable, Hashable {
  /// `http://HOST:PORT`.
  package var url: String
  package var server: String
  package var zone: DomainName
  /// These files are resolved against the configuration file's folder.
  package var apiKeyFile: String
  /// Whom to trust besides the system's own, for an API behind HTTPS.
  package var certificateAuthorityFile: String?
}

/// The etcd that CoreDNS serves a zone from.
package struct CoreDNSSettings: Sendable, Hashable {
  /// `http://HOST:PORT` or `https://…`, tried in this order.
  package var endpoints: [String]
  package var prefix: String
  package var zone: DomainName
  package var user: String?
  /// These files are resolved against the configuration file's folder.
  package var passwordFile: String?
  package var certificateAuthorityFile: String?
  package var clientCertificateFile: String?
  package var clientKeyFile: String?
}

/// What two requests must have in common to share a connection.
struct Origin: Hashable, Sendable {
  var host: String
  var port: String
  var tls: TLSSettings
  var proxy: String?
}

/// An HTTPS server of Python's standard library on 127.0.0.1, with a certificate for `api.example.test`. It answers
/// with the name in the client's certificate (or `nobody`), a space and the Host it was asked for.
struct TLSServer {
  let port: UInt16
  private let process: ChildProcess

  enum Clients: String {
    case anyone
    /// Those whom the authority has signed.
    case signed
  }

  struct NotStarted: Error {}

  init(_ certificates: Certificates, clients: Clients = .anyone) async throws {
    let program = """
      import http.server, ssl, sys
      class Handler(http.server.BaseHTTPRequestHandler):
          protocol_version = "HTTP/1.1"
          def do_GET(self):
              peer = self.connection.getpeercert()
              name = dict(pair[0] for pair in peer["subject"])["commonName"] if peer else "nobody"
              body = (name + " " + self.headers["Host"]).encode()
              self.send_response(200); self.send_header("Content-Length", str(len(body))); self.end_headers()
              self.wfile.write(body)
          def do_PUT(self):
              self.connection.close(); self.close_connection = True
          def log_message(self, *_): pass
      folder, clients = sys.argv[1:]
      tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
      tls.load_cert_chain(folder + "/server.crt", folder + "/server.key")
      if clients == "signed":
          tls.load_verify_locations(folder + "/ca.crt"); tls.verify_mode = ssl.CERT_REQUIRED
      server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
      server.socket = tls.wrap_socket(server.socket, server_side=True)
      print(server.server_address[1], flush=True)
      server.serve_forever()
      """
    process = try ChildProcess(["python3", "-c", program, certificates.folder, clients.rawValue])
    guard let port = await process.nextLine().flatMap(UInt16.init) else { throw NotStarted() }
    self.port = port
  }
}

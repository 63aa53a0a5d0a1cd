import Glibc
import NIOCore
import NIOPosix

extension DNSError {
  /// What a failure of the socket library means for somebody who asked `server`.
  init(_ error: any Error, asking server: ServerAddress, over transport: DNSReply.Transport) {
    switch error {
    case let error as DNSError: self = error
    case is CancellationError: self = .cancelled(server)
    case _ where error is TimedOut || Self.isConnectTimeout(error):
      self.init(
        .timedOut,
        "\(server) did not answer over \(transport.rawValue) in time: is it up, and does a firewall let port \(server.port) pass?"
      )
    case let error as NIOConnectionError:
      self.init(error.connectionErrors.first?.error ?? error, asking: server, over: transport)
    case let error as IOError:
      let why = String(cString: strerror(error.errnoCode))
      self.init(
        .unreachable,
        "\(server) cannot be asked over \(transport.rawValue): \(why.lowercased()); does a name server listen there?")
    default: self = .closed(server)
    }
  }

  private static func isConnectTimeout(_ error: any Error) -> Bool {
    if case .connectTimeout = error as? ChannelError { true } else { false }
  }

  static func cancelled(_ server: ServerAddress) -> DNSError {
    DNSError(.cancelled, "asking \(server) was cancelled")
  }

  static func closed(_ server: ServerAddress) -> DNSError {
    DNSError(.closed, "\(server) closed the connection before its answer was whole: try again, or see the server's log")
  }
}

import Dispatch
import Glibc
import Synchronization

/// A door to a server on 127.0.0.1 that can be slow, deaf, rude or wrong. Plain HTTP/1.1 goes through it.
final class FaultyProxy: Sendable {
  enum Fault: Sendable, Equatable {
    case none
    /// Takes connections and bytes, and never says anything; what is connected stays connected.
    case deaf
    /// Ends every connection with a reset.
    case reset
    /// Every byte from the server comes this much later.
    case slow(milliseconds: Int)
    /// So many bytes from the server every second, all connections together.
    case throttled(bytes: Int)
    /// Sends the beginning of each answer, then says that nothing more will come.
    case halfClosed(after: Int)
    /// Answers everything with this status.
    case status(Int)
    /// Ends watches as expired, and then lists no services and no endpoints: a valid answer, and a lie.
    case emptyLists
  }

  let port: Int
  let server: Int
  private let fault = Mutex((value: Fault.none, changes: 0))
  private let isStopped = Mutex(false)

  init(to server: Int, namespace: String? = nil) throws {
    self.server = server
    let (listener, port) = try Self.listen(namespace)
    self.port = port
    let queue = DispatchQueue(label: "proxy to \(server)")
    queue.async { @Sendable [self] in
      if let namespace { NetworkNamespace.enter(namespace) }
      var loop = ProxyLoop(self, listener)
      loop.run()
    }
  }

  /// A listening socket at a port that the kernel chooses.
  private static func listen(_ namespace: String?) throws -> (Int32, Int) {
    let made = Mutex<(Int32, Int)?>(nil)
    let thread = DispatchQueue(label: "opening a proxy")
    thread.sync {
      if let namespace { NetworkNamespace.enter(namespace) }
      let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      var address = SocketAddresses.loopback(0)
      var size = socklen_t(MemoryLayout<sockaddr_in>.size)
      let isBound = withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          bind(listener, $0, size) == 0 && Glibc.listen(listener, 64) == 0 && getsockname(listener, $0, &size) == 0
        }
      }
      if isBound { made.withLock { $0 = (listener, Int(in_port_t(bigEndian: address.sin_port))) } }
    }
    guard let made = made.withLock({ $0 }) else { throw ProgramError("cannot listen on 127.0.0.1") }
    return made
  }

  func become(_ value: Fault) { fault.withLock { $0 = (value, $0.changes + 1) } }

  func stop() { isStopped.withLock { $0 = true } }

  var current: (value: Fault, changes: Int) { fault.withLock { $0 } }

  var isOver: Bool { isStopped.withLock { $0 } }
}

import Glibc

/// One connection through a proxy, both ends.
struct ProxiedConnection {
  let client: Int32
  /// The other end; -1 before the first byte, and where the proxy itself answers.
  private(set) var server: Int32 = -1
  /// Bytes for the client, with the time before which they must not go.
  private var pending: [(due: ContinuousClock.Instant, bytes: [UInt8])] = []
  private var request: [UInt8] = []
  private var sent = 0
  private var isHalfClosed = false
  private var lastFlush = ContinuousClock.now

  init(client: Int32) { self.client = client }

  func events(_ fault: FaultyProxy.Fault) -> Int16 { fault == .deaf ? 0 : Int16(POLLIN) }

  /// Takes what the client says; false when the connection is over.
  mutating func readClient(_ buffer: inout [UInt8], _ fault: FaultyProxy.Fault, server port: Int) -> Bool {
    let count = recv(client, &buffer, buffer.count, Int32(MSG_DONTWAIT))
    if count < 0, errno == EAGAIN { return true }
    guard count > 0 else { return false }
    switch fault {
    case .deaf: return true
    case .status, .emptyLists:
      guard server < 0 else { return Self.write(server, buffer[..<count]) }
      request += buffer[..<count]
      return answer(fault, server: port)
    default:
      guard server >= 0 || connect(port) else { return false }
      return Self.write(server, buffer[..<count])
    }
  }

  /// Takes what the server says; false when the connection is over.
  mutating func readServer(_ buffer: inout [UInt8], _ fault: FaultyProxy.Fault) -> Bool {
    let count = recv(server, &buffer, buffer.count, Int32(MSG_DONTWAIT))
    if count < 0, errno == EAGAIN { return true }
    guard count > 0 else {
      guard !pending.isEmpty || fault == .deaf else { return false }
      Glibc.close(server)
      server = -1
      return true
    }
    var due = ContinuousClock.now
    if case .slow(let milliseconds) = fault { due += .milliseconds(milliseconds) }
    pending.append((due, Array(buffer[..<count])))
    return true
  }

  /// Sends what is due; false when the connection is over.
  mutating func flush(_ fault: FaultyProxy.Fault) -> Bool {
    let now = ContinuousClock.now
    var allowance = Int.max
    switch fault {
    case .deaf: return true
    case .throttled(let bytes):
      let span = lastFlush.duration(to: now)
      allowance = Int(Double(bytes) * (span / .seconds(1)))
      guard allowance > 0 else { return true }
    case .halfClosed(let limit): allowance = max(0, limit - sent)
    default: break
    }
    lastFlush = now
    while allowance > 0, let first = pending.first, first.due <= now {
      let part = first.bytes.prefix(allowance)
      guard Self.write(client, part) else { return false }
      sent += part.count
      allowance -= part.count
      if part.count == first.bytes.count { pending.removeFirst() } else { pending[0].bytes.removeFirst(part.count) }
    }
    if case .halfClosed(let limit) = fault, sent >= limit, !isHalfClosed {
      isHalfClosed = true
      shutdown(client, Int32(SHUT_WR))
    }
    return true
  }

  /// Ends it as a program that dies does.
  func end() {
    Self.reset(client)
    if server >= 0 { Glibc.close(server) }
  }

  static func reset(_ descriptor: Int32) {
    var linger = linger(l_onoff: 1, l_linger: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<linger>.size))
    Glibc.close(descriptor)
  }

  // MARK: Answers of the proxy's own

  /// Answers every request that is there in whole; those that it has nothing to say to go to the server.
  private mutating func answer(_ fault: FaultyProxy.Fault, server port: Int) -> Bool {
    while let head = CannedAnswer.head(&request) {
      if let answer = CannedAnswer.to(head, fault) {
        guard Self.write(client, answer.utf8) else { return false }
      } else {
        guard connect(port) else { return false }
        // The server ends the connection with its answer, so that the next request comes by here again.
        let closing = head.replacing("\r\n\r\n", with: "\r\nConnection: close\r\n\r\n")
        defer { request = [] }
        return Self.write(server, Array(closing.utf8) + request)
      }
    }
    return true
  }

  private mutating func connect(_ port: Int) -> Bool {
    server = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = SocketAddresses.loopback(UInt16(port))
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(server, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }

  private static func write(_ descriptor: Int32, _ bytes: some Collection<UInt8>) -> Bool {
    let bytes = Array(bytes)
    var from = 0
    while from < bytes.count {
      let count = bytes[from...].withUnsafeBytes {
        send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      from += count
    }
    return true
  }
}

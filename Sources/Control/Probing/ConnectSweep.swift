internal import Federation
internal import Glibc

/// Opens TCP connections to many addresses at once and closes them again: blocks for at most the given time.
struct ConnectSweep {
  private let targets: [ProbeTarget]
  private let timeout: Duration
  private var failures: [String?]
  /// Sockets in the order of the targets; -1 where there is none any more.
  private var sockets: [Int32]

  /// How many connections are under way at once.
  static let batch = 256

  init(_ targets: [ProbeTarget], timeout: Duration) {
    self.targets = targets
    self.timeout = timeout
    failures = [String?](repeating: "timed out", count: targets.count)
    sockets = [Int32](repeating: -1, count: targets.count)
  }

  mutating func run() -> [(ProbeTarget, String?)] {
    for start in stride(from: 0, to: targets.count, by: Self.batch) {
      let range = start..<min(start + Self.batch, targets.count)
      for index in range { open(index) }
      wait(range)
      for index in range { finish(index) }
    }
    return Array(zip(targets, failures))
  }

  private mutating func open(_ index: Int) {
    let target = targets[index]
    var storage = sockaddr_storage()
    guard let length = fill(&storage, target) else {
      failures[index] = "cannot be read as an address"
      return
    }
    let family = Int32(storage.ss_family)
    let descriptor = socket(
      family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else {
      failures[index] = reason(errno)
      return
    }
    let status = withUnsafePointer(to: &storage) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, length) }
    }
    if status == 0 {
      failures[index] = nil
      close(descriptor)
    } else if errno == EINPROGRESS {
      sockets[index] = descriptor
    } else {
      failures[index] = reason(errno)
      close(descriptor)
    }
  }

  private mutating func wait(_ range: Range<Int>) {
    let end = ContinuousClock.now.advanced(by: timeout)
    while true {
      let open = range.filter { sockets[$0] >= 0 }
      let left = ContinuousClock.now.duration(to: end)
      guard !open.isEmpty, left > .zero else { return }
      var polled = open.map { pollfd(fd: sockets[$0], events: Int16(POLLOUT), revents: 0) }
      let count = poll(&polled, nfds_t(polled.count), Int32(max(1, left / .milliseconds(1))))
      guard count > 0 || errno == EINTR || count == 0 else { return }
      for (entry, index) in zip(polled, open) where entry.revents != 0 {
        var error: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        getsockopt(entry.fd, SOL_SOCKET, SO_ERROR, &error, &size)
        failures[index] = error == 0 ? nil : reason(error)
        finish(index)
      }
    }
  }

  private mutating func finish(_ index: Int) {
    guard sockets[index] >= 0 else { return }
    close(sockets[index])
    sockets[index] = -1
  }

  private func fill(_ storage: inout sockaddr_storage, _ target: ProbeTarget) -> socklen_t? {
    var v4 = sockaddr_in()
    if inet_pton(AF_INET, target.address, &v4.sin_addr) == 1 {
      v4.sin_family = sa_family_t(AF_INET)
      v4.sin_port = target.port.bigEndian
      withUnsafeMutableBytes(of: &storage) { raw in withUnsafeBytes(of: v4) { raw.copyMemory(from: $0) } }
      return socklen_t(MemoryLayout<sockaddr_in>.size)
    }
    var v6 = sockaddr_in6()
    guard inet_pton(AF_INET6, target.address, &v6.sin6_addr) == 1 else { return nil }
    v6.sin6_family = sa_family_t(AF_INET6)
    v6.sin6_port = target.port.bigEndian
    withUnsafeMutableBytes(of: &storage) { raw in withUnsafeBytes(of: v6) { raw.copyMemory(from: $0) } }
    return socklen_t(MemoryLayout<sockaddr_in6>.size)
  }

  private func reason(_ code: Int32) -> String {
    switch code {
    case ECONNREFUSED: "connection refused"
    case ENETUNREACH, EHOSTUNREACH: "no way there"
    case ETIMEDOUT: "timed out"
    default: cleanLine(String(cString: strerror(code)))
    }
  }
}

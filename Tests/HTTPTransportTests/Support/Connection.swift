import Glibc

/// The server's end of a connection, with blocking calls.
struct Connection: Sendable {
  let socket: Int32

  struct Request: Sendable {
    var head: String
    var body: [UInt8] = []

    var firstLine: String { String(head.prefix { $0 != "\r\n" }) }
    func field(_ name: String) -> String? {
      head.split(separator: "\r\n").dropFirst().first { $0.lowercased().hasPrefix(name.lowercased() + ":") }
        .map { String($0.dropFirst(name.count + 1).drop { $0 == " " }) }
    }
  }

  /// The next request with the body its Content-Length announces; nil when the client has closed.
  func readRequest() -> Request? {
    guard let head = readHead() else { return nil }
    var request = Request(head: head)
    if let length = request.field("content-length").flatMap(Int.init) { request.body = read(exactly: length) ?? [] }
    return request
  }

  func readHead() -> String? {
    var head: [UInt8] = []
    while !head.suffix(4).elementsEqual([13, 10, 13, 10]) {
      guard let byte = read(exactly: 1) else { return nil }
      head += byte
    }
    return String(decoding: head, as: UTF8.self)
  }

  func read(exactly count: Int) -> [UInt8]? {
    var bytes: [UInt8] = []
    while bytes.count < count {
      let more = read(upTo: count - bytes.count)
      guard !more.isEmpty else { return nil }
      bytes += more
    }
    return bytes
  }

  /// What is there, waiting for at least one byte; empty at the end.
  func read(upTo count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = max(0, recv(socket, buffer.baseAddress, count, 0))
    }
  }

  func write(_ text: String) {
    _ = write(Array(text.utf8))
  }

  @discardableResult
  func write(_ bytes: [UInt8]) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes {
        send(socket, $0.baseAddress.map { $0 + sent }, bytes.count - sent, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }

  /// Writes until all is sent or the client has not taken a byte for some time; returns what it took.
  func write(_ bytes: [UInt8], givingUpAfterMilliseconds patience: Int32) -> Int {
    var sent = 0
    while sent < bytes.count {
      var ready = pollfd(fd: socket, events: Int16(POLLOUT), revents: 0)
      guard poll(&ready, 1, patience) > 0 else { break }
      let count = bytes.withUnsafeBytes {
        send(
          socket, $0.baseAddress.map { $0 + sent }, bytes.count - sent,
          Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
      }
      guard count > 0 else { break }
      sent += count
    }
    return sent
  }

  /// Waits until the client closes or resets.
  func waitForEnd() {
    while !read(upTo: 4096).isEmpty {}
  }

  /// Passes bytes both ways until both sides have ended.
  func splice(with other: Connection) {
    let (here, there) = (self, other)
    let answered = Gate()
    onOwnThread {
      while there.relayOnce(to: here) {}
      shutdown(here.socket, Int32(SHUT_WR))
      answered.open()
    }
    while relayOnce(to: other) {}
    shutdown(other.socket, Int32(SHUT_WR))
    answered.pass()
    close(other.socket)
  }

  private func relayOnce(to other: Connection) -> Bool {
    let bytes = read(upTo: 65536)
    return !bytes.isEmpty && other.write(bytes)
  }
}

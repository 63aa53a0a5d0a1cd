import Foundation
import Glibc
import Synchronization

/// An HTTP/1.1 server on loopback that answers every request from a script, one connection each.
final class ScriptedServer: Sendable {
  /// What a request gets.
  enum Reply: Sendable {
    case whole(Int, String, type: String = "application/json")
    /// A body without a known length, and how it ends.
    case stream(String, Ending)
  }

  enum Ending: Sendable {
    case close
    /// The connection breaks before the body's end.
    case cut
    /// Nothing more comes until the server stops.
    case silence
  }

  struct Request: Sendable {
    var line: String
    var head: String
  }

  let port: UInt16
  private let listener: Int32
  private let held = Mutex<[Int32]>([])
  private let seen = Mutex<[String]>([])
  private let isStopped = Mutex(false)

  /// - Parameter script: gives the reply to the request with this number, counted from 0.
  init(_ script: @escaping @Sendable (Int, Request) -> Reply) throws {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isListening = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, length) == 0 && listen(listener, 16) == 0 && getsockname(listener, $0, &length) == 0
      }
    }
    guard listener >= 0, isListening else { throw Failure() }
    self.listener = listener
    port = UInt16(bigEndian: address.sin_port)
    // A thread of its own: a pool's threads would all be taken by servers that wait.
    Thread.detachNewThread { @Sendable [weak self] in
      defer { Glibc.close(listener) }
      var number = 0
      while true {
        let connection = accept(listener, nil, nil)
        guard connection >= 0 else { return }
        guard let self, let request = ScriptedServer.read(connection) else {
          Glibc.close(connection)
          if self == nil { return }
          continue
        }
        seen.withLock { $0.append(request.line) }
        answer(connection, script(number, request))
        number += 1
      }
    }
  }

  deinit { stop() }

  struct Failure: Error {}

  var url: String { "http://127.0.0.1:\(port)" }

  /// The request lines so far, `METHOD target`.
  var requests: [String] { seen.withLock { $0 } }

  func stop() {
    // The thread closes the listener, and only once: a number that is free goes to somebody else's socket at once.
    guard
      isStopped.withLock({ was in
        defer { was = true }
        return !was
      })
    else { return }
    shutdown(listener, Int32(SHUT_RDWR))
    held.withLock { connections in
      connections.forEach { Glibc.close($0) }
      connections = []
    }
  }

  private static func read(_ connection: Int32) -> Request? {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = recv(connection, &buffer, buffer.count, 0)
      guard count > 0 else { return nil }
      bytes += buffer[..<count]
      let text = String(decoding: bytes, as: UTF8.self)
      guard text.contains("\r\n\r\n") else { continue }
      let words = text.prefix { $0 != "\r\n" }.split(separator: " ")
      guard words.count == 3 else { return nil }
      return Request(line: "\(words[0]) \(words[1])", head: text)
    }
  }

  private func answer(_ connection: Int32, _ reply: Reply) {
    switch reply {
    case .whole(let status, let body, let type):
      write(
        connection,
        "HTTP/1.1 \(status) X\r\nContent-Type: \(type)\r\nContent-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)"
      )
      Glibc.close(connection)
    case .stream(let body, let ending):
      let length = if case .cut = ending { "Content-Length: 1000000\r\n" } else { "" }
      write(connection, "HTTP/1.1 200 X\r\nContent-Type: application/json\r\n\(length)Connection: close\r\n\r\n\(body)")
      if case .silence = ending { held.withLock { $0.append(connection) } } else { Glibc.close(connection) }
    }
  }

  private func write(_ connection: Int32, _ text: String) {
    var bytes = ArraySlice(text.utf8.map { $0 })
    while !bytes.isEmpty {
      let sent = bytes.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      guard sent > 0 else { return }
      bytes = bytes.dropFirst(sent)
    }
  }
}

import DNS
import Dispatch
import Federation
import Glibc
import Synchronization

/// A reader that asks for every name every 50 ms, and keeps each answer that leaves a client without an address.
///
/// It has a thread and a socket of its own: nothing that slows the tests down makes it look away.
final class NameWatch: Sendable {
  /// What it saw.
  struct Report: Sendable {
    var rounds = 0
    var answers = 0
    /// Questions that had no answer when the next round began. A slow machine has some; no client is harmed by one.
    var timeouts = 0
    /// Names that do not exist, names without an address, and aliases that lead nowhere: none of them may ever be.
    var failures: [String] = []
    var failureCount = 0
  }

  static let pause: Duration = .milliseconds(50)
  private static let kept = 20

  private let names: [DomainName]
  private let port: UInt16
  private let report = Mutex(Report())
  private let isStopped = Mutex(false)
  private let finished = DispatchSemaphore(value: 0)

  /// Begins to ask the name server at a port of 127.0.0.1.
  ///
  /// - Parameter namespace: the network namespace to ask from; nil for the one that the tests run in.
  init(names: [DomainName], port: UInt16, namespace: String? = nil) {
    self.names = names
    self.port = port
    let thread = DispatchQueue(label: "reader of names")
    thread.async { @Sendable [self] in
      if let namespace { NetworkNamespace.enter(namespace) }
      read()
      finished.signal()
    }
  }

  /// What was seen until now.
  var seen: Report { report.withLock { $0 } }

  /// Ends the reading.
  func stop() async -> Report {
    isStopped.withLock { $0 = true }
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async { @Sendable [finished] in
        finished.wait()
        // Whoever stops it again need not wait.
        finished.signal()
        continuation.resume()
      }
    }
    return seen
  }

  private func read() {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
    defer { close(socket) }
    var address = SocketAddresses.loopback(port)
    _ = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    let questions = names.map {
      (try? Message.query(Question(name: $0, type: .a), id: 0, flags: [], edns: nil).encoded()) ?? []
    }
    var round: UInt16 = 0
    while !isStopped.withLock({ $0 }) {
      round &+= 1
      ask(questions, on: socket, round: round)
    }
  }

  /// One round: every question, then every answer that comes before the next round is due.
  private func ask(_ questions: [[UInt8]], on socket: Int32, round: UInt16) {
    let end = ContinuousClock.now + Self.pause
    // A name's number and the round make the id, so that a late answer is told from one to this round's question.
    var waiting = Set<Int>()
    for (index, question) in questions.enumerated() {
      var bytes = question
      bytes[0] = UInt8(truncatingIfNeeded: round)
      bytes[1] = UInt8(truncatingIfNeeded: index)
      if send(socket, bytes, bytes.count, 0) == bytes.count { waiting.insert(index) }
    }
    var buffer = [UInt8](repeating: 0, count: 4_096)
    let patience = end + Self.pause * 4
    while !waiting.isEmpty, ContinuousClock.now < patience {
      var polled = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
      guard poll(&polled, 1, 10) > 0 else { continue }
      let count = recv(socket, &buffer, buffer.count, 0)
      guard count > 12, buffer[0] == UInt8(truncatingIfNeeded: round) else { continue }
      guard let index = waiting.remove(Int(buffer[1])) else { continue }
      judge(Array(buffer[..<count]), names[index])
    }
    report.withLock {
      $0.rounds += 1
      $0.timeouts += waiting.count
    }
    let rest = ContinuousClock.now.duration(to: end)
    if rest > .zero { usleep(UInt32(rest / .microseconds(1))) }
  }

  private func judge(_ bytes: [UInt8], _ name: DomainName) {
    let failure = Self.failure(bytes, name)
    report.withLock {
      $0.answers += 1
      guard let failure else { return }
      $0.failureCount += 1
      if $0.failures.count < Self.kept { $0.failures.append(failure) }
    }
  }

  /// What is wrong with an answer; nil when it leads to an address.
  static func failure(_ bytes: [UInt8], _ name: DomainName) -> String? {
    guard let message = try? Message(decoding: bytes) else { return "\(name): an answer that is no message" }
    guard message.responseCode == .noError else { return "\(name): \(message.responseCode)" }
    var current = name
    for _ in 0...8 {
      if message.answers.contains(where: { $0.name == current && $0.type == .a }) { return nil }
      let alias = message.answers.first { $0.name == current && $0.type == .cname }
      guard case .cname(let target)? = alias?.data else {
        return current == name ? "\(name): empty" : "\(name): leads to \(current), which has no address"
      }
      current = target
    }
    return "\(name): its aliases do not end"
  }
}

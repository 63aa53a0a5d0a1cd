import DNS
import Dispatch
import Federation
import Glibc

/// Takes a service's endpoints away in one cluster, and sees how long the name server goes on naming it.
struct LossMeter: Sendable {
  let apiPort: Int
  let dnsPort: Int
  /// How long it looks before it gives up.
  static let patience: Duration = .seconds(20)

  /// The time from asking for the loss until the zone's own name has no address any more; nil where it had none to begin
  /// with.
  ///
  /// On a thread of its own: it asks again as soon as it has an answer.
  func lose(_ service: String, in cluster: String) async throws -> Duration? {
    let name = try DomainName("\(service).mynamespace.myfederation.svc.\(cluster).example.com")
    let question = try Message.query(Question(name: name, type: .a), id: 0, flags: [], edns: nil).encoded()
    return await withCheckedContinuation { continuation in
      DispatchQueue(label: "loss meter").async { @Sendable in
        continuation.resume(returning: measure(service, cluster, name, question))
      }
    }
  }

  private func measure(_ service: String, _ cluster: String, _ name: DomainName, _ question: [UInt8]) -> Duration? {
    guard let reader = connected(dnsPort, SOCK_DGRAM), let writer = connected(apiPort, SOCK_STREAM) else { return nil }
    defer {
      close(reader)
      close(writer)
    }
    guard serves(name, question, reader) else { return nil }
    let body = "{\"spec\":{\"replicas\":0}}"
    let request =
      "PATCH /clusters/\(cluster)/apis/apps/v1/namespaces/mynamespace/deployments/\(service) HTTP/1.1\r\n"
      + "Host: 127.0.0.1\r\nContent-Type: application/merge-patch+json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
    let began = ContinuousClock.now
    _ = send(writer, request, request.utf8.count, Int32(MSG_NOSIGNAL))
    while serves(name, question, reader), began.duration(to: .now) < Self.patience { usleep(1_000) }
    return began.duration(to: .now)
  }

  /// Whether an address stands at the name itself; a lost answer counts as yes.
  private func serves(_ name: DomainName, _ question: [UInt8], _ socket: Int32) -> Bool {
    var buffer = [UInt8](repeating: 0, count: 4_096)
    guard send(socket, question, question.count, 0) == question.count else { return true }
    var polled = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
    guard poll(&polled, 1, 200) > 0, case let count = recv(socket, &buffer, buffer.count, 0), count > 12,
      let message = try? Message(decoding: Array(buffer[..<count]))
    else { return true }
    return message.answers.contains { $0.name == name && $0.type == .a }
  }

  private func connected(_ port: Int, _ type: __socket_type) -> Int32? {
    let descriptor = socket(AF_INET, Int32(type.rawValue), 0)
    var address = SocketAddresses.loopback(UInt16(port))
    let isConnected = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
    guard isConnected else {
      close(descriptor)
      return nil
    }
    return descriptor
  }
}

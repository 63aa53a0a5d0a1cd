import Control
import Glibc

/// Tells systemd how the service fares (sd_notify(3)): one datagram to the socket that `NOTIFY_SOCKET` names.
struct ServiceManager: Sendable {
  private let path: String

  /// Nil where nobody asks.
  static let standard = Environment["NOTIFY_SOCKET"].map { ServiceManager(path: $0) }

  /// Sends a state such as `READY=1`; a manager that went away is no reason to stop.
  func notify(_ state: String) {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    var name = Array(path.utf8)
    // A leading @ stands for the byte 0 of an abstract socket.
    if name.first == UInt8(ascii: "@") { name[0] = 0 }
    let capacity = MemoryLayout.size(ofValue: address.sun_path)
    guard name.count < capacity else { return }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    let length = socklen_t(MemoryLayout<sa_family_t>.size + name.count)
    let bytes = Array(state.utf8)
    _ = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        sendto(descriptor, bytes, bytes.count, Int32(MSG_DONTWAIT), $0, length)
      }
    }
  }

  /// Says `READY=1` once everything is read, and then `WATCHDOG=1` for as long as every loop comes round.
  func watch(_ controller: Controller) async {
    let span = Environment["WATCHDOG_USEC"].flatMap { Int64($0) }.map { Duration.microseconds($0 / 2) }
    var isReady = false
    while !Task.isCancelled {
      if !isReady, await controller.isSettled {
        isReady = true
        notify("READY=1")
      }
      if span != nil, await controller.liveness().allSatisfy(\.isPassing) { notify("WATCHDOG=1") }
      if isReady, span == nil { return }
      try? await Task.sleep(for: isReady ? span ?? .seconds(1) : min(span ?? .seconds(1), .milliseconds(200)))
    }
  }
}

import Control
import Federation
import Glibc
import Testing

@Suite("Probing addresses")
struct DataPlaneProberTests {
  /// A socket that listens on loopback at a port of the kernel's choice, and never answers anything.
  private final class Listener: Sendable {
    let descriptor: Int32
    let port: UInt16

    init?(isListening: Bool) {
      let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
      var length = socklen_t(MemoryLayout<sockaddr_in>.size)
      let status = withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
          bind(descriptor, raw, length) == 0 && getsockname(descriptor, raw, &length) == 0
        }
      }
      guard status, !isListening || listen(descriptor, 8) == 0 else { return nil }
      self.descriptor = descriptor
      port = UInt16(bigEndian: address.sin_port)
    }

    deinit { close(descriptor) }
  }

  @Test("Many at once: what listens answers, what does not says why, HTTP goes to whoever knows it")
  func probes() async throws {
    let open = try #require(Listener(isListening: true))
    let shut = try #require(Listener(isListening: false))
    let prober = DataPlaneProber(settings: ProbeSettings(timeout: .seconds(5))) { target, timeout in
      "HTTP \(target.port) within \(timeout)"
    }
    func target(_ port: UInt16, _ method: ProbeMethod = .tcp) -> ProbeTarget {
      ProbeTarget(address: "127.0.0.1", port: port, method: method)
    }
    let http = target(open.port, .http(path: "/", statuses: 200...200, isSecure: false))
    let bad = ProbeTarget(address: "not an address", port: 1, method: .tcp)
    let answers = await prober.probe([target(open.port), target(shut.port), http, bad])
    #expect(answers.count == 4)
    #expect(answers[target(open.port)] == .some(nil))
    #expect(answers[target(shut.port)] == "connection refused")
    #expect(answers[http] == "HTTP \(open.port) within 5.0 seconds")
    #expect(answers[bad] == "cannot be read as an address")
  }

  @Test("Every fourth round is whole; in between only what is suspicious is looked at again")
  func rounds() {
    var book = ProbeBook()
    let now = SeedWorld.start
    let well = ProbeTarget(address: "192.0.2.1", port: 80, method: .tcp)
    let ill = ProbeTarget(address: "192.0.2.2", port: 80, method: .tcp)
    #expect(book.next([well, ill], suspicious: []) == [well, ill])
    let first = book.take([well: nil, ill: "timed out"], at: now)
    #expect(first)
    #expect(book.next([well, ill], suspicious: []) == [ill])
    #expect(book.next([well, ill], suspicious: [well]) == [well, ill])
    let second = book.take([well: nil, ill: "timed out"], at: now)
    #expect(second && book.histories[ill]?.isReachable == false)
    let third = book.take([well: nil, ill: "timed out"], at: now)
    #expect(!third)
    #expect(book.next([well], suspicious: []).isEmpty && book.histories[ill] == nil)
    #expect(book.next([well], suspicious: []) == [well])
  }
}

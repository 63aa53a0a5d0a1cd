import Glibc

/// Hosts of their own inside this machine: programs and threads in one see only each other.
struct NetworkNamespace {
  let name: String

  /// Makes one with loopback up; nil where that is not permitted or the tools are missing.
  static func make() async throws -> NetworkNamespace? {
    guard Tools.has("ip"), Tools.has("iptables"), geteuid() == 0 else { return nil }
    let space = NetworkNamespace(name: "zonetop-\(getpid())-\(Int.random(in: 0..<10_000))")
    guard try await Tools.run(["ip", "netns", "add", space.name]).code == 0 else { return nil }
    guard try await space.run(["ip", "link", "set", "lo", "up"]).code == 0,
      try await space.run(["iptables", "-L", "-n"]).code == 0
    else {
      await space.remove()
      return nil
    }
    return space
  }

  func remove() async { _ = try? await Tools.run(["ip", "netns", "del", name]) }

  /// What comes before a command that is to run there.
  var prefix: [String] { ["ip", "netns", "exec", name] }

  @discardableResult
  func run(_ command: [String]) async throws -> Finished { try await Tools.run(prefix + command) }

  /// Drops every packet to a TCP port, of connections that stand as well: nobody hears anything any more.
  func drop(_ port: Int) async throws {
    try await run(["iptables", "-A", "INPUT", "-p", "tcp", "--dport", "\(port)", "-j", "DROP"])
  }

  /// Lets packets to all ports through again.
  func mend() async throws { try await run(["iptables", "-F", "INPUT"]) }

  /// Moves the calling thread there.
  static func enter(_ name: String) {
    let descriptor = open("/run/netns/\(name)", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    // Glibc's module does not offer it.
    guard let symbol = dlsym(nil, "setns") else { return }
    typealias SetNamespace = @convention(c) (Int32, Int32) -> Int32
    _ = unsafeBitCast(symbol, to: SetNamespace.self)(descriptor, 0)
  }
}

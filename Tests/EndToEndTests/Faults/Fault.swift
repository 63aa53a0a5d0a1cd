import Glibc

/// One thing that goes wrong around the controller, while nothing is wrong with any shard.
struct Fault: Sendable {
  var name: String
  /// How long it lasts before it is mended: long enough to be noticed.
  var lasts: Duration = .seconds(14)
  /// Whether the controller may write meanwhile: only where the clusters themselves say that something is wrong.
  var mayWrite = false
  var begin: @Sendable (FaultWorld) async throws -> Void
  var end: @Sendable (FaultWorld) async throws -> Void = { $0.doors(.none) }

  static func door(_ name: String, _ fault: FaultyProxy.Fault, mayWrite: Bool = false) -> [Fault] {
    [
      Fault(name: "\(name), one cluster", mayWrite: mayWrite, begin: { $0.doors(fault, of: [$0.clusters[0]]) }),
      Fault(name: "\(name), all clusters", mayWrite: mayWrite, begin: { $0.doors(fault) }),
    ]
  }

  /// The most telling ones, for every run of the tests.
  static let short = [
    Fault(name: "all clusters half-open", lasts: .seconds(12), begin: { $0.doors(.deaf) }),
    Fault(name: "all clusters list nothing", lasts: .seconds(5), begin: { $0.doors(.emptyLists) }),
    Fault(name: "all credentials expired", lasts: .seconds(6), begin: { $0.doors(.status(401)) }),
    kill,
  ]

  /// The controller dies and comes back, three times, the last time to find no cluster.
  static let kill = Fault(
    name: "controller killed", lasts: .seconds(2),
    begin: { world in
      for round in 0..<3 {
        await world.killController()
        if round == 2 { world.doors(.reset) }
        try world.startController()
        _ = await Tools.eventually(within: .milliseconds(round * 400)) { false }
      }
    })

  /// Everything.
  static let all: [Fault] =
    door("half-open", .deaf) + door("resets", .reset) + door("slow by 5 s", .slow(milliseconds: 5_000))
    + door("50 bytes a second", .throttled(bytes: 50)) + door("answers cut short", .halfClosed(after: 200))
    + door("credentials expired", .status(401)) + door("forbidden", .status(403))
    + door("too many requests", .status(429)) + door("500s", .status(500), mayWrite: true)
    + door("empty lists", .emptyLists) + [
      kill, stoppedClusters, stoppedController, wrongSelector, fullDisk,
    ] + skews

  static let stoppedClusters = Fault(
    name: "every API server stopped", begin: { $0.demo.program.signal(SIGSTOP) },
    end: { $0.demo.program.signal(SIGCONT) })

  static let stoppedController = Fault(
    name: "controller stopped", begin: { $0.controller?.signal(SIGSTOP) }, end: { $0.controller?.signal(SIGCONT) })

  static let wrongSelector = Fault(
    name: "a selector that selects nothing", lasts: .seconds(8),
    begin: { world in
      try world.writeConfiguration(services: "services: { selector: \"app in (nothing)\" }")
      await world.killController()
      try world.startController()
    },
    end: { world in
      try world.writeConfiguration(services: "")
      await world.killController()
      try world.startController()
    })

  /// What the controller remembers cannot be written.
  static let fullDisk = Fault(
    name: "full disk", lasts: .seconds(8),
    begin: { world in
      let folder = world.bind.folder.path + "/full"
      _ = try await Tools.run(["mkdir", "-p", folder])
      guard try await Tools.run(["mount", "-t", "tmpfs", "-o", "size=16k", "none", folder]).code == 0 else {
        print("no full disk: mounting is not permitted here")
        return
      }
      _ = try await Tools.run(["dd", "if=/dev/zero", "of=\(folder)/filler", "bs=4k"])
      await world.killController()
      world.environment["XDG_STATE_HOME"] = folder
      try world.startController()
    },
    end: { world in
      await world.killController()
      world.environment["XDG_STATE_HOME"] = nil
      _ = try await Tools.run(["umount", world.bind.folder.path + "/full"])
      try world.startController()
    })

  /// The controller's clock is ten minutes off, so that it cannot even sign what it asks BIND.
  static let skews = ["+600", "-600"].map { offset in
    Fault(
      name: "clock \(offset) s", lasts: .seconds(8),
      begin: { world in
        guard let library = FakeClock.library else {
          print("no wrong clock: libfaketime is not installed")
          return
        }
        await world.killController()
        world.environment["LD_PRELOAD"] = library
        world.environment["FAKETIME"] = offset
        world.environment["FAKETIME_DONT_FAKE_MONOTONIC"] = "1"
        try world.startController()
      },
      end: { world in
        await world.killController()
        for name in ["LD_PRELOAD", "FAKETIME", "FAKETIME_DONT_FAKE_MONOTONIC"] { world.environment[name] = nil }
        try world.startController()
      })
  }
}

/// The library by which a program sees another time.
enum FakeClock {
  static var library: String? {
    ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib"]
      .map { "\($0)/faketime/libfaketimeMT.so.1" }.first { access($0, R_OK) == 0 }
  }
}

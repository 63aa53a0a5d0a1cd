import DNS
import DNSProviders
import Federation
import HTTPTransport

/// zonetop at a name server, which is asked what it serves.
struct ZoneBench {
  /// Makes a provider that remembers nothing of the zone, as after a start.
  let provider: @Sendable () -> any DNSProvider
  private let readBack: ReadBack<ContinuousClock>

  private init(at server: ServerAddress, _ provider: @escaping @Sendable () -> any DNSProvider) {
    self.provider = provider
    readBack = ReadBack(
      servers: [server], questions: DNSClient.standard, clock: ContinuousClock(), schedule: .standard)
  }

  /// By updates as RFC 2136 has them.
  static func updating(_ bed: BenchBed) throws -> ZoneBench {
    guard let algorithm = TransactionKey.algorithm(named: bed["ALGORITHM"]) else {
      throw Failure("the bed does not say how to reach it")
    }
    let key = try TransactionKey(
      file: Child.text(bed["KEY_FILE"]), name: DomainName(canonical: bed["KEY_NAME"]), algorithm: algorithm)
    let server = try Self.server(bed)
    return ZoneBench(at: server) {
      RFC2136Provider(
        zone: BenchWorld.federation.domain, federation: BenchWorld.federation, servers: [server], key: key,
        client: .standard)
    }
  }

  /// By the API of PowerDNS, at the pace of the program.
  static func powerDNS(_ bed: BenchBed) throws -> ZoneBench {
    let key = try APIKey(Child.text(bed["API_KEY_FILE"]))
    let transport = try HTTPTransport()
    let url = "http://127.0.0.1:\(bed["HTTP_PORT"])"
    return ZoneBench(at: try server(bed)) {
      PowerDNSProvider(
        zone: BenchWorld.federation.domain, federation: BenchWorld.federation, url: url, apiKey: key,
        api: ProviderAPI(transport: transport, rate: PowerDNSProvider.rate, clock: ContinuousClock()))
    }
  }

  private static func server(_ bed: BenchBed) throws(Failure) -> ServerAddress {
    guard let server = ServerAddress("\(bed["ADDRESS"]):\(bed["PORT"])") else {
      throw Failure("the bed does not say how to reach it")
    }
    return server
  }

  func run() async throws -> ProviderFigures {
    var figures = ProviderFigures()
    func note(_ work: ProviderWork, _ cost: Cost, _ controller: BenchController) {
      figures.costs[work] = cost
      figures.wanted[work] = Array(controller.published.values)
    }
    var controller = self.controller([], [:])
    let (services, plan) = try await Cost.measure {
      try await controller.readZone()
      return controller.planned()
    }
    controller = self.controller([], [:])
    let (batches, apply) = try await Cost.measure {
      try await controller.readZone()
      return try await controller.apply()
    }
    note(.plan, plan, controller)
    note(.apply, apply, controller)
    print(
      "  applied: \(controller.published.count) record sets of \(services) services in \(controller.writes) commits")
    let (missing, confirmed) = await Cost.measure { await controller.confirm(batches) }
    Measure.limit(
      "every one of them asked back at the server", confirmed.text, "all served", isMet: missing == 0)
    let fresh = provider()
    let (contents, read) = try await Cost.measure { try await fresh.readZone() }
    Measure.line("whole read of \(contents.recordSets.count) record sets", read.text, aim: "none")

    controller = self.controller([], controller.published)
    let (_, nothing) = try await Cost.measure {
      try await controller.readZone()
      return try await controller.apply()
    }
    note(.noOperation, nothing, controller)
    Measure.limit("no-op: writes", "\(controller.writes)", "0", isMet: controller.writes == 0)
    let (_, idle) = try await Cost.measure { try await controller.idle() }
    Measure.limit(
      "an idle minute, two looks at the zone (\(idle.text)): writes", "\(controller.writes)", "0",
      isMet: controller.writes == 0)
    try await changes(controller, note)
    return figures
  }

  private func changes(
    _ warm: BenchController, _ note: (ProviderWork, Cost, BenchController) -> Void
  ) async throws {
    var controller = warm
    let calls = controller.reads + controller.writes
    let (one, two) = (BenchWorld.services[7], BenchWorld.services[8])
    let before = controller.published
    let (lagging, change) = try await Cost.measure {
      controller.receive(BenchWorld.news(of: one, ready: 0))
      return try await controller.applyUntilServed()
    }
    note(.oneChange, change, controller)
    let used = controller.reads + controller.writes - calls
    Measure.limit(
      "one change (\(Self.changed(before, controller.published)) names): calls of the provider", "\(used)", "≤ 2",
      isMet: used <= 2 && used > 0)
    Measure.limit(
      "one change: CPU until it is served", Cost.text(change.processor), "≤ 100 ms",
      isMet: lagging == 0 && change.processor <= .milliseconds(100))

    controller = self.controller([one, two], controller.published)
    let (_, cold) = try await Cost.measure {
      try await controller.readZone()
      return try await controller.applyUntilServed()
    }
    note(.coldChange, cold, controller)

    let failing = BenchWorld.services[100..<200]
    let (writes, held) = (controller.writes, controller.published)
    let (behind, failover) = try await Cost.measure {
      for service in failing { controller.receive(BenchWorld.news(of: service, ready: 0)) }
      return try await controller.applyUntilServed()
    }
    note(.failover, failover, controller)
    let names = Self.changed(held, controller.published)
    let isWhole = controller.writes - writes == failing.count && behind == 0
    Measure.limit(
      "100 services fail over: all \(names) names served", Cost.text(failover.wall), "≤ 5 s",
      isMet: isWhole && failover.wall <= .seconds(5))
  }

  /// At how many names something else is published.
  private static func changed(_ before: [RecordKey: RecordSet], _ after: [RecordKey: RecordSet]) -> Int {
    Set(Set(before.values).symmetricDifference(after.values).map(\.name)).count
  }

  private func controller(_ down: Set<ServiceKey>, _ published: [RecordKey: RecordSet]) -> BenchController {
    BenchController(
      BenchWorld.core(down: down, at: DNSClient.systemTime()), provider(), published: published
    ) { [readBack] in await readBack.confirm($0).isComplete }
  }
}

internal import DNSProviders
internal import Federation
internal import Logging

extension Controller {
  /// Keeps or awaits the lease until cancelled (rule single-writer).
  func keepLease() async {
    guard let store = world.lease else { return }
    while !Task.isCancelled, let step = election?.next(at: world.uptime(), wall: world.now()) {
      await take(step, at: store)
      followLease()
    }
  }

  /// Gives the lease back once nothing is written any more, so that a standby need not wait for it to run out.
  func giveLeaseBack() async {
    guard let store = world.lease, election?.deadline != nil else { return }
    election?.stop()
    // The loops were ended by a cancellation that this one request must survive; the store bounds how long it takes.
    await Task { await self.release(at: store) }.value
  }

  private func release(at store: any LeaseStore) async {
    guard case .replace(let record)? = election?.next(at: world.uptime(), wall: world.now()) else { return }
    let result = await store.replace(record)
    guard case .stored = result else { return }
    log.info("the lease was given back")
    core.keepAudit(false, because: "lease given back", at: world.now())
    keepAudit()
  }

  private func take(_ step: LeaseElection.Step, at store: any LeaseStore) async {
    switch step {
    case .end: await pause(for: .seconds(1))
    // Who only looks wants the lease for nothing but the name of who leads.
    case .wait(let time): await pause(for: wanted == .observe ? max(time, .seconds(5)) : time)
    case .read:
      do throws(LeaseSilence) {
        let record = try await store.read()
        leaseTrouble = nil
        guard let next = election?.found(record, at: world.uptime(), wall: world.now()) else { return }
        followLease()
        if next != .read { await take(next, at: store) }
      } catch {
        leaseTrouble = error.description
        followLease()
        await pause(for: election?.timing.retryPeriod ?? .seconds(2))
      }
    case .create(let record):
      let sent = world.uptime()
      await wrote(record, await store.create(record), sent: sent)
    case .replace(let record):
      let sent = world.uptime()
      await wrote(record, await store.replace(record), sent: sent)
    }
  }

  private func wrote(_ record: LeaseRecord, _ result: LeaseElection.WriteResult, sent: Duration) async {
    election?.wrote(record, result, sent: sent, at: world.uptime())
    followLease()
    // An API that knows no leases refuses each of them: that is no reason to ask it without a pause.
    if case .stored = result { return }
    await pause(for: (election?.timing.retryPeriod ?? .seconds(2)) / 4)
  }

  private func pause(for time: Duration) async { try? await world.clock.sleep(for: max(time, .milliseconds(10))) }

  /// Tells the core who may write now.
  func followLease() {
    guard let election else { return }
    let now = world.uptime()
    let revision = core.revision
    let mayWrite = wanted == .lead && election.mayWrite(at: now)
    if world.audit != nil, core.audit.isOn != mayWrite {
      let term = election.term.map { ", term \($0)" } ?? ""
      let why = leaseTrouble.map { ": \($0)" } ?? ""
      core.keepAudit(mayWrite, because: mayWrite ? "lease acquired\(term)" : "lease lost\(why)", at: world.now())
      keepAudit()
    }
    if mayWrite {
      core.lead(
        .this(term: election.term ?? 0, takesFences: election.mayHavePausedPredecessor), at: world.now())
    } else if let holder = election.otherHolder(at: now) {
      core.lead(.other(Self.shownIdentity(holder)), at: world.now())
    } else if wanted == .observe {
      // That the lease was not read yet says nothing about who leads.
      if election.hasLooked || leaseTrouble != nil { core.lead(.vacant, at: world.now()) }
    } else if election.hasLooked || leaseTrouble != nil {
      let trouble = leaseTrouble.map { " (\($0))" } ?? ""
      core.lead(
        .nobody("nobody is known to hold the lease\(trouble): nothing is written, DNS stays as it is"), at: world.now())
    }
    noteEvents()
    if core.revision != revision { wake() }
  }

  /// `host/process` of an identity that carries a part of its own for uniqueness.
  static func shownIdentity(_ identity: String) -> String {
    identity.lastIndex(of: "_").map { String(identity[..<$0]) } ?? identity
  }
}

internal import Dispatch
package import Federation

/// Probes addresses, many at once: TCP here, HTTP through whoever put the process together.
package struct DataPlaneProber: Sendable {
  /// GETs one target; nil when it answered as asked for, else one line why not.
  package typealias HTTPProbe = @Sendable (ProbeTarget, Duration) async -> String?

  package var settings: ProbeSettings
  private let http: HTTPProbe
  private let queue = DispatchQueue(label: "zonetop.probes", attributes: .concurrent)

  package init(settings: ProbeSettings, http: @escaping HTTPProbe) {
    self.settings = settings
    self.http = http
  }

  /// Probes all of these at once, and is back within the time of one probe.
  ///
  /// - Returns: nil for what answered, else one line why it did not.
  package func probe(_ targets: [ProbeTarget]) async -> [ProbeTarget: String?] {
    var answers: [ProbeTarget: String?] = [:]
    let plain = targets.filter { $0.method == .tcp }
    let others = targets.filter { $0.method != .tcp }
    let timeout = settings.timeout
    await withTaskGroup(of: [(ProbeTarget, String?)].self) { group in
      if !plain.isEmpty { group.addTask { await self.connect(plain, timeout) } }
      for target in others { group.addTask { [(target, await http(target, timeout))] } }
      for await part in group {
        for (target, failure) in part { answers.updateValue(failure, forKey: target) }
      }
    }
    return answers
  }

  /// Waiting for sockets blocks: it has a thread of its own for as long as a round takes.
  private func connect(_ targets: [ProbeTarget], _ timeout: Duration) async -> [(ProbeTarget, String?)] {
    await withCheckedContinuation { continuation in
      queue.async { @Sendable in
        var sweep = ConnectSweep(targets, timeout: timeout)
        continuation.resume(returning: sweep.run())
      }
    }
  }
}

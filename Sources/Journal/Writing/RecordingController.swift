package import Control
package import Federation
package import Resolution

/// A controller as the dashboard meets it, with everything that passes written to a journal.
package struct RecordingController: FederationController {
  private let controller: any FederationController
  private let recorder: JournalRecorder
  private let operatorName: String
  private let now: @Sendable () -> Timestamp

  /// - Parameters:
  ///   - operatorName: who asks, for orders that do not say so themselves.
  ///   - now: the wall clock.
  package init(
    _ controller: any FederationController, recorder: JournalRecorder, operatorName: String,
    now: @escaping @Sendable () -> Timestamp
  ) {
    self.controller = controller
    self.recorder = recorder
    self.operatorName = operatorName
    self.now = now
  }

  package func snapshots() -> AsyncStream<FederationSnapshot> {
    let snapshots = controller.snapshots()
    let recorder = recorder
    return AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
      let task = Task {
        for await snapshot in snapshots {
          recorder.put(.seen(snapshot))
          continuation.yield(snapshot)
        }
        continuation.finish()
      }
      continuation.onTermination = { _ in task.cancel() }
    }
  }

  package func perform(_ intent: Intent) async -> IntentResult {
    write(.intent(intent, by: operatorName))
    let result = await controller.perform(intent)
    write(.result(result, of: intent, by: operatorName))
    return result
  }

  package func preview(_ change: OrderChange) async -> DrainPreview {
    let preview = await controller.preview(change)
    write(.preview(preview))
    return preview
  }

  package func trace(_ name: DomainName, type: RecordType) async -> Trace {
    let trace = await controller.trace(name, type: type)
    write(.trace(trace))
    return trace
  }

  private func write(_ content: JournalEntry.Content) {
    recorder.put(.entry(JournalEntry(time: now(), content: content)))
  }
}

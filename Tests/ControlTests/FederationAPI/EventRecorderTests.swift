import Control
import JSON
import Kubernetes
import Testing

@Suite("Events about one object", .serialized)
struct EventRecorderTests {
  @Test("The ninth message takes the place of the oldest, and nothing ends")
  func variety() async throws {
    let world = try await SimulatedWorld.start(clusters: 1)
    do {
      let client = try await world.client()
      let recorder = EventRecorder(client: client, now: { SeedWorld.start })
      let running = Task { await recorder.run() }
      for number in 1...20 {
        await recorder.record(
          .warning, "Refused", "message \(number)",
          about: ["apiVersion": "v1", "kind": "Service", "namespace": "mynamespace", "name": "nginx"])
      }
      var seen: [String] = []
      let isWritten = await world.eventually {
        let list = try? await client.get("/api/v1/namespaces/mynamespace/events")
        let messages = (list?["items"]?.array ?? []).filter { $0["reason"] == "Refused" }.compactMap {
          $0["message"]?.string
        }
        seen = messages.sorted()
        return Set(messages) == Set((13...20).map { "message \($0)" })
      }
      #expect(isWritten, "\(seen)")
      running.cancel()
      await running.value
    } catch { Issue.record(error) }
    await world.stop()
  }
}

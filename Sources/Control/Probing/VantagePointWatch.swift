internal import Federation
internal import Kubernetes

extension FederationObserver {
  /// Watches what the vantage points report; an API server that does not know them has none.
  func watchVantagePoints(_ report: @escaping @Sendable (Observation) async -> Void) async {
    for await update in client.watch(CustomObject.self, resource: VantagePointObject.resource) {
      switch update {
      case .replaced(let objects):
        let list = objects.compactMap { VantagePointObject.decode($0.value) }.map { ($0.name, $0.report) }
        await report(.vantagePoints(.replaced(Dictionary(list) { $1 })))
      case .applied(let object):
        if let point = VantagePointObject.decode(object.value) {
          await report(.vantagePoints(.set(point.name, point.report)))
        }
      case .removed(let key): await report(.vantagePoints(.removed(key.name)))
      case .interrupted(let error) where error.code == .notFound: await report(.vantagePoints(.replaced([:])))
      default: break
      }
    }
  }
}

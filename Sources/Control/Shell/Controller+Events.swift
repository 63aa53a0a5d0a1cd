internal import Federation
internal import JSON

extension Controller {
  /// Writes what a rule holds as Events about the services concerned, while leading, until cancelled.
  func recordEvents() async {
    guard let recorder = world.events else { return }
    for await entry in told where entry.kind == .held && mode == .lead {
      guard let object = object(of: entry.subject) else { continue }
      await recorder.record(.warning, "Held", entry.message, about: object)
    }
  }

  /// The Service that an event's subject names, by itself or by one of its DNS names.
  private func object(of subject: String) -> JSONValue? {
    let key = ServiceKey(subject) ?? (try? DomainName(subject)).flatMap { core.managedNames.service(of: $0) }
    return key.map {
      ["apiVersion": "v1", "kind": "Service", "namespace": .string($0.namespace), "name": .string($0.name)]
    }
  }
}

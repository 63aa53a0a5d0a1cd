package import Federation
internal import JSON
package import Kubernetes

/// Keeps the audit in ConfigMaps `zonetop-audit-FEDERATION-N` of the namespace `zonetop-system`, one key an entry.
///
/// Only what is new travels: a merge patch that adds keys, and names the version it was made for. Whoever lost a race
/// reads the page anew and tries again; keys are unique, so that nothing is lost or doubled with any number of writers.
/// Cost: one request for each page that a batch touches.
package actor ConfigMapJournal: AuditJournal {
  package static let namespace = "zonetop-system"
  private let client: KubernetesClient
  private let federation: String
  private let limits: JournalLimits
  /// The page that is written to, and the oldest one that may still be there; nil until they have been looked up.
  private var page: JournalPage?
  private var oldest = 0

  package init(client: KubernetesClient, federation: Federation, limits: JournalLimits = JournalLimits()) {
    self.client = client
    self.federation = federation.name
    self.limits = limits
  }

  private static let configMaps = ResourceType(version: "v1", plural: "configmaps")
  private static let mostRaces = 16

  package func read() async throws(KubernetesError) -> [AuditEntry] {
    let pages = try await pages()
    return pages.flatMap { _, object in
      (object["data"]?.object ?? [:]).sorted { $0.key < $1.key }.compactMap { _, value in
        value.string.flatMap { AuditEntry(line: $0) }
      }
    }
  }

  package func append(_ entries: [AuditEntry]) async throws(KubernetesError) {
    var lines: [(key: String, line: String)] = []
    for entry in entries { lines.append((entry.key, bounded(entry))) }
    var rest = lines[...]
    var races = 0
    while !rest.isEmpty {
      var page = try await newest()
      let count = page.room(for: rest.lazy.map { $0.key.utf8.count + $0.line.utf8.count }, limits)
      do throws(KubernetesError) {
        if count == 0 {
          try await turn(from: page)
          continue
        }
        let chunk = rest.prefix(count)
        let data = JSONValue.object(Dictionary(chunk.map { ($0.key, .string($0.line)) }) { $1 })
        let stored = try await write(data, to: page)
        page.resourceVersion = stored["metadata"]?["resourceVersion"]?.string ?? ""
        page.entries += count
        page.bytes += chunk.reduce(0) { $0 + $1.key.utf8.count + $1.line.utf8.count }
        self.page = page
        rest = rest.dropFirst(count)
      } catch {
        // What is at the API may be other than we think: look again.
        self.page = nil
        races += 1
        guard [.conflict, .alreadyExists, .notFound].contains(error.code), races < Self.mostRaces else { throw error }
      }
    }
  }

  /// Nothing that is larger than a page can be kept whole: the record sets of the most enormous services are left out.
  private func bounded(_ entry: AuditEntry) -> String {
    let line = entry.line
    guard line.utf8.count > limits.bytes, case .record(var record) = entry else { return line }
    record.records = []
    record.changes = []
    record.why.append("the record sets are left out: they exceed a page of \(limits.bytes) bytes")
    return AuditEntry.record(record).line
  }

  private func pages() async throws(KubernetesError) -> [(JournalPage, JSONValue)] {
    let options = WatchOptions(labelSelector: "\(annotationPrefix)audit=\(federation)", pageSize: 4)
    let objects = try await client.list(
      CustomObject.self, resource: Self.configMaps, namespace: Self.namespace, options: options)
    return objects.compactMap { object in JournalPage(object.value, of: federation).map { ($0, object.value) } }
      .sorted { $0.0.number < $1.0.number }
  }

  private func newest() async throws(KubernetesError) -> JournalPage {
    if let page { return page }
    let known = try await pages().map(\.0)
    oldest = known.first?.number ?? 0
    let found = known.last ?? JournalPage(federation: federation, number: 0)
    page = found
    return found
  }

  private func write(_ data: JSONValue, to page: JournalPage) async throws(KubernetesError) -> JSONValue {
    if page.resourceVersion.isEmpty { return try await create(page, data) }
    return try await client.patch(
      Self.configMaps, namespace: Self.namespace, name: page.name,
      ["metadata": ["resourceVersion": .string(page.resourceVersion)], "data": data])
  }

  private func create(_ page: JournalPage, _ data: JSONValue) async throws(KubernetesError) -> JSONValue {
    let object: JSONValue = [
      "apiVersion": "v1", "kind": "ConfigMap",
      "metadata": [
        "name": .string(page.name), "namespace": .string(Self.namespace),
        "labels": ["\(annotationPrefix)audit": .string(federation)],
      ], "data": data,
    ]
    do throws(KubernetesError) {
      return try await client.create(Self.configMaps, namespace: Self.namespace, object)
    } catch {
      guard error.code == .notFound else { throw error }
      let namespace: JSONValue = [
        "apiVersion": "v1", "kind": "Namespace", "metadata": ["name": .string(Self.namespace)],
      ]
      do throws(KubernetesError) { _ = try await client.create(.namespaces, namespace) } catch {
        guard error.code == .alreadyExists else { throw error }
      }
      return try await client.create(Self.configMaps, namespace: Self.namespace, object)
    }
  }

  /// Goes on to the next page, and lets go of the oldest when there are enough.
  private func turn(from page: JournalPage) async throws(KubernetesError) {
    self.page = JournalPage(federation: federation, number: page.number + 1)
    while oldest <= page.number + 1 - limits.pages {
      let name = JournalPage(federation: federation, number: oldest).name
      do throws(KubernetesError) {
        try await client.delete(Self.configMaps, namespace: Self.namespace, name: name)
      } catch {
        guard error.code == .notFound else { throw error }
      }
      oldest += 1
    }
  }
}

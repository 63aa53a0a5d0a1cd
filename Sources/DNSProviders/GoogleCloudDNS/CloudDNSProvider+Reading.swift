import Federation
import JSON
import Synchronization

extension CloudDNSProvider {
  /// Calls under way at once when names are read one by one.
  private static let width = 8
  /// What is asked for on a page; the server may give less.
  private static let pageSize = "1000"

  /// Every record set of the zone that zonetop understands.
  ///
  /// A page belongs to the list that it was begun with: when the server no longer knows it, or gives a record set twice,
  /// the list is begun anew, once.
  func wholeZone(_ urgency: RequestPace.Urgency = .read) async throws(ProviderError) -> [CloudRecordSet] {
    do throws(ProviderError) { return try await list(nil, urgency) } catch {
      guard error.code == .incomplete else { throw error }
    }
    return try await list(nil, urgency)
  }

  /// What is held at some names, read one by one or with the whole zone, whichever takes fewer calls.
  func held(
    _ names: [DomainName], _ urgency: RequestPace.Urgency = .read
  ) async throws(ProviderError) -> [CloudRecordSet] {
    // Names elsewhere are held nowhere, and the server would not take them.
    let wanted = Set(names).filter { $0.isSubdomain(of: zone) }
    guard wanted.count <= pages.last.withLock({ $0 }) else {
      return try await wholeZone(urgency).filter { wanted.contains($0.held.name) }
    }
    var sets: [CloudRecordSet] = []
    do {
      try await withThrowingTaskGroup(of: [CloudRecordSet].self) { group in
        for (index, name) in wanted.sorted().enumerated() {
          if index >= Self.width, let next = try await group.next() { sets += next }
          group.addTask { try await list(name, urgency) }
        }
        for try await next in group { sets += next }
      }
    } catch let error as ProviderError {
      throw error
    } catch {
      throw ProviderError(.unreachable, "the managed zone \(managedZone): the read was cancelled")
    }
    return sets.sorted { $0.key < $1.key }
  }

  private func list(
    _ name: DomainName?, _ urgency: RequestPace.Urgency
  ) async throws(ProviderError) -> [CloudRecordSet] {
    var call = CloudDNSCall(
      subject: "reading the managed zone \(managedZone)", permission: "dns.resourceRecordSets.list",
      path: client.path(managedZone, "rrsets"), query: [("maxResults", Self.pageSize)], urgency: urgency)
    if let name { call.query.append(("name", name.text + ".")) }
    let (elements, calls) = try await client.list(call, key: "rrsets")
    if name == nil { try checkApex(elements, call.subject) }
    var sets: [RecordKey: CloudRecordSet] = [:]
    for element in elements {
      guard let set = try CloudRecordSet(element), name == nil || set.held.name == name else { continue }
      guard sets.updateValue(set, forKey: set.key) == nil else {
        throw ProviderError(
          .incomplete, "\(call.subject): it lists \(set.held.name) \(set.held.type.rawValue) twice; nothing was used")
      }
    }
    if name == nil { pages.last.withLock { $0 = calls } }
    return sets.values.sorted { $0.key < $1.key }
  }

  /// Every zone has an SOA record at its apex: a list without one is not the whole of any, and one with another is that
  /// of a zone that the configuration does not mean.
  private func checkApex(_ elements: [JSONValue], _ subject: String) throws(ProviderError) {
    guard let text = elements.first(where: { $0["type"]?.string == "SOA" })?["name"]?.string else {
      throw ProviderError(.incomplete, "\(subject): the list holds no SOA record, so that it is not whole")
    }
    guard (try? DomainName(text)) != zone else { return }
    throw ProviderError(
      .refused, "\(subject): it is \(cleanText(text, limit: 120)), not \(zone); correct the managed zone or the domain")
  }
}

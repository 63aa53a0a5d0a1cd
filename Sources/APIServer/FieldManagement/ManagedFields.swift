package import JSON

/// Which owner has which fields of an object: `metadata.managedFields`.
package struct ManagedFields: Hashable, Sendable {
  package var entries: [FieldOwner: Entry] = [:]

  package struct Entry: Hashable, Sendable {
    package var fields: FieldSet
    package var apiVersion: String
    /// When the owner last took, changed or gave up a field, as RFC 3339.
    package var time: String?
  }

  package init() {}

  package var isEmpty: Bool { entries.isEmpty }

  /// Reads the list; nil when an entry of it is none.
  package init?(_ list: JSONValue?) {
    guard let list, list != .null else { return }
    guard let elements = list.array else { return nil }
    for element in elements {
      guard let operation = element["operation"]?.string.flatMap(FieldOwner.Operation.init),
        let apiVersion = element["apiVersion"]?.string, !apiVersion.isEmpty, element["fieldsType"] == "FieldsV1",
        let fields = FieldSet(fieldsV1: element["fieldsV1"] ?? [:])
      else { return nil }
      let owner = FieldOwner(
        element["manager"]?.string ?? "", operation, apiVersion: apiVersion,
        subresource: element["subresource"]?.string ?? "")
      entries[owner] = Entry(fields: fields, apiVersion: apiVersion, time: element["time"]?.string)
    }
  }

  /// The list: appliers first, then by time, manager, version and subresource; nil when nobody owns anything.
  package var list: JSONValue? {
    if entries.isEmpty { return nil }
    let sorted = entries.sorted { left, right in
      let (one, other) = (left.key, right.key)
      if one.operation != other.operation { return one.operation == .apply }
      let (then, now) = (left.value.seconds, right.value.seconds)
      if then != now { return then < now }
      return (one.manager, left.value.apiVersion, one.subresource)
        < (other.manager, right.value.apiVersion, other.subresource)
    }
    return .array(sorted.map { Self.element($0.key, $0.value) })
  }

  private static func element(_ owner: FieldOwner, _ entry: Entry) -> JSONValue {
    var element: JSONValue = [
      "manager": .string(owner.manager), "operation": .string(owner.operation.rawValue),
      "apiVersion": .string(entry.apiVersion), "fieldsType": "FieldsV1", "fieldsV1": entry.fields.fieldsV1,
    ]
    if let time = entry.time { element["time"] = .string(time) }
    if !owner.subresource.isEmpty { element["subresource"] = .string(owner.subresource) }
    return element
  }

  /// Gives an owner these fields; one without fields is forgotten.
  mutating func set(_ fields: FieldSet, for owner: FieldOwner, apiVersion: String, time: String? = nil) {
    entries[owner] =
      fields.isEmpty
      ? nil : Entry(fields: fields, apiVersion: apiVersion, time: time ?? entries[owner]?.time)
  }

  /// True when the other differs in times alone, which is no reason to write.
  static func differOnlyInTime(_ one: JSONValue?, _ other: JSONValue?) -> Bool {
    guard let one = ManagedFields(one), let other = ManagedFields(other) else { return false }
    return one.entries.mapValues(\.fields) == other.entries.mapValues(\.fields)
      && one.entries.mapValues(\.apiVersion) == other.entries.mapValues(\.apiVersion)
  }
}

extension ManagedFields.Entry {
  fileprivate var seconds: Int64 { time.flatMap(RFC3339.unixSeconds) ?? 0 }
}

extension ManagedFields {
  /// How many owners by update an object may have.
  static let mostUpdaters = 10

  /// Puts the oldest owners by update together under the name `ancient-changes` until there are few enough.
  mutating func capUpdaters() {
    let updaters = entries.filter { $0.key.operation == .update }
      .sorted { ($0.value.seconds, $0.key) < ($1.value.seconds, $1.key) }
    var excess = updaters.count - Self.mostUpdaters
    var firsts: [String: FieldOwner] = [:]
    for (owner, entry) in updaters where excess > 0 {
      guard let first = firsts[entry.apiVersion] else {
        firsts[entry.apiVersion] = owner
        continue
      }
      let bucket = FieldOwner("ancient-changes", .update, apiVersion: entry.apiVersion)
      if entries[bucket] == nil { entries[bucket] = entries.removeValue(forKey: first) }
      let before = entries[bucket]?.fields ?? FieldSet()
      entries[owner] = nil
      set(entry.fields.union(before), for: bucket, apiVersion: entry.apiVersion, time: entry.time)
      excess -= 1
    }
  }
}

import JSON

extension JSONValue {
  /// This object with an applied configuration merged into it: what the configuration says wins, nothing is removed.
  ///
  /// Elements of lists that are new come in the configuration's order, next to those that both have.
  func applying(_ configuration: JSONValue, schema: Schema) -> JSONValue {
    let shape = schema.shape(of: configuration)
    guard shape.isLike(schema.shape(of: self)) else { return configuration }
    switch shape {
    case .whole: return configuration
    case .members, .entries:
      var members = object ?? [:]
      for (key, value) in configuration.object ?? [:] {
        members[key] = members[key]?.applying(value, schema: schema[member: key] ?? .any) ?? value
      }
      return .object(members)
    case .elements(let element, _):
      return .array(Self.merging(array ?? [], configuration.array ?? [], list: schema, element))
    }
  }

  private static func merging(
    _ live: [JSONValue], _ applied: [JSONValue], list: Schema, _ element: Schema
  ) -> [JSONValue] {
    let liveSteps = live.map(list.step)
    let appliedSteps = applied.map(list.step)
    let places = Dictionary(liveSteps.enumerated().compactMap { index, step in step.map { ($0, index) } }) { first, _ in
      first
    }
    let inConfiguration = Set(appliedSteps.compactMap(\.self))
    var result: [JSONValue] = []
    var next = 0
    /// Takes over what only the live object has, up to an element that comes later.
    func takeLive(until end: PathElement?) {
      while next < live.count, end == nil || liveSteps[next] != end {
        if liveSteps[next].map({ !inConfiguration.contains($0) }) ?? true { result.append(live[next]) }
        next += 1
      }
    }
    for (index, value) in applied.enumerated() {
      takeLive(until: appliedSteps[index...].lazy.compactMap(\.self).first { places[$0] != nil })
      if let place = appliedSteps[index].flatMap({ places[$0] }) {
        result.append(live[place].applying(value, schema: element))
        next = max(next, place + 1)
      } else {
        result.append(value)
      }
    }
    takeLive(until: nil)
    return result
  }

  /// This object without some of its fields; what loses all that was in it goes too.
  ///
  /// - Returns: nil when nothing is left.
  func removing(_ fields: FieldSet, schema: Schema) -> JSONValue? {
    switch schema.shape(of: self) {
    case .whole: return object == nil && array == nil ? self : nil
    case .members, .entries:
      var members = object ?? [:]
      for (key, value) in members {
        let below = fields.below(.field(key))
        if fields.contains([.field(key)]) {
          members[key] = nil
        } else if !below.isEmpty {
          members[key] = value.removing(below, schema: schema[member: key] ?? .any)
        }
      }
      return members.isEmpty ? nil : .object(members)
    case .elements(let element, _):
      let rest = (array ?? []).compactMap { value -> JSONValue? in
        guard let step = schema.step(to: value) else { return value }
        if fields.contains([step]) { return nil }
        let below = fields.below(step)
        return below.isEmpty ? value : value.removing(below, schema: element)
      }
      return rest.isEmpty ? nil : .array(rest)
    }
  }

  /// This object with members of a template where it has none.
  func filled(from template: JSONValue) -> JSONValue {
    guard let members = object, let filling = template.object else { return self }
    return .object(members.merging(filling) { $0.filled(from: $1) })
  }
}

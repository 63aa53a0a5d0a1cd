import DNS
import Federation
import JSON

/// The body of a PATCH, which does one transaction or several as one.
enum PowerDNSPatch {
  /// Everything in the plan's order, at each name what goes before what comes, the mark last.
  ///
  /// The order is PowerDNS's: it works through the sets one by one and refuses an A where a CNAME still is. A set that
  /// stays with other values is replaced and not deleted before.
  ///
  /// - Throws: ``ProviderError/Code/refused`` for a set without values: PowerDNS takes the replacement by nothing as a
  ///   deletion, without a word.
  static func sets(of transaction: Transaction) throws(ProviderError) -> [JSONValue] {
    var sets: [JSONValue] = []
    for step in transaction.steps {
      for type in step.removals where !step.additions.contains(where: { $0.type == type }) {
        sets.append(["name": name(step.name), "type": .string(type.rawValue), "changetype": "DELETE"])
      }
      for set in step.additions { sets.append(try replacement(set)) }
    }
    return sets
  }

  static func body(_ sets: [JSONValue]) -> [UInt8] { (["rrsets": .array(sets)] as JSONValue).encoded() }

  private static func replacement(_ set: HeldRecordSet) throws(ProviderError) -> JSONValue {
    let values = set.values(as: .decimal)
    guard !values.isEmpty else {
      throw ProviderError(
        .refused, "\(set.name) \(set.type.rawValue) is to be written without a value; delete it instead")
    }
    return [
      "name": name(set.name), "type": .string(set.type.rawValue), "ttl": .integer(Int64(set.ttl)),
      "changetype": "REPLACE",
      "records": .array(values.map { ["content": .string($0), "disabled": .bool(false)] }),
    ]
  }

  private static func name(_ name: DomainName) -> JSONValue { .string(name.text + ".") }
}

import Cryptography
import JSON

/// One transaction of etcd: what must hold, and what is done then.
struct EtcdTransaction: Sendable {
  /// Compares that a caller wants to hear of first: they fail the transaction with an answer, not with an error.
  var guards: [JSONValue] = []
  /// All other compares.
  var conditions: [JSONValue] = []
  var operations: [JSONValue] = []

  /// etcd's own limit to compares, and to operations, of one transaction (`--max-txn-ops`).
  private static let most = 128
  /// How many of each a nested transaction has: it must get by with what its parent leaves of the limit, so that 64 of
  /// 64 are the most that fit in the limit of 128.
  private static let nested = 64
  /// A read of a revision that never comes. etcd checks all reads of the way that a transaction takes before it does
  /// any of it, and refuses the whole.
  private static let refusal: JSONValue = [
    "request_range": ["key": .string(Base64.encode([0])), "revision": .string(String(Int64.max))]
  ]

  /// The keys hold what was written at `revision`; nothing when it is 0.
  static func unchanged(_ key: [UInt8], since revision: Int64) -> JSONValue {
    compare(EtcdKeys(key: key, end: nil), "EQUAL", revision)
  }

  /// Nothing within the keys was put after `revision`.
  static func quiet(_ keys: EtcdKeys, since revision: Int64) -> JSONValue { compare(keys, "LESS", revision + 1) }

  static func put(_ key: [UInt8], _ value: [UInt8]) -> JSONValue {
    ["request_put": ["key": .string(Base64.encode(key)), "value": .string(Base64.encode(value))]]
  }

  static func delete(_ key: [UInt8]) -> JSONValue { ["request_delete_range": ["key": .string(Base64.encode(key))]] }

  private static func compare(_ keys: EtcdKeys, _ result: String, _ revision: Int64) -> JSONValue {
    var members = keys.members
    members["target"] = "MOD"
    members["result"] = .string(result)
    members["mod_revision"] = .string(String(revision))
    return .object(members)
  }

  /// The request: flat where everything fits, else in nested transactions.
  ///
  /// etcd counts the operations of each level only, so that 4,096 of them fit where 128 are allowed. Still it is one
  /// transaction with one revision: all compares are made before anything is done, and a nested one that does not hold
  /// leads to ``refusal``, which undoes the whole.
  var request: JSONValue {
    guard guards.count + conditions.count > Self.most || operations.count > Self.most else {
      return ["compare": .array(guards + conditions), "success": .array(operations)]
    }
    let count = (max(conditions.count, operations.count) + Self.nested - 1) / Self.nested
    let parts = (0..<count).map { index -> JSONValue in
      [
        "request_txn": [
          "compare": .array(Self.part(index, of: conditions)), "success": .array(Self.part(index, of: operations)),
          "failure": [Self.refusal],
        ]
      ]
    }
    return ["compare": .array(guards), "success": .array(parts)]
  }

  private static func part(_ index: Int, of all: [JSONValue]) -> [JSONValue] {
    Array(all.dropFirst(index * nested).prefix(nested))
  }

  /// Whether an answer says that every part was done.
  static func isDone(_ answer: JSONValue) -> Bool {
    guard answer["succeeded"]?.bool == true else { return false }
    return answer["responses"]?.array?.allSatisfy { $0["response_txn"].map(isDone) ?? true } ?? true
  }
}

import Cryptography
import JSON

/// A key of etcd and what it holds.
struct EtcdEntry: Hashable, Sendable {
  var key: [UInt8]
  var value: [UInt8]
  /// The revision that wrote the value.
  var revision: Int64
}

/// The answer to one range: entries in the order of their keys.
struct EtcdRange: Sendable {
  var entries: [EtcdEntry]
  /// Whether the limit cut it short.
  var hasMore: Bool

  /// Reads an answer; nil when it is none. What is left out is zero, false or empty, as Protocol Buffers have it.
  init?(_ answer: JSONValue) {
    entries = []
    for item in answer["kvs"]?.array ?? [] {
      guard let key = item["key"]?.string.flatMap({ Base64.decode($0) }),
        let value = Base64.decode(item["value"]?.string ?? ""),
        let revision = item["mod_revision"]?.string.flatMap({ Int64($0) })
      else { return nil }
      entries.append(EtcdEntry(key: key, value: value, revision: revision))
    }
    hasMore = answer["more"]?.bool ?? false
  }
}

/// A half-open range of keys, or one key.
struct EtcdKeys: Hashable, Sendable {
  var key: [UInt8]
  /// Nil for the one key.
  var end: [UInt8]?

  static func one(_ key: String) -> EtcdKeys { EtcdKeys(key: Array(key.utf8), end: nil) }

  /// All keys below a path: those that begin with it and a slash.
  static func below(_ path: String) -> EtcdKeys {
    // The character after the slash is the zero.
    EtcdKeys(key: Array("\(path)/".utf8), end: Array("\(path)0".utf8))
  }

  /// The members of a request that name the keys.
  var members: [String: JSONValue] {
    var members: [String: JSONValue] = ["key": .string(Base64.encode(key))]
    if let end { members["range_end"] = .string(Base64.encode(end)) }
    return members
  }

  /// A request for what the keys hold.
  ///
  /// - Parameters:
  ///   - revision: as of when; 0 for now.
  ///   - limit: how many entries at most; 0 for all.
  func range(at revision: Int64 = 0, limit: Int64 = 0) -> JSONValue {
    var members = members
    if revision > 0 { members["revision"] = .string(String(revision)) }
    if limit > 0 { members["limit"] = .string(String(limit)) }
    return .object(members)
  }
}

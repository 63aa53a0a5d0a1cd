import DNS
import DNSProviders
import Dispatch
import Federation
import Foundation
import HTTPTransport
import Testing

/// A hand in etcd that asks nobody: reads and writes keys past the provider, with JSON and Base64 of its own.
struct EtcdHand: Sendable {
  let url: String
  private let transport: HTTPTransport

  /// What a key holds.
  struct Pair: Sendable, Hashable {
    var key: String
    var value: Data
  }

  /// One thing to do to a key; nil deletes it.
  typealias Edit = (key: String, value: Data?)

  init(url: String) throws {
    self.url = url
    transport = try HTTPTransport()
  }

  /// The bed of the running suite.
  static var current: EtcdHand { get throws { try EtcdHand(url: try #require(Bed.current)["URL"]) } }

  /// The keys from one on up to another, and the revision at which that is so.
  func range(from key: String, to end: String? = nil, at revision: Int = 0) async throws -> (pairs: [Pair], now: Int) {
    var body: [String: Any] = ["key": Self.encoded(key), "revision": revision]
    if let end { body["range_end"] = Self.encoded(end) }
    let answer = try await post("/v3/kv/range", body)
    let pairs = try (answer["kvs"] as? [[String: Any]] ?? []).map { item in
      let key = try #require((item["key"] as? String).flatMap { Data(base64Encoded: $0) })
      return Pair(
        key: String(decoding: key, as: UTF8.self), value: Data(base64Encoded: item["value"] as? String ?? "") ?? Data())
    }
    let header = try #require(answer["header"] as? [String: Any])
    return (pairs, try #require((header["revision"] as? String).flatMap { Int($0) }))
  }

  /// Everything below a path.
  func below(_ path: String, at revision: Int = 0) async throws -> [Pair] {
    try await range(from: path + "/", to: path + "0", at: revision).pairs
  }

  /// Puts and deletes in one transaction.
  func edit(_ edits: [Edit]) async throws {
    let operations = edits.map { edit -> [String: Any] in
      guard let value = edit.value else { return ["request_delete_range": ["key": Self.encoded(edit.key)]] }
      return ["request_put": ["key": Self.encoded(edit.key), "value": value.base64EncodedString()]]
    }
    let parts = stride(from: 0, to: operations.count, by: 64).map { start -> [String: Any] in
      ["request_txn": ["success": Array(operations[start..<min(start + 64, operations.count)])]]
    }
    _ = try await post("/v3/kv/txn", ["success": parts])
  }

  func put(_ key: String, _ value: String) async throws { try await edit([(key, Data(value.utf8))]) }

  private func post(_ path: String, _ body: [String: Any]) async throws -> [String: Any] {
    let bytes = try JSONSerialization.data(withJSONObject: body)
    let response = try await transport.send(HTTPRequest(method: "POST", url: url + path, body: Array(bytes)))
    let answer = Data(try await response.body.collect(upTo: 256 << 20))
    try #require(response.status == 200, "\(String(decoding: answer, as: UTF8.self))")
    return try #require(try JSONSerialization.jsonObject(with: answer) as? [String: Any])
  }

  private static func encoded(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

  /// What `etcdctl` prints, which nobody here wrote.
  func etcdctl(_ words: String...) async throws -> String {
    let url = url
    return try await withCheckedThrowingContinuation { continuation in
      DispatchQueue.global().async { @Sendable in
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["ETCDCTL_API=3", "etcdctl", "--endpoints", url] + words
        let pipe = Pipe()
        process.standardOutput = pipe
        do { try process.run() } catch { return continuation.resume(throwing: error) }
        let output = (try? pipe.fileHandleForReading.readToEnd()) ?? Data()
        process.waitUntilExit()
        continuation.resume(returning: String(decoding: output, as: UTF8.self))
      }
    }
  }
}

extension EtcdHand {
  /// Removes and puts record sets as somebody with `etcdctl` would: with keys of their own and no group.
  @Sendable func edit(_ removals: [RecordKey], _ sets: [HeldRecordSet]) async throws {
    var edits: [Edit] = []
    for removal in removals {
      let path = CoreDNSReader.path(removal.name)
      for pair in try await below(path) where !pair.key.dropFirst(path.count + 1).contains("/") {
        if try CoreDNSReader.Service(pair).kind == ResourceType(removal.type) { edits.append((pair.key, nil)) }
      }
    }
    for set in sets {
      for (index, data) in set.data.enumerated() {
        let key = "\(CoreDNSReader.path(set.name))/x-\(set.type.rawValue)-\(index)"
        var value = Data()
        switch data {
        case .address(let address): value = Data(#"{"host":"\#(address)","ttl":\#(set.ttl)}"#.utf8)
        case .cname(let target): value = Data(#"{"host":"\#(target.text).","ttl":\#(set.ttl)}"#.utf8)
        case .txt(let strings):
          value = Data(#"{"text":""#.utf8)
          // Bytes that are not UTF-8 stay as they are: no JSON, but what a careless tool writes.
          for byte in strings.joined() {
            value += byte < 0x20 ? Data(String(format: "\\u%04x", byte).utf8) : Data([byte])
          }
          value += Data(#"","ttl":\#(set.ttl)}"#.utf8)
        default: continue
        }
        edits.append((key, value))
      }
    }
    try await edit(edits)
  }
}

import DNS
import Federation
import Foundation
import Testing

/// Answers questions from what etcd holds as CoreDNS's `etcd` plugin does, told from what is known of the plugin and
/// not from how zonetop writes: there is no CoreDNS to install where the tests run.
///
/// A name is a path of its labels from the top down. All keys below the path answer, and when there are none the key
/// that is the path; only that key for the type CNAME. Then groups are sorted out, see ``grouped(_:)``.
struct CoreDNSReader: Sendable {
  let hand: EtcdHand
  var zone = "example.com"

  /// What one key says.
  struct Service: Sendable {
    var key: String
    var host = ""
    var text = ""
    var ttl: UInt32 = 300
    var group = ""

    var depth: Int { key.count { $0 == "/" } }
    /// What it can answer.
    var kind: ResourceType {
      if let address = IPAddress(host) { return address.isV4 ? .a : .aaaa }
      return text.isEmpty ? .cname : .txt
    }
  }

  /// CoreDNS follows no longer chain of CNAMEs.
  private static let longestChain = 8

  static func path(_ name: DomainName) -> String { "/skydns/" + name.labels.reversed().joined(separator: "/") }

  /// What a resolver is told. The type ANY, to which CoreDNS says nothing, stands for all types at one moment here.
  func answer(_ question: Question) async throws -> Message {
    guard question.type != .any else { return try await everything(question) }
    return message(question, try await records(question.name, question.type, after: 0, at: 0))
  }

  private func everything(_ question: Question) async throws -> Message {
    let now = try await hand.range(from: "/").now
    var all: [ResourceRecord]?
    for type in [ResourceType.a, .aaaa, .txt] {
      guard let records = try await records(question.name, type, after: 0, at: now) else { continue }
      all = (all ?? []) + records.filter { !(all ?? []).contains($0) }
    }
    return message(question, all)
  }

  private func message(_ question: Question, _ records: [ResourceRecord]?) -> Message {
    Message(
      id: 0, opcode: .query, flags: [.response, .authoritative], responseCode: records == nil ? .nameError : .noError,
      question: question, answers: records ?? [])
  }

  /// The answer section; nil for a name that does not exist.
  private func records(
    _ name: DomainName, _ type: ResourceType, after links: Int, at revision: Int
  ) async throws -> [ResourceRecord]? {
    let path = Self.path(name)
    var pairs = type == .cname ? [] : try await hand.below(path, at: revision)
    if pairs.isEmpty { pairs = try await hand.range(from: path, at: revision).pairs }
    guard !pairs.isEmpty else { return nil }
    let usable = try pairs.map(Service.init).filter { !$0.host.isEmpty || (type == .txt && !$0.text.isEmpty) }
    var records: [ResourceRecord] = []
    for service in Self.grouped(usable) {
      if type == .cname {
        guard IPAddress(service.host) == nil else { break }
        return [ResourceRecord(name: name, ttl: service.ttl, data: .cname(try DomainName(service.host)))]
      }
      if service.kind == .cname {
        records += try await chain(name, service, type, links, revision)
      } else if service.kind == type, let data = service.data {
        let record = ResourceRecord(name: name, ttl: service.ttl, data: data)
        if !records.contains(where: { $0.data == data }) { records.append(record) }
      }
    }
    return records
  }

  /// A CNAME with what its target answers; nothing where that is nothing.
  private func chain(
    _ name: DomainName, _ service: Service, _ type: ResourceType, _ links: Int, _ revision: Int
  ) async throws -> [ResourceRecord] {
    let target = try DomainName(service.host)
    guard !target.isSubdomain(of: name), links < Self.longestChain else { return [] }
    let link = ResourceRecord(name: name, ttl: service.ttl, data: .cname(target))
    // Others' zones are asked upstream.
    guard target.isSubdomain(of: try DomainName(zone)) else { return [link] }
    let next = try await records(target, type, after: links + 1, at: revision) ?? []
    return next.isEmpty ? [] : [link] + next
  }

  /// Of all services below a path those that answer together: the group is that of the shortest key, as far as keys
  /// have one; services with another group are left out, unless two of the shortest keys disagree.
  private static func grouped(_ services: [Service]) -> [Service] {
    guard let first = services.first else { return [] }
    var (group, depth) = (first.group, first.depth)
    var depths = [Int](repeating: 0, count: services.count)
    for (index, service) in services.enumerated() {
      depths[index] = service.depth
      guard service.depth < depth else { continue }
      if service.group.isEmpty { break }
      (group, depth) = (service.group, service.depth)
    }
    if group.isEmpty { return services }
    let disagree = zip(services, depths).contains { service, length in
      !service.group.isEmpty && service.group != group && length == depth
    }
    return disagree ? services : services.filter { $0.group.isEmpty || $0.group == group }
  }
}

extension CoreDNSReader.Service {
  struct NoJSON: Error {}

  /// Reads a value; bytes that are not UTF-8 are replaced, as Go does it.
  init(_ pair: EtcdHand.Pair) throws {
    key = pair.key
    let text = Data(String(decoding: pair.value, as: UTF8.self).utf8)
    guard let members = try JSONSerialization.jsonObject(with: text) as? [String: Any] else { throw NoJSON() }
    host = members["host"] as? String ?? ""
    self.text = members["text"] as? String ?? ""
    group = members["group"] as? String ?? ""
    if let ttl = members["ttl"] as? Int, ttl > 0 { self.ttl = UInt32(ttl) }
  }

  /// The data of a record; texts are cut every 255 bytes, and one that ends there has an empty string after it.
  var data: RecordData? {
    if let address = IPAddress(host) { return .address(address) }
    let bytes = Array(text.utf8)
    var strings: [[UInt8]] = []
    for start in stride(from: 0, through: bytes.count, by: 255) {
      strings.append(Array(bytes[start..<min(start + 255, bytes.count)]))
    }
    return .txt(strings)
  }
}

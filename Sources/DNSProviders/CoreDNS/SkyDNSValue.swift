import DNS
import Federation
import JSON

/// What one key holds: the message that SkyDNS invented and CoreDNS reads.
///
/// An address or a name in `host`, or a text in `text`, with `ttl` in seconds. CoreDNS passes over members that it does
/// not know; zonetop writes two: `cuts`, the lengths of a text's strings where CoreDNS would cut it otherwise, and
/// `owner` where the key itself does not say that it is zonetop's.
struct SkyDNSValue: Hashable, Sendable {
  /// Nil for a value that answers no question.
  var data: RecordData?
  /// Time to live in seconds.
  var ttl: UInt32
  /// What keeps the key apart from those above and below it; see ``encoded(_:ttl:at:isOwn:)``.
  var group = ""
  /// Whether the value says that zonetop wrote it.
  var isOwn = false
  /// Whether CoreDNS can read it. A value that it cannot read makes it fail for the whole name.
  var isReadable = true

  /// What CoreDNS takes when a value names no TTL, in seconds.
  private static let standardTTL: UInt32 = 300
  /// How much of a value that CoreDNS cannot read is shown, in bytes.
  private static let mostShown = 1_024

  /// Reads a value, whatever it is. One that CoreDNS cannot read is shown as text, so that a person sees it.
  init(_ bytes: [UInt8]) {
    ttl = Self.standardTTL
    read((try? JSONValue.parse(bytes))?.object)
    if !isReadable { data = Self.text(bytes.prefix(Self.mostShown), cuts: nil) }
  }

  private mutating func read(_ members: [String: JSONValue]?) {
    // Go takes members without regard to case.
    var known: [String: JSONValue] = [:]
    for (name, value) in members ?? [:] where value != .null { known[name.lowercased()] = value }
    guard members != nil, let host = Self.string(known["host"]), let text = Self.string(known["text"]),
      let group = Self.string(known["group"]),
      let seconds = known["ttl"].map({ $0.integer.flatMap { UInt32(exactly: $0) } }) ?? 0
    else {
      isReadable = false
      return
    }
    self.group = group
    if seconds > 0 { ttl = seconds }
    isOwn = known["owner"]?.string == "zonetop"
    if let address = IPAddress(host) {
      data = .address(Self.plain(address))
    } else if !text.isEmpty {
      data = Self.text(text.utf8, cuts: known["cuts"]?.array?.map { Int($0.integer ?? -1) })
    } else if !host.isEmpty {
      data = (try? DomainName(host)).map { .cname($0) } ?? Self.text(host.utf8, cuts: nil)
    }
  }

  /// A member's text, empty where there is none; nil when it is something else.
  private static func string(_ value: JSONValue?) -> String? { value.map(\.string) ?? "" }

  /// An IPv4 address in IPv6's clothes is one of IPv4 to CoreDNS.
  private static func plain(_ address: IPAddress) -> IPAddress {
    guard case .v6(0, let low) = address, low >> 32 == 0xFFFF else { return address }
    return .v4(UInt32(truncatingIfNeeded: low))
  }

  /// The strings of a text: as long as `cuts` says where that adds up, else as CoreDNS cuts it.
  private static func text(_ text: some Collection<UInt8>, cuts: [Int]?) -> RecordData {
    var rest = Array(text)[...]
    if let cuts, cuts.allSatisfy({ (0...255).contains($0) }), cuts.reduce(0, +) == rest.count {
      return .txt(
        cuts.map { length in
          defer { rest = rest.dropFirst(length) }
          return Array(rest.prefix(length))
        })
    }
    return .txt(Self.strings(Array(rest)))
  }

  private static func strings(_ text: [UInt8]) -> [[UInt8]] {
    stride(from: 0, to: text.count, by: 255).map { Array(text[$0..<min($0 + 255, text.count)]) }
  }
}

extension SkyDNSValue {
  /// The value for a record of `name`.
  ///
  /// Its `group` is the name: of all that is below a path CoreDNS keeps the group of the shortest key, and what has no
  /// group. So what stands at a name hides what stands below it, which has other groups.
  ///
  /// - Parameter isOwn: whether the value has to say that zonetop wrote it.
  /// - Throws: ``ProviderError/Code/refused`` for what CoreDNS cannot serve.
  static func encoded(
    _ data: RecordData, ttl: UInt32, at name: DomainName, isOwn: Bool = false
  ) throws(ProviderError) -> [UInt8] {
    guard ttl > 0 else {
      throw ProviderError(.refused, "\(name): CoreDNS takes a TTL of 0 s for 300 s: set a TTL of 1 s or more")
    }
    var members: [String: JSONValue] = ["ttl": .integer(Int64(ttl)), "group": .string(name.text)]
    switch data {
    case .address(let address): members["host"] = .string(address.description)
    // With its dot, so that no name is taken for an address.
    case .cname(let target): members["host"] = .string("\(target.text).")
    case .txt(let strings):
      let bytes = Array(strings.joined())
      guard !bytes.isEmpty, let text = String(validating: bytes, as: UTF8.self) else {
        throw ProviderError(.refused, "\(name): CoreDNS on etcd serves no text that is empty or not UTF-8")
      }
      members["text"] = .string(text)
      if strings != Self.strings(bytes) { members["cuts"] = .array(strings.map { .integer(Int64($0.count)) }) }
    default: throw ProviderError(.refused, "\(name): CoreDNS on etcd holds no such record")
    }
    if isOwn { members["owner"] = "zonetop" }
    return JSONValue.object(members).encoded()
  }
}

import DNS
import DNSProviders
import Federation

/// A whole zone as the messages of a transfer (RFC 5936): SOA, everything, and the same SOA again.
///
/// Messages are made as they are asked for, from the zone as it was when the transfer began.
struct OutgoingTransfer {
  private let first: Message
  private let closing: ResourceRecord
  private let sets: [HeldRecordSet]
  private var next = 0
  private var pending: [ResourceRecord]
  private var isDone = false

  /// As many bytes as a message takes on before the next is begun; pointers reach no further (RFC 1035 section 4.1.4).
  private static let target = 16_000

  init(_ zone: AuthoritativeZone, answering query: Message) {
    first = query.reply(.noError, flags: .authoritative)
    closing = zone.startOfAuthorityRecord
    sets = zone.recordSets
    pending = [closing] + zone.nameServerRecords
  }

  /// The next message; nil after the last.
  mutating func message() -> [UInt8]? {
    guard !isDone else { return nil }
    var records = pending
    pending = []
    var size = 0
    while next < sets.count, size < Self.target {
      let set = sets[next]
      size += Self.size(of: set)
      records += set.records
      next += 1
    }
    if next == sets.count {
      records.append(closing)
      isDone = true
    }
    var message = first
    message.answers = records
    // A set that no message can hold ends the stream without its SOA: the reader knows then that it has not all.
    guard let bytes = try? message.encoded() else {
      isDone = true
      return nil
    }
    return bytes
  }

  /// At most what a set takes on the wire.
  private static func size(of set: HeldRecordSet) -> Int {
    set.data.reduce(0) { size, data in
      switch data {
      case .txt(let strings): size + strings.reduce(14) { $0 + $1.count + 1 }
      default: size + set.name.text.utf8.count + 32
      }
    }
  }
}

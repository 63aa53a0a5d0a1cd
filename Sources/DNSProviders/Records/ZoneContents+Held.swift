import DNS
import Federation

extension ZoneContents {
  /// Tells marks, foreign marks and ordinary record sets apart.
  ///
  /// A TXT record set with another tool's mark is listed as a record set too: it stands at its name like any other.
  package init(_ held: some Sequence<HeldRecordSet>) {
    var recordSets: [RecordSet] = []
    var marks: [DomainName: OwnershipMark] = [:]
    var foreign: [DomainName: String] = [:]
    for set in held {
      switch Self.reading(of: set) {
      case .mark(let mark): marks[set.name] = mark
      case .unreadable(let reason), .foreign(let reason):
        foreign[set.name] = reason
        if !OwnershipMark.isMarkName(set.name) { recordSets.append(RecordSet(set)) }
      case .none: recordSets.append(RecordSet(set))
      }
    }
    recordSets.sort { $0.key < $1.key }
    self.init(recordSets: recordSets, marks: marks, foreignMarks: foreign)
  }

  private static func reading(of set: HeldRecordSet) -> MarkReading {
    guard set.type == .txt else { return .none }
    var readings: [MarkReading] = []
    for case .txt(let strings) in set.data {
      let reading = OwnershipMark.read(strings.map { String(decoding: $0, as: UTF8.self) }, at: set.name)
      if reading != .none { readings.append(reading) }
    }
    guard let first = readings.first else { return .none }
    guard case .mark = first, set.data.count > 1 else { return first }
    return .unreadable("a mark beside \(set.data.count - 1) other TXT records")
  }
}

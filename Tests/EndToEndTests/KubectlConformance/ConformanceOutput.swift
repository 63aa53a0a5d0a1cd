/// What one step of the script printed, without what differs from run to run: times, ids, versions, addresses.
struct ConformanceOutput {
  var lines: [String]

  /// Steps in which kubectl itself walks a map, in an order of its own each time.
  private static let unordered: Set = ["describe-configmap"]

  init(_ text: String, of step: String) {
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { Self.masked(String($0)) }
    while lines.last == "" { lines.removeLast() }
    if Self.unordered.contains(step) { lines.sort() }
    // A real server checks custom objects in no order.
    var index = 0
    while let start = lines[index...].firstIndex(where: { $0.hasPrefix("* ") }) {
      let end = lines[start...].firstIndex { !$0.hasPrefix("* ") } ?? lines.endIndex
      lines[start..<end].sort()
      index = end
    }
  }

  private static func masked(_ line: String) -> String {
    var text =
      line
      .replacing(#/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z| \+0000)/#, with: "TIME")
      .replacing(#/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/#, with: "UID")
      .replacing(#/(resourceVersion"?|Resource Version): +"?\d+"?/#, with: "resourceVersion: VERSION")
      .replacing(#/\b10\.\d+\.\d+\.\d+\b/#, with: "ADDRESS")
      .replacing(#/\b3[0-2]\d{3}\b/#, with: "NODEPORT")
      .replacing(#/made-[a-z0-9]{5}/#, with: "made-NAME")
      .replacing(#/-edit-[a-z0-9]+/#, with: "-edit-NUMBER")
      .replacing(#/\/tmp\/[^ ]*\//#, with: "FOLDER/")
      .replacing(#/127\.0\.0\.1:\d+/#, with: "SERVER")
    let indent = text.prefix { $0 == " " }
    let words = text.split { $0 == " " || $0 == "\t" }.map { word in
      word.wholeMatch(of: #/(\d+[smhdy]){1,2}|<invalid>/#) == nil ? word : "AGE"
    }
    // Columns are as wide as their longest cell; of the indentation only that of documents means something.
    text = (indent.count > 14 ? "" : indent) + words.joined(separator: " ")
    return text
  }

  /// The lines that only one of two outputs has, in order: `-` for those of the first, `+` for those of the second.
  static func differences(_ first: ConformanceOutput, _ second: ConformanceOutput) -> [String] {
    second.lines.difference(from: first.lines).map { change in
      switch change {
      case .remove(_, let line, _): "-\(line)"
      case .insert(_, let line, _): "+\(line)"
      }
    }
  }
}

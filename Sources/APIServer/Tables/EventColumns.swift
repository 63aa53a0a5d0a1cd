import JSON

/// The columns of Events: they are told by what happened, and their names only in the wide form.
enum EventColumns {
  static let all = [
    TableColumn("Last Seen") { object, now in
      age(object, now, ["lastTimestamp", "series.lastObservedTime", "eventTime"])
    },
    TableColumn("Type", field: "type"), TableColumn("Reason", field: "reason"),
    TableColumn("Object") { object, _ in
      let kind = object[dotted: "involvedObject.kind"]?.string?.lowercased() ?? ""
      return "\(kind)/\(object[dotted: "involvedObject.name"]?.string ?? "")"
    },
    TableColumn("Subobject", isWide: true) { object, _ in object[dotted: "involvedObject.fieldPath"]?.string ?? "" },
    TableColumn("Source", isWide: true) { object, _ in
      [object[dotted: "source.component"]?.string, object[dotted: "source.host"]?.string].compactMap(\.self)
        .joined(separator: ", ")
    },
    TableColumn("Message") { object, _ in object["message"]?.string ?? "" },
    TableColumn("First Seen", isWide: true) { object, now in age(object, now, ["firstTimestamp", "eventTime"]) },
    TableColumn("Count", isWide: true) { object, _ in
      String(object[dotted: "series.count"]?.integer ?? object["count"]?.integer ?? 1)
    },
    TableColumn("Name", isWide: true) { object, _ in object[at: ["metadata", "name"]]?.string ?? "" },
  ]

  private static func age(_ object: JSONValue, _ now: Int64, _ fields: [String]) -> String {
    for field in fields {
      if let time = object[dotted: field]?.string.flatMap(RFC3339.unixSeconds) { return Age.text(seconds: now - time) }
    }
    return "<unknown>"
  }
}

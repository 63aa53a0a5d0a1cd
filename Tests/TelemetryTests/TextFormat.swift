/// A strict reader of the Prometheus text format 0.0.4, as its page describes it; it shares nothing with the writer.
struct TextFormat {
  struct Sample: Equatable {
    var name: String
    var labels: [String: String]
    var value: Double
  }

  private(set) var help: [String: String] = [:]
  private(set) var types: [String: String] = [:]
  private(set) var samples: [Sample] = []

  struct Objection: Error, CustomStringConvertible { var description: String }

  init(_ text: String) throws {
    guard text.isEmpty || text.hasSuffix("\n") else { throw Objection(description: "the last line does not end") }
    var family = ""
    var seen: Set<String> = []
    var series: Set<String> = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: true).map(String.init) {
      if line.hasPrefix("#") {
        let words = line.split(separator: " ", maxSplits: 3).map(String.init)
        guard words.count >= 4, words[0] == "#", Self.isName(words[2]) else { throw Objection(description: line) }
        switch words[1] {
        case "HELP":
          guard help[words[2]] == nil, seen.insert(words[2]).inserted else {
            throw Objection(description: "twice: \(line)")
          }
          help[words[2]] = words[3]
          family = words[2]
        case "TYPE":
          guard words[2] == family, types[words[2]] == nil,
            ["counter", "gauge", "histogram", "summary", "untyped"].contains(words[3])
          else { throw Objection(description: line) }
          types[words[2]] = words[3]
        default: throw Objection(description: line)
        }
        continue
      }
      let sample = try Self.sample(line)
      let suffixes = types[family] == "histogram" ? ["_bucket", "_sum", "_count"] : [""]
      guard suffixes.contains(where: { sample.name == family + $0 }) else {
        throw Objection(description: "\(sample.name) stands below \(family)")
      }
      let key = "\(sample.name) \(sample.labels.sorted { $0.key < $1.key })"
      guard series.insert(key).inserted else { throw Objection(description: "twice: \(line)") }
      if types[family] == "counter", sample.value < 0 { throw Objection(description: "a counter below 0: \(line)") }
      samples.append(sample)
    }
    for (name, type) in types where type == "histogram" { try checkHistogram(name) }
  }

  subscript(_ name: String, _ labels: [String: String] = [:]) -> Double? {
    samples.first { $0.name == name && $0.labels == labels }?.value
  }

  private func checkHistogram(_ name: String) throws {
    var last = -Double.infinity
    var count = 0.0
    for bucket in samples where bucket.name == "\(name)_bucket" {
      guard let text = bucket.labels["le"], let bound = text == "+Inf" ? .infinity : Double(text), bound > last,
        bucket.value >= count
      else { throw Objection(description: "\(name) has a bucket out of order") }
      (last, count) = (bound, bucket.value)
    }
    guard last == .infinity, self["\(name)_count"] == count, self["\(name)_sum"] != nil else {
      throw Objection(description: "\(name) is no whole histogram")
    }
  }

  private static func sample(_ line: String) throws -> Sample {
    var rest = Substring(line)
    let name = rest.prefix { $0 != "{" && $0 != " " }
    guard isName(String(name)) else { throw Objection(description: line) }
    rest = rest.dropFirst(name.count)
    var labels: [String: String] = [:]
    if rest.first == "{" {
      rest = rest.dropFirst()
      while rest.first != "}" {
        let key = rest.prefix { $0 != "=" }
        rest = rest.dropFirst(key.count + 1)
        guard isName(String(key)), !key.contains(":"), rest.first == "\"" else { throw Objection(description: line) }
        rest = rest.dropFirst()
        var value = ""
        while let character = rest.first, character != "\"" {
          rest = rest.dropFirst()
          guard character == "\\" else {
            value.append(character)
            continue
          }
          switch rest.first {
          case "\\": value.append("\\")
          case "\"": value.append("\"")
          case "n": value.append("\n")
          default: throw Objection(description: "escape in \(line)")
          }
          rest = rest.dropFirst()
        }
        guard rest.first == "\"", labels.updateValue(value, forKey: String(key)) == nil else {
          throw Objection(description: line)
        }
        rest = rest.dropFirst()
        if rest.first == "," { rest = rest.dropFirst() }
      }
      rest = rest.dropFirst()
    }
    guard rest.first == " " else { throw Objection(description: line) }
    let number = String(rest.dropFirst())
    let value = ["+Inf": Double.infinity, "-Inf": -.infinity, "NaN": .nan][number] ?? Double(number)
    guard let value else { throw Objection(description: "no number: \(line)") }
    return Sample(name: String(name), labels: labels, value: value)
  }

  private static func isName(_ text: String) -> Bool {
    guard let first = text.first, first.isLetter || first == "_" || first == ":" else { return false }
    return text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == ":") }
  }
}

import Foundation
import Kubernetes

/// Prints how fast a list of EndpointSlices is read: own JSON, own protobuf, and Foundation's `JSONDecoder` beside them.
func benchDecode() {
  let sample = EndpointSliceListSample(size: 20_000_000)
  let megabytes = Double(sample.json.count) / 1e6
  let sizes = String(
    format: "%.1f MB of JSON, %.1f MB of protobuf", megabytes, Double(sample.protobuf.count) / 1e6)
  print("decode on \(machineName()): EndpointSliceList, \(sample.slices) slices, \(sizes)")
  measure("own JSON reader", megabytes, rounds: 7) { read(sample.json, .json) == sample.readyEndpoints }
  measure("own protobuf reader (MB/s of the JSON)", megabytes, rounds: 7) {
    read(sample.protobuf, .protobuf) == sample.readyEndpoints
  }
  let data = Data(sample.json)
  measure("Foundation JSONDecoder, same fields", megabytes, rounds: 3) {
    (try? JSONDecoder().decode(PlainList.self, from: data))?.readyEndpoints == sample.readyEndpoints
  }
}

private func read(_ bytes: [UInt8], _ encoding: BodyEncoding) -> Int? {
  var context = DecodingContext(resource: .endpointSlices)
  let page = try? ListPage<EndpointSliceObject>.read(bytes, encoding: encoding, context: &context)
  return page?.items.reduce(0) { $0 + $1.readyEndpoints }
}

/// Prints the best of some rounds; the first warms up and does not count.
private func measure(_ name: String, _ megabytes: Double, rounds: Int, _ body: () -> Bool) {
  var best = Duration.seconds(3600)
  var isRight = true
  for round in 0...rounds {
    let time = ContinuousClock().measure { isRight = body() && isRight }
    if round > 0 { best = min(best, time) }
  }
  let seconds = best / .seconds(1)
  let figure = String(format: "%8.0f MB/s  (%.1f ms)", megabytes / seconds, seconds * 1000)
  print("  \(figure)  \(name)\(isRight ? "" : "  WRONG RESULT")")
}

private func machineName() -> String {
  let model = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8))?
    .split(separator: "\n").first { $0.hasPrefix("model name") }?.split(separator: ":").last
  let name = model.map { $0.trimmingCharacters(in: .whitespaces) } ?? "an unknown processor"
  return "\(ProcessInfo.processInfo.hostName), \(ProcessInfo.processInfo.processorCount) × \(name)"
}

/// The list as one would declare it for `JSONDecoder`, with the same fields.
private struct PlainList: Decodable {
  var metadata: Metadata
  var items: [Slice]

  struct Metadata: Decodable {
    var name: String?
    var namespace: String?
    var resourceVersion: String
    var labels: [String: String]?
  }

  struct Slice: Decodable {
    var metadata: Metadata
    var addressType: String
    var endpoints: [Endpoint]
  }

  struct Endpoint: Decodable {
    var conditions: Conditions?
    var zone: String?
  }

  struct Conditions: Decodable {
    var ready: Bool?
  }

  var readyEndpoints: Int {
    items.reduce(0) { $0 + $1.endpoints.count { $0.conditions?.ready ?? true } }
  }
}

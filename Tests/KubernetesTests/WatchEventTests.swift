import JSON
import Testing

@testable import Kubernetes

@Suite struct WatchEventTests {
  private func events(_ bytes: [UInt8], _ encoding: BodyEncoding, chunk: Int) throws -> [WatchEvent<
    EndpointSliceObject
  >] {
    var context = DecodingContext(resource: .endpointSlicesBeta)
    var framer = WatchFramer(encoding: encoding)
    var events: [WatchEvent<EndpointSliceObject>] = []
    for start in stride(from: 0, to: bytes.count, by: chunk) {
      for frame in try framer.append(Array(bytes[start..<min(start + chunk, bytes.count)])) {
        let event =
          switch encoding {
          case .json: try WatchEvent<EndpointSliceObject>.read(json: frame, &context)
          case .protobuf: try WatchEvent<EndpointSliceObject>.read(protobuf: frame, &context)
          }
        if let event { events.append(event) }
      }
    }
    return events
  }

  @Test(arguments: [1, 7, 100, 100_000])
  func `a watch reads alike from JSON and protobuf, however it is cut into pieces`(chunk: Int) throws {
    let json = try events(Recorded.watchJSON, .json, chunk: chunk)
    #expect(json == (try events(Recorded.watchProtobuf, .protobuf, chunk: chunk)))
    #expect(json.count == 2)
    guard case .applied(let slice) = json.first?.kind else { return #expect(Bool(false), "\(json)") }
    #expect(slice.readyEndpoints == 2)
    #expect(json.last?.kind == .removed(ObjectKey(namespace: "mynamespace", name: "nginx-abc")))
    #expect(json.first?.resourceVersion != json.last?.resourceVersion)
  }

  @Test func `what a cut leaves unfinished is not an event`() throws {
    #expect(try events(Recorded.watchJSON.dropLast(), .json, chunk: 50).count == 1)
    #expect(try events(Recorded.watchProtobuf.dropLast(), .protobuf, chunk: 50).count == 1)
  }

  @Test func `the object may come before the type`() throws {
    let line = #"{"object":{"kind":"X","metadata":{"resourceVersion":"77"}},"type":"BOOKMARK"}"#
    var context = DecodingContext(resource: .services)
    let event = try WatchEvent<ServiceObject>.read(json: Array(line.utf8), &context)
    #expect(event == WatchEvent(kind: .bookmark, resourceVersion: "77"))
  }

  @Test func `an error event is the server's own error`() {
    let line = #"{"type":"ERROR","object":{"kind":"Status","code":410,"reason":"Expired","message":"too old"}}"#
    var context = DecodingContext(resource: .services)
    #expect(throws: KubernetesError(.gone, "the watch ended with 410: too old", status: 410)) {
      try WatchEvent<ServiceObject>.read(json: Array(line.utf8), &context)
    }
  }

  @Test func `a frame that is too large is refused before it is kept`() {
    var framer = WatchFramer(encoding: .protobuf)
    #expect(throws: KubernetesError.self) {
      _ = try framer.append([0x7F, 0xFF, 0xFF, 0xFF])
      _ = try framer.append([UInt8](repeating: 0, count: WatchFramer.largestFrame + 1))
    }
  }

  @Test func `no mutated event traps`() {
    var generator = SeededGenerator(seed: 5)
    let frame = Array(Recorded.watchProtobuf.dropFirst(4))
    let line = Array(Recorded.watchJSON.prefix { $0 != 0x0A })
    for _ in 0..<Fuzz.rounds {
      var context = DecodingContext(resource: .endpointSlicesBeta)
      _ = try? WatchEvent<EndpointSliceObject>.read(protobuf: Fuzz.mutate(frame, using: &generator), &context)
      _ = try? WatchEvent<EndpointSliceObject>.read(json: Fuzz.mutate(line, using: &generator), &context)
    }
  }
}

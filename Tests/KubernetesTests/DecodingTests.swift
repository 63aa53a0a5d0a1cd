import JSON
import Testing

@testable import Kubernetes

/// The two encodings of what a real API server sent.
@Suite struct DecodingTests {
  static func page<Object: WatchedObject>(
    _ type: Object.Type, _ body: [UInt8], _ encoding: BodyEncoding, _ resource: ResourceType
  ) throws -> ListPage<Object> {
    var context = DecodingContext(resource: resource)
    return try ListPage<Object>.read(body, encoding: encoding, context: &context)
  }

  @Test func `services read alike from JSON and protobuf`() throws {
    let json = try Self.page(ServiceObject.self, Recorded.servicesJSON, .json, .services)
    let protobuf = try Self.page(ServiceObject.self, Recorded.servicesProtobuf, .protobuf, .services)
    #expect(json == protobuf)
    #expect(json.items.map(\.key.description) == ["mynamespace/nginx", "mynamespace/plain"])
    let nginx = try #require(json.items.first)
    #expect(nginx.type == "LoadBalancer")
    #expect(nginx.labels == ["app": "nginx"])
    #expect(nginx.annotations == ["federation.zonetop.dev/ttl": "60"])
    #expect(nginx.externalIPs == ["192.0.2.7", "192.0.2.8"])
    #expect(nginx.ingress == [.address("203.0.113.5"), .hostname("lb.example.net")])
    #expect(nginx.externalAddresses == ["203.0.113.5", "lb.example.net"])
    #expect(nginx.uid.count == 36)
    #expect(!nginx.isDeleting)
    #expect(json.items.last?.externalAddresses == [])
  }

  @Test func `nodes read alike from JSON and protobuf`() throws {
    let json = try Self.page(NodeObject.self, Recorded.nodesJSON, .json, .nodes)
    #expect(json == (try Self.page(NodeObject.self, Recorded.nodesProtobuf, .protobuf, .nodes)))
    #expect(json.items.map(\.zone) == ["us-central1-a", "us-central1-b"])
    #expect(json.items.map(\.region) == ["us-central1", "us-central1"])
    #expect(json.items.map(\.isReady) == [true, false])
  }

  @Test func `slices and endpoints read alike from JSON and protobuf, and say the same`() throws {
    let beta = ResourceType.endpointSlicesBeta
    let slices = try Self.page(EndpointSliceObject.self, Recorded.endpointslicesJSON, .json, beta)
    #expect(
      slices == (try Self.page(EndpointSliceObject.self, Recorded.endpointslicesProtobuf, .protobuf, beta)))
    let slice = try #require(slices.items.first)
    #expect(slice.key == ObjectKey(namespace: "mynamespace", name: "nginx-abc"))
    #expect(slice.service == "nginx")
    #expect(slice.addressType == .ipv4)
    #expect((slice.readyEndpoints, slice.totalEndpoints) == (2, 3))
    #expect(slice.zones.map(\.zone) == ["us-central1-a", "us-central1-b"])
    #expect(slice.zones.map(\.ready) == [2, 0])

    let endpoints = try Self.page(EndpointSliceObject.self, Recorded.endpointsJSON, .json, .endpoints)
    #expect(
      endpoints == (try Self.page(EndpointSliceObject.self, Recorded.endpointsProtobuf, .protobuf, .endpoints)))
    #expect(endpoints.items.first?.service == "nginx")
    #expect(endpoints.items.map(\.readyEndpoints) == [2])
    #expect(endpoints.items.map(\.totalEndpoints) == [3])
  }

  @Test func `slices of v1 name their zones themselves, and an unknown state is ready`() throws {
    let body = """
      {"items":[{"endpoints":[{"zone":"b","conditions":{"ready":null}},{"zone":"a","conditions":{}},{"zone":"a",
      "conditions":{"ready":false}},{"addresses":["::1"]}],"addressType":"IPv6","metadata":{"name":"s","namespace":"n",
      "deletionTimestamp":"2026-01-01T00:00:00Z","resourceVersion":"8","labels":{"kubernetes.io/service-name":"x"}}}],
      "metadata":{"resourceVersion":"9","continue":"more"},"kind":"EndpointSliceList"}
      """
    let page = try Self.page(EndpointSliceObject.self, Array(body.utf8), .json, .endpointSlices)
    #expect(page.continueToken == "more")
    #expect(
      page.items == [
        EndpointSliceObject(
          key: ObjectKey(namespace: "n", name: "s"), resourceVersion: "8", service: "x", addressType: .ipv6,
          readyEndpoints: 3, totalEndpoints: 4,
          zones: [.init(zone: "a", ready: 1, total: 2), .init(zone: "b", ready: 1, total: 1)], isDeleting: true)
      ])
  }

  @Test(arguments: [
    #"{"kind":"ServiceList","metadata":{"resourceVersion":"1"}}"#, #"{"items":[],"metadata":{}}"#, #"{"items":[]}"#,
    #"{"items":[{"metadata":{"name":"a"}}],"metadata":{"resourceVersion":"1"}"#, "", "null", "<html>",
    #"{"items":[1],"metadata":{"resourceVersion":"1"}}"#, #"{"items":[],"metadata":{"resourceVersion":"1"}} x"#,
  ])
  func `anything but a whole list is incomplete`(body: String) {
    #expect {
      try Self.page(ServiceObject.self, Array(body.utf8), .json, .services)
    } throws: { error in
      (error as? KubernetesError)?.code == .incomplete
    }
  }

  @Test func `an empty list may be written as null`() throws {
    let body = #"{"metadata":{"resourceVersion":"1"},"items":null}"#
    #expect(try Self.page(ServiceObject.self, Array(body.utf8), .json, .services).items.isEmpty)
  }

  @Test func `text that could harm a terminal is cleaned`() throws {
    let body =
      #"{"metadata":{"resourceVersion":"1"},"items":[{"metadata":{"name":"a\u001b[31m","namespace":"n\n"},"#
      + #""status":{"loadBalancer":{"ingress":[{"hostname":"h\u0007"}]}}}]}"#
    let item = try #require(try Self.page(ServiceObject.self, Array(body.utf8), .json, .services).items.first)
    #expect(item.key == ObjectKey(namespace: "n\u{FFFD}", name: "a\u{FFFD}[31m"))
    #expect(item.ingress == [.hostname("h\u{FFFD}")])
  }

  @Test func `every cut of a protobuf list is incomplete, never shorter`() throws {
    let whole = Recorded.servicesProtobuf
    #expect(try Self.page(ServiceObject.self, whole, .protobuf, .services).items.count == 2)
    // The last four bytes are two empty fields after the list itself.
    for length in stride(from: 0, to: whole.count - 4, by: 3) {
      let page = try? Self.page(ServiceObject.self, Array(whole.prefix(length)), .protobuf, .services)
      #expect(page == nil)
    }
  }

  @Test func `no mutated body traps`() throws {
    var generator = SeededGenerator(seed: 11)
    let seeds: [([UInt8], BodyEncoding)] = [
      (Recorded.servicesJSON, .json), (Recorded.servicesProtobuf, .protobuf), (Recorded.nodesProtobuf, .protobuf),
      (Recorded.endpointslicesJSON, .json), (Recorded.endpointslicesProtobuf, .protobuf),
      (Recorded.endpointsProtobuf, .protobuf),
    ]
    var read = 0
    for round in 0..<Fuzz.rounds {
      let (seed, encoding) = seeds[round % seeds.count]
      let body = Fuzz.mutate(seed, using: &generator)
      let results = [
        (try? Self.page(ServiceObject.self, body, encoding, .services))?.items.count,
        (try? Self.page(NodeObject.self, body, encoding, .nodes))?.items.count,
        (try? Self.page(EndpointSliceObject.self, body, encoding, .endpointSlices))?.items.count,
        (try? Self.page(EndpointSliceObject.self, body, encoding, .endpoints))?.items.count,
      ]
      if results.contains(where: { $0 != nil }) { read += 1 }
    }
    #expect(read > 100)
  }
}

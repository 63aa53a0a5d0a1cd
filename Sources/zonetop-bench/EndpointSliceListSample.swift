/// A list of EndpointSlices as a busy cluster has it, in both encodings of the same objects.
struct EndpointSliceListSample {
  let json: [UInt8]
  let protobuf: [UInt8]
  let slices: Int
  let readyEndpoints: Int

  /// Makes a list of about `size` bytes of JSON: ten endpoints a slice, each with its pod, node and zone.
  init(size: Int) {
    var json = Array(
      #"{"kind":"EndpointSliceList","apiVersion":"discovery.k8s.io/v1","metadata":{"resourceVersion":"42"},"items":["#
        .utf8)
    var list = ProtobufSample()
    list.message(1) { $0.text(2, "42") }
    json.reserveCapacity(size + 16_384)
    var slices = 0
    var ready = 0
    while json.count < size {
      if slices > 0 { json.append(UInt8(ascii: ",")) }
      let slice = Slice(number: slices)
      json += slice.json.utf8
      list.message(2) { slice.write(to: &$0) }
      slices += 1
      ready += slice.endpoints.count { $0.isReady }
    }
    json += "]}".utf8
    var unknown = ProtobufSample()
    unknown.message(1) {
      $0.text(1, "discovery.k8s.io/v1")
      $0.text(2, "EndpointSliceList")
    }
    unknown.bytes(2, list.output)
    self.json = json
    protobuf = [0x6B, 0x38, 0x73, 0x00] + unknown.output
    self.slices = slices
    readyEndpoints = ready
  }
}

/// One EndpointSlice of the sample.
private struct Slice {
  struct Endpoint {
    var address: String
    var isReady: Bool
    var pod: String
    var uid: String
    var node: String
    var zone: String
  }

  let name: String
  let namespace: String
  let service: String
  let uid: String
  let endpoints: [Endpoint]

  init(number: Int) {
    namespace = "team-\(number / 40)-production"
    service = "checkout-service-\(number)"
    name = "\(service)-x7k2p"
    uid = Slice.uid(number)
    endpoints = (0..<10).map { index in
      Endpoint(
        address: "10.\(number / 250 % 250).\(number % 250).\(index + 1)", isReady: (number + index) % 17 != 0,
        pod: "checkout-service-\(number)-7d9c6b8f5d-\(index)abcd", uid: Slice.uid(number * 10 + index),
        node: "gke-production-pool-\((number + index) % 300)", zone: "us-central1-\(["a", "b", "c"][index % 3])")
    }
  }

  private static func uid(_ number: Int) -> String {
    let digits = String(number, radix: 16)
    return "1272226b-33eb-437e-be18-" + String(repeating: "0", count: 12 - digits.count) + digits
  }

  private static let managedFields =
    #"{"f:addressType":{},"f:endpoints":{},"f:metadata":{"f:annotations":{".":{},"f:endpoints.kubernetes.io/last-change-trigger-time":{}},"f:generateName":{},"f:labels":{".":{},"f:kubernetes.io/service-name":{}}},"f:ports":{}}"#

  var json: String {
    let items = endpoints.map {
      #"{"addresses":["\#($0.address)"],"conditions":{"ready":\#($0.isReady),"serving":\#($0.isReady),"terminating":false},"#
        + #""targetRef":{"kind":"Pod","namespace":"\#(namespace)","name":"\#($0.pod)","uid":"\#($0.uid)"},"#
        + #""nodeName":"\#($0.node)","zone":"\#($0.zone)"}"#
    }.joined(separator: ",")
    return
      #"{"metadata":{"name":"\#(name)","generateName":"\#(service)-","namespace":"\#(namespace)","uid":"\#(uid)","#
      + #""resourceVersion":"184467","generation":7,"creationTimestamp":"2026-01-01T00:00:00Z","#
      + #""labels":{"app":"checkout","endpointslice.kubernetes.io/managed-by":"endpointslice-controller.k8s.io","#
      + #""kubernetes.io/service-name":"\#(service)"},"#
      + #""annotations":{"endpoints.kubernetes.io/last-change-trigger-time":"2026-01-01T00:00:00Z"},"#
      + #""managedFields":[{"manager":"kube-controller-manager","operation":"Update","apiVersion":"discovery.k8s.io/v1","#
      + #""time":"2026-01-01T00:00:00Z","fieldsType":"FieldsV1","fieldsV1":\#(Slice.managedFields)}]},"#
      + #""addressType":"IPv4","endpoints":[\#(items)],"ports":[{"name":"http","protocol":"TCP","port":8080}]}"#
  }

  // Field numbers as in k8s.io/api/discovery/v1 and apimachinery's generated.proto.
  func write(to slice: inout ProtobufSample) {
    slice.message(1) { metadata in
      metadata.text(1, name)
      metadata.text(2, "\(service)-")
      metadata.text(3, namespace)
      metadata.text(5, uid)
      metadata.text(6, "184467")
      metadata.integer(7, 7)
      metadata.message(8) { $0.integer(1, 1_767_225_600) }
      metadata.entry(11, "app", "checkout")
      metadata.entry(11, "endpointslice.kubernetes.io/managed-by", "endpointslice-controller.k8s.io")
      metadata.entry(11, "kubernetes.io/service-name", service)
      metadata.entry(12, "endpoints.kubernetes.io/last-change-trigger-time", "2026-01-01T00:00:00Z")
      metadata.message(17) { field in
        field.text(1, "kube-controller-manager")
        field.text(2, "Update")
        field.text(3, "discovery.k8s.io/v1")
        field.message(4) { $0.integer(1, 1_767_225_600) }
        field.text(6, "FieldsV1")
        field.message(7) { $0.text(1, Slice.managedFields) }
      }
    }
    for endpoint in endpoints {
      slice.message(2) { message in
        message.text(1, endpoint.address)
        message.message(2) { conditions in
          conditions.integer(1, endpoint.isReady ? 1 : 0)
          conditions.integer(2, endpoint.isReady ? 1 : 0)
          conditions.integer(3, 0)
        }
        message.message(4) { reference in
          reference.text(1, "Pod")
          reference.text(2, namespace)
          reference.text(3, endpoint.pod)
          reference.text(4, endpoint.uid)
        }
        message.text(6, endpoint.node)
        message.text(7, endpoint.zone)
      }
    }
    slice.message(3) { port in
      port.text(1, "http")
      port.text(2, "TCP")
      port.integer(3, 8080)
    }
    slice.text(4, "IPv4")
  }
}

/// Writes protobuf, for the sample only: zonetop never sends any.
struct ProtobufSample {
  private(set) var output: [UInt8] = []

  mutating func integer(_ field: Int, _ value: UInt64) {
    varint(UInt64(field) << 3)
    varint(value)
  }

  mutating func text(_ field: Int, _ text: String) { bytes(field, Array(text.utf8)) }

  mutating func bytes(_ field: Int, _ bytes: [UInt8]) {
    varint(UInt64(field) << 3 | 2)
    varint(UInt64(bytes.count))
    output += bytes
  }

  mutating func message(_ field: Int, _ write: (inout ProtobufSample) -> Void) {
    var message = ProtobufSample()
    write(&message)
    bytes(field, message.output)
  }

  mutating func entry(_ field: Int, _ key: String, _ value: String) {
    message(field) {
      $0.text(1, key)
      $0.text(2, value)
    }
  }

  private mutating func varint(_ value: UInt64) {
    var value = value
    while value >= 0x80 {
      output.append(UInt8(truncatingIfNeeded: value) | 0x80)
      value >>= 7
    }
    output.append(UInt8(value))
  }
}

import Foundation
import Glibc
import HTTPTransport
import JSON
import Testing

@testable import Kubernetes

/// The client against a real kube-apiserver, started by `Tests/Beds/apiservers`.
@Suite(.enabled(if: APIServerBed.canStart, "no kube-apiserver here: see Tests/Beds/build-apiserver"))
struct APIServerTests {
  @Test(.timeLimit(.minutes(3)))
  func `a real server is listed, watched and written to, over protobuf where it has it`() async throws {
    let bed = try await APIServerBed.start()
    do {
      try await walk(bed)
    } catch {
      await bed.stop()
      throw error
    }
    await bed.stop()
  }

  private func walk(_ bed: APIServerBed) async throws {
    let config = try await Kubeconfig.load(explicit: bed.kubeconfig, environment: [:])
    let transport = try HTTPTransport()
    let client = KubernetesClient(access: try await config.access(context: "c1"), transport: transport)
    try await client.probe(timeout: .seconds(10))
    #expect(try await client.endpointResource() == .endpointSlicesBeta)

    var services = client.watch(ServiceObject.self).makeAsyncIterator()
    guard case .replaced(let first) = await services.next() else { return #expect(Bool(false), "no list") }
    #expect(first.map(\.key.description) == ["default/kubernetes"])

    _ = try await client.create(.namespaces, ["metadata": ["name": "team"]])
    let service: JSONValue = [
      "metadata": ["name": "web", "labels": ["app": "web"]], "spec": ["type": "LoadBalancer", "ports": [["port": 80]]],
    ]
    _ = try await client.create(.services, namespace: "team", service)
    guard case .applied(let created) = await services.next() else { return #expect(Bool(false), "no event") }
    #expect(created.key == ObjectKey(namespace: "team", name: "web"))
    #expect(created.externalAddresses == [])
    let again = await #expect(throws: KubernetesError.self) {
      try await client.create(.services, namespace: "team", service)
    }
    #expect(again?.code == .alreadyExists)

    _ = try await client.patch(
      .services, namespace: "team", name: "web", subresource: "status",
      ["status": ["loadBalancer": ["ingress": [["ip": "203.0.113.9"]]]]])
    guard case .applied(let patched) = await services.next() else { return #expect(Bool(false), "no event") }
    #expect(patched.externalAddresses == ["203.0.113.9"])
    #expect(patched.uid == created.uid)

    let slice: JSONValue = [
      "metadata": ["name": "web-1", "labels": ["kubernetes.io/service-name": "web"]], "addressType": "IPv4",
      "endpoints": [["addresses": ["10.0.0.1"]], ["addresses": ["10.0.0.2"], "conditions": ["ready": false]]],
    ]
    _ = try await client.create(.endpointSlicesBeta, namespace: "team", slice)
    let slices = try await client.list(EndpointSliceObject.self, namespace: "team")
    #expect(slices.map(\.service) == ["web"])
    #expect(slices.map(\.readyEndpoints) == [1])

    let stranger = await #expect(throws: KubernetesError.self) {
      try await client.delete(.services, namespace: "team", name: "web", uid: "another")
    }
    #expect(stranger?.code == .conflict)
    try await client.delete(.services, namespace: "team", name: "web", uid: created.uid)
    #expect(await services.next() == .removed(created.key))

    let watcher = KubernetesClient(access: try await config.access(context: "watcher-c1"), transport: transport)
    let refused = await #expect(throws: KubernetesError.self) { try await watcher.list(NodeObject.self) }
    #expect(refused?.code == .forbidden)
  }
}

/// One real API server with its etcd.
struct APIServerBed: Sendable {
  let folder: String

  var kubeconfig: String { "\(folder)/kubeconfig" }

  private static let script = #filePath.split(separator: "/").dropLast(2).map { "/\($0)" }.joined() + "/Beds/apiservers"

  static var canStart: Bool {
    let home = getenv("HOME").map { String(cString: $0) } ?? ""
    let assets = getenv("KUBEBUILDER_ASSETS").map { String(cString: $0) } ?? "\(home)/.cache/zonetop-beds/bin"
    return access("\(assets)/kube-apiserver", X_OK) == 0 && access(script, X_OK) == 0
  }

  struct Failure: Error {}

  static func start() async throws -> APIServerBed {
    var template = Array("/tmp/zonetop-kubernetes-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Failure() }
    let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let bed = APIServerBed(folder: folder)
    let started = await shell(
      "BED_SLICES=v1beta1 BED_OWNER=\(getpid()) \(script) start 1 \(folder) >\(folder)/out 2>&1")
    guard started == 0 else { throw Failure() }
    return bed
  }

  func stop() async {
    _ = await APIServerBed.shell("\(APIServerBed.script) stop \(folder) >/dev/null 2>&1; rm -rf \(folder)")
  }

  private static func shell(_ command: String) async -> Int32 {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread { @Sendable in continuation.resume(returning: system(command)) }
    }
  }
}

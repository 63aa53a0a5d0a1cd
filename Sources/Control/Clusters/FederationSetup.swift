package import JSON
package import Kubernetes

/// Teaches a real API server what a federation needs: a namespace, definitions, roles. Doing it again changes nothing.
///
/// Everything is applied (server-side apply, field manager `zonetop`), so that what others added to an object stays.
package struct FederationSetup: Sendable {
  package var federation: KubernetesClient
  /// CustomResourceDefinitions and objects of `rbac.authorization.k8s.io/v1`, in order.
  package var objects: [JSONValue]

  package init(federation: KubernetesClient, objects: [JSONValue]) {
    self.federation = federation
    self.objects = objects
  }

  /// The objects with the namespace before them, which the roles in it need.
  package static func all(_ objects: [JSONValue]) -> [JSONValue] {
    [["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": .string(FederationMarks.namespace)]]] + objects
  }

  /// Applies everything, then waits until the definitions are served.
  ///
  /// - Parameter say: is told one line an object, as `kubectl apply` words it.
  /// - Throws: one line that says what, why and what to do.
  package func run(
    within limit: Duration, clock: any Clock<Duration>, say: (String) -> Void
  ) async throws(JoinError) {
    do throws(KubernetesError) {
      let groups = try await federation.get("/apis")["groups"]?.array ?? []
      guard groups.contains(where: { $0["name"] == "apiextensions.k8s.io" }) else {
        throw KubernetesError(
          .configuration,
          "\(federation.access.server) takes no definitions: zonetop's own API has the kinds from the beginning, and "
            + "nothing is to be done there")
      }
      for object in Self.all(objects) { say(try await apply(object)) }
      let end = ContinuousClock.now + limit
      for object in objects where object["kind"] == "CustomResourceDefinition" {
        while !(try await isServed(object)) {
          guard ContinuousClock.now < end else {
            throw KubernetesError(
              .unavailable, "\(Self.name(object)) was taken, and is not served yet; look at its conditions")
          }
          try? await clock.sleep(for: .milliseconds(100))
        }
      }
      say("the federation's kinds are served; `zonetop clusters join CONTEXT` takes clusters in")
    } catch {
      let hint = error.code == .forbidden ? "; this is done once, by an administrator of that API server" : ""
      throw JoinError(error.code == .unreachable ? .unreachable : .failed, error.description + hint)
    }
  }

  private func apply(_ object: JSONValue) async throws(KubernetesError) -> String {
    let resource = Self.resource(object)
    let namespace = object["metadata"]?["namespace"]?.string
    let name = Self.name(object)
    var before: JSONValue?
    do { before = try await federation.get(resource, namespace: namespace, name: name) } catch {
      guard error.code == .notFound else { throw error }
    }
    let stored = try await federation.patch(
      resource, namespace: namespace, name: name, type: .apply,
      query: [("fieldManager", "zonetop"), ("force", "true")], object)
    let isSame = before?["metadata"]?["resourceVersion"] == stored["metadata"]?["resourceVersion"]
    let what =
      "\((object["kind"]?.string ?? "").lowercased())\(resource.group.isEmpty ? "" : ".\(resource.group)")/\(name)"
    return "\(what) \(before == nil ? "created" : isSame ? "unchanged" : "configured")"
  }

  private func isServed(_ definition: JSONValue) async throws(KubernetesError) -> Bool {
    let stored = try await federation.get(Self.resource(definition), name: Self.name(definition))
    let isEstablished = stored["status"]?["conditions"]?.array?.contains {
      $0["type"] == "Established" && $0["status"] == "True"
    }
    let spec = definition["spec"]
    guard isEstablished == true, let group = spec?["group"]?.string, let plural = spec?["names"]?["plural"]?.string,
      let version = spec?["versions"]?.array?.first?["name"]?.string
    else { return false }
    do {
      _ = try await federation.get(
        ResourceType(group: group, version: version, plural: plural).path(), query: [("limit", "1")])
      return true
    } catch {
      // Established a moment before it is served.
      guard error.code == .notFound || error.code == .unavailable else { throw error }
      return false
    }
  }

  private static func name(_ object: JSONValue) -> String { object["metadata"]?["name"]?.string ?? "" }

  private static func resource(_ object: JSONValue) -> ResourceType {
    let parts = (object["apiVersion"]?.string ?? "").split(separator: "/").map(String.init)
    let plural = "\((object["kind"]?.string ?? "").lowercased())s"
    return ResourceType(group: parts.count > 1 ? parts[0] : "", version: parts.last ?? "v1", plural: plural)
  }
}

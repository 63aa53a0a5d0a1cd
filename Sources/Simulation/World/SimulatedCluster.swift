import APIServer
import Federation
import JSON

/// A simulated member cluster: its endpoint, filled as the plan says, and its controllers.
struct SimulatedCluster: Sendable {
  let endpoint: APIEndpoint
  let controller: ClusterController
  /// The endpoint's revision when all was in place: from there the controllers go on.
  let revision: UInt64

  /// Makes the cluster with all its pods ready and its slices written.
  static func make(
    _ plan: WorldPlan.ClusterPlan, options: SimulationOptions, clock: any ServerClock
  ) async throws(APIError) -> SimulatedCluster {
    let endpoint = APIEndpoint(path: "/clusters/\(plan.name)", catalog: .memberCluster, clock: clock)
    let controller = ClusterController(
      endpoint: endpoint, zone: plan.name, pool: plan.pool, seed: options.seed, podStart: options.podStart)
    for name in Set(["default", "kube-system"] + plan.workloads.map(\.service.namespace)).sorted() {
      try await endpoint.create(.namespace, SimulatedObjects.namespace(name), by: .controller)
    }
    for index in 0..<2 {
      let node = SimulatedObjects.node(index, cluster: plan.name, region: plan.region)
      try await endpoint.create(.node, node, by: .controller)
    }
    for workload in plan.workloads {
      let key = workload.service
      let deployment = try await endpoint.create(
        .deployment, in: key.namespace, SimulatedObjects.deployment(key, replicas: workload.replicas), by: .controller)
      _ = await controller.settle(deployment, isReady: true)
      let service = try await endpoint.create(
        .service, in: key.namespace, SimulatedObjects.service(key, address: workload.address), by: .controller)
      await controller.serve(service)
    }
    return SimulatedCluster(endpoint: endpoint, controller: controller, revision: await endpoint.revision)
  }
}

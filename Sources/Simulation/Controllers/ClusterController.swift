import APIServer
import JSON

/// The controllers of one simulated cluster: Deployments have pods, Services have EndpointSlices and load balancers.
///
/// Driven by the endpoint's own events, it acts at once; only a new pod takes its time to become ready.
struct ClusterController: Sendable {
  let endpoint: APIEndpoint
  let zone: String
  let pool: AddressPool
  let seed: UInt64
  let podStart: Duration

  private static let kinds: Set<KindID> = [ResourceKind.deployment.id, ResourceKind.service.id, ResourceKind.pod.id]

  /// Works until the task is cancelled; a watch that was cut is begun again with everything.
  ///
  /// - Parameter revision: up to where everything is in order already.
  func run(from revision: UInt64) async {
    await withDiscardingTaskGroup { starts in
      var from = WatchStart.after(revision)
      while !Task.isCancelled {
        let watch = try? await endpoint.watch(WatchFilter(kinds: Self.kinds), from: from)
        from = .now(announcesEnd: false)
        guard let watch else { continue }
        for await message in watch.messages {
          for pod in await act(on: message) {
            starts.addTask { await start(pod) }
          }
        }
        await endpoint.forget(watch)
      }
      starts.cancelAll()
    }
  }

  /// Does what a change calls for and returns the pods that were made.
  private func act(on message: WatchMessage) async -> [ObjectName] {
    switch message {
    case .added(let kind, let object), .modified(let kind, let object):
      switch kind {
      case ResourceKind.deployment.id: return await settle(object, isReady: false)
      case ResourceKind.service.id: await serve(object)
      default: await follow(object)
      }
    case .deleted(let kind, let object):
      switch kind {
      case ResourceKind.deployment.id: await removePods(of: object)
      case ResourceKind.service.id: await removeSlices(of: object)
      default:
        await follow(object)
        if let owner = object.value.texts(at: ["metadata", "labels"])[PodRules.owner],
          let deployment = try? await endpoint.get(
            .deployment, ObjectName(namespace: object.namespace, name: owner))
        {
          return await settle(deployment, isReady: false)
        }
      }
    case .bookmark: break
    }
    return []
  }

  // MARK: Deployments and pods

  /// Makes and ends pods until there are as many as the Deployment wants, and returns the new ones.
  func settle(_ deployment: StoredObject, isReady: Bool) async -> [ObjectName] {
    let (missing, surplus) = PodRules.difference(deployment: deployment.value, pods: await pods(of: deployment))
    for name in surplus {
      _ = try? await endpoint.delete(.pod, ObjectName(namespace: deployment.namespace, name: name))
    }
    var made: [ObjectName] = []
    for _ in 0..<missing {
      let number = Int(await endpoint.revision % 1_000_000)
      let pod = PodRules.pod(of: deployment.value, number: number, cluster: zone, isReady: isReady)
      guard let stored = try? await endpoint.create(.pod, in: deployment.namespace, pod, by: .controller) else { break }
      made.append(ObjectName(namespace: stored.namespace, name: stored.name))
    }
    await report(deployment)
    let labels = deployment.value.texts(at: ["spec", "template", "metadata", "labels"])
    if missing > 0 || !surplus.isEmpty { await refreshSlices(in: deployment.namespace, selecting: labels) }
    return made
  }

  private func start(_ name: ObjectName) async {
    guard (try? await endpoint.clock.sleep(for: podStart)) != nil,
      let pod = try? await endpoint.get(.pod, name)
    else { return }
    _ = try? await endpoint.update(.pod, name, PodRules.withReadiness(pod.value, true), by: .controller)
  }

  /// Carries a pod's change to its Deployment's status and to the slices that show it.
  private func follow(_ pod: StoredObject) async {
    let labels = pod.value.texts(at: ["metadata", "labels"])
    if let owner = labels[PodRules.owner],
      let deployment = try? await endpoint.get(.deployment, ObjectName(namespace: pod.namespace, name: owner))
    {
      await report(deployment)
    }
    await refreshSlices(in: pod.namespace, selecting: labels)
  }

  private func report(_ deployment: StoredObject) async {
    let pods = await pods(of: deployment)
    let name = ObjectName(namespace: deployment.namespace, name: deployment.name)
    let status: JSONValue = ["status": PodRules.status(of: deployment.value, pods: pods)]
    _ = try? await endpoint.patch(.deployment, name, .merge(status), subresource: .status, by: .controller)
  }

  private func pods(of deployment: StoredObject) async -> [JSONValue] {
    await pods(in: deployment.namespace, matching: [PodRules.owner: deployment.name])
  }

  private func removePods(of deployment: StoredObject) async {
    for pod in await pods(of: deployment) {
      let name = pod[at: ["metadata", "name"]]?.string ?? ""
      _ = try? await endpoint.delete(.pod, ObjectName(namespace: deployment.namespace, name: name))
    }
  }

  private func pods(in namespace: String, matching labels: [String: String]) async -> [JSONValue] {
    let selection = Selection(namespace: namespace, labels: LabelSelector(matching: labels))
    return (try? await endpoint.list(.pod, selection).objects.map(\.value)) ?? []
  }

  // MARK: Services

  /// Gives a Service its load balancer's address and its slice.
  func serve(_ service: StoredObject) async {
    let ingress = service.value[at: ["status", "loadBalancer", "ingress"]]?.array ?? []
    if service.value[at: ["spec", "type"]] == "LoadBalancer", ingress.isEmpty { await allocate(service) }
    await refreshSlice(of: service)
  }

  private func allocate(_ service: StoredObject) async {
    guard let all = try? await endpoint.list(.service).objects else { return }
    let taken = all.flatMap { $0.value[at: ["status", "loadBalancer", "ingress"]]?.array ?? [] }
      .compactMap { $0["ip"]?.string }
    let key = "\(zone)/\(service.namespace)/\(service.name)"
    guard let address = pool.address(for: key, seed: seed, taken: Set(taken)) else { return }
    let status: JSONValue = ["status": ["loadBalancer": ["ingress": [["ip": .string(address), "ipMode": "VIP"]]]]]
    let name = ObjectName(namespace: service.namespace, name: service.name)
    _ = try? await endpoint.patch(.service, name, .merge(status), subresource: .status, by: .controller)
  }

  private func refreshSlices(in namespace: String, selecting labels: [String: String]) async {
    guard let services = try? await endpoint.list(.service, Selection(namespace: namespace)).objects else { return }
    for service in services {
      let selector = service.value.texts(at: ["spec", "selector"])
      if !selector.isEmpty, LabelSelector(matching: selector).matches(labels) { await refreshSlice(of: service) }
    }
  }

  private func refreshSlice(of service: StoredObject) async {
    let selector = service.value.texts(at: ["spec", "selector"])
    guard !selector.isEmpty else { return }
    let pods = await pods(in: service.namespace, matching: selector)
    let existing = await slices(of: service).first
    let slice = EndpointRules.slice(for: service.value, pods: pods, zone: zone, existing: existing?.value)
    if let existing {
      let name = ObjectName(namespace: existing.namespace, name: existing.name)
      _ = try? await endpoint.update(.endpointSlice, name, slice, by: .controller)
    } else {
      _ = try? await endpoint.create(.endpointSlice, in: service.namespace, slice, by: .controller)
    }
  }

  private func slices(of service: StoredObject) async -> [StoredObject] {
    let labels = LabelSelector(matching: [EndpointRules.serviceLabel: service.name])
    return (try? await endpoint.list(.endpointSlice, Selection(namespace: service.namespace, labels: labels)).objects)
      ?? []
  }

  private func removeSlices(of service: StoredObject) async {
    for slice in await slices(of: service) {
      _ = try? await endpoint.delete(.endpointSlice, ObjectName(namespace: slice.namespace, name: slice.name))
    }
  }
}

import JSON

/// How many endpoints of a service are ready, as one EndpointSlice (or, on old servers, its Endpoints) says.
///
/// Reads the forms `discovery.k8s.io/v1`, `v1beta1` (zones in `topology`) and core `v1` Endpoints, by the resource of
/// its ``DecodingContext``.
package struct EndpointSliceObject: WatchedObject {
  package var key: ObjectKey
  package var resourceVersion: String
  /// The Service it belongs to, in the same namespace; nil where the label `kubernetes.io/service-name` is missing.
  package var service: String?
  package var addressType: AddressType
  /// Endpoints that are ready; an unknown state counts as ready, as the API demands.
  package var readyEndpoints: Int
  package var totalEndpoints: Int
  /// The same counts for each zone that an endpoint names, sorted by zone.
  package var zones: [ZoneEndpoints]
  package var isDeleting: Bool

  package enum AddressType: Hashable, Sendable {
    case ipv4, ipv6, fqdn
    /// Not said, as in Endpoints, or not known here.
    case other
  }

  /// What one zone contributes.
  package struct ZoneEndpoints: Hashable, Sendable {
    package var zone: String
    package var ready: Int
    package var total: Int

    package init(zone: String, ready: Int, total: Int) {
      self.zone = zone
      self.ready = ready
      self.total = total
    }
  }

  package init(
    key: ObjectKey, resourceVersion: String = "", service: String?, addressType: AddressType = .ipv4,
    readyEndpoints: Int, totalEndpoints: Int, zones: [ZoneEndpoints] = [], isDeleting: Bool = false
  ) {
    self.key = key
    self.resourceVersion = resourceVersion
    self.service = service
    self.addressType = addressType
    self.readyEndpoints = readyEndpoints
    self.totalEndpoints = totalEndpoints
    self.zones = zones
    self.isDeleting = isDeleting
  }

  init() {
    self.init(key: ObjectKey(name: ""), service: nil, addressType: .other, readyEndpoints: 0, totalEndpoints: 0)
  }

  package static var defaultResource: ResourceType { .endpointSlices }
  package static var readsProtobuf: Bool { true }

  mutating func take(_ metadata: ObjectMetadata) {
    key = metadata.key
    resourceVersion = metadata.resourceVersion
    service = metadata.labels["kubernetes.io/service-name"]
    isDeleting = metadata.isDeleting
  }

  mutating func count(zone: String?, isReady: Bool) {
    totalEndpoints += 1
    if isReady { readyEndpoints += 1 }
    guard let zone, !zone.isEmpty else { return }
    let index = zones.firstIndex { $0.zone == zone } ?? zones.endIndex
    if index == zones.endIndex { zones.append(ZoneEndpoints(zone: zone, ready: 0, total: 0)) }
    zones[index].total += 1
    if isReady { zones[index].ready += 1 }
  }

  mutating func finish() {
    if zones.count > 1 { zones.sort { $0.zone < $1.zone } }
  }
}

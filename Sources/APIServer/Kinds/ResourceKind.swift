/// A kind of object that an endpoint serves: its names, its scope and its rules, all as one value.
///
/// A new kind is a new value in a ``KindCatalog``; nothing else in the server knows kinds by name.
package struct ResourceKind: Sendable {
  /// The API group; empty for the core group.
  package var group: String
  package var version: String
  /// The name of the kind, e.g. `EndpointSlice`.
  package var name: String
  /// The name in paths, e.g. `endpointslices`.
  package var plural: String
  package var singular: String
  package var shortNames: [String]
  package var scope: Scope
  package var subresources: Set<Subresource>
  /// True when `metadata.generation` counts the changes of `spec`.
  package var tracksGeneration: Bool
  /// True for kinds that a real server would know by a CustomResourceDefinition: no strategic merge patch, and an
  /// update must name the version that it replaces.
  package var isCustom: Bool
  /// Fields beside `metadata.name` and `metadata.namespace` that field selectors may name.
  package var selectableFields: [String]
  /// How strategic merge patches merge lists, by the path of the list.
  package var listStrategies: [String: ListStrategy]
  /// Columns of `kubectl get` after the name.
  package var columns: [TableColumn]
  package var rules: KindRules

  package enum Scope: Sendable { case cluster, namespaced }
  package enum Subresource: String, Sendable, CaseIterable { case status, scale }

  package init(
    group: String, version: String, name: String, plural: String, shortNames: [String] = [], scope: Scope,
    subresources: Set<Subresource> = [], tracksGeneration: Bool = false, isCustom: Bool = false,
    selectableFields: [String] = [], listStrategies: [String: ListStrategy] = [:], columns: [TableColumn] = [],
    rules: KindRules = KindRules()
  ) {
    self.group = group
    self.version = version
    self.name = name
    self.plural = plural
    self.singular = name.lowercased()
    self.shortNames = shortNames
    self.scope = scope
    self.subresources = subresources
    self.tracksGeneration = tracksGeneration
    self.isCustom = isCustom
    self.selectableFields = selectableFields
    self.listStrategies = listStrategies
    self.columns = columns
    self.rules = rules
  }
}

extension ResourceKind: Identifiable {
  package var id: KindID { KindID(group: group, plural: plural) }

  /// `apiVersion` of the kind's objects.
  package var apiVersion: String { group.isEmpty ? version : "\(group)/\(version)" }

  /// `services`, `deployments.apps`: how messages name the resource.
  package var qualifiedPlural: String { group.isEmpty ? plural : "\(plural).\(group)" }
}

/// What a store files a kind's objects under.
package struct KindID: Hashable, Sendable {
  package var group: String
  package var plural: String

  package init(group: String, plural: String) {
    self.group = group
    self.plural = plural
  }
}

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
  /// The groups of resources that the kind is listed with, such as `all`.
  package var categories: [String]
  /// What can be done with objects of the kind. One that can only be created is an answered question, such as a review,
  /// and is never kept.
  package var verbs: [String]
  /// What objects of the kind look like; nil when nothing is known of their fields.
  package var schema: Schema?
  /// The form that names of the kind's objects must have.
  var nameRule = NameRule.subdomain
  /// Columns of `kubectl get` after the name.
  package var columns: [TableColumn]
  package var rules: KindRules

  package enum Scope: Sendable { case cluster, namespaced }
  package enum Subresource: String, Sendable, CaseIterable { case status, scale, finalize }

  package init(
    group: String, version: String, name: String, plural: String, shortNames: [String] = [], scope: Scope,
    subresources: Set<Subresource> = [], tracksGeneration: Bool = false, isCustom: Bool = false,
    categories: [String] = [], verbs: [String] = ResourceKind.allVerbs, selectableFields: [String] = [],
    schema: Schema? = nil, columns: [TableColumn] = [], rules: KindRules = KindRules()
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
    self.categories = categories
    self.verbs = verbs
    self.schema = schema
    self.columns = columns
    self.rules = rules
  }
}

extension ResourceKind {
  /// The kind with another form of names.
  func named(by rule: NameRule) -> ResourceKind {
    var kind = self
    kind.nameRule = rule
    return kind
  }

  package static let allVerbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"]

  /// The verbs of kinds whose objects are deleted one by one.
  package static let singleVerbs = allVerbs.filter { $0 != "deletecollection" }

  /// The verbs in the order in which a real server lists them for a CustomResourceDefinition.
  package static let customVerbs = ["delete", "deletecollection", "get", "list", "patch", "create", "update", "watch"]

  /// False for questions, such as reviews, which are answered and not kept.
  package var isStored: Bool { verbs.contains("get") }
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

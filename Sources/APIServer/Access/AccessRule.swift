/// One permission: verbs on resources, or on paths that are no resources, in the manner of Kubernetes RBAC.
package struct AccessRule: Hashable, Sendable {
  package var verbs: [String]
  /// `*` for all; the core group is empty.
  package var groups: [String] = []
  /// `services`, `services/status`; `*` for all with all their subresources.
  package var resources: [String] = []
  package var names: Names = .any
  /// The one namespace in which the rule holds; nil for all of them and for kinds without one.
  package var namespace: String?
  /// Paths that are no resources; a `*` at the end stands for the rest.
  package var paths: [String] = []

  /// Which objects a rule is about.
  package enum Names: Hashable, Sendable {
    case any
    /// Those called as the caller: the last part of the user's name after `:`.
    case own
  }

  package init(
    _ verbs: [String], groups: [String], resources: [String], names: Names = .any, namespace: String? = nil
  ) {
    self.verbs = verbs
    self.groups = groups
    self.resources = resources
    self.names = names
    self.namespace = namespace
  }

  package init(_ verbs: [String], paths: [String]) {
    self.verbs = verbs
    self.paths = paths
  }

  func allows(_ request: AccessRequest, to caller: Caller) -> Bool {
    guard verbs.contains("*") || verbs.contains(request.verb) else { return false }
    switch request.subject {
    case .path(let path):
      return paths.contains { $0.hasSuffix("*") ? path.hasPrefix($0.dropLast()) : path == $0 }
    case .resource(let resource):
      return (groups.contains("*") || groups.contains(resource.group))
        && (resources.contains("*") || resources.contains(resource.path))
        && (names == .any || resource.name == Self.ownName(caller))
        && (namespace == nil || namespace == resource.namespace)
    }
  }

  /// `rack1` for the user `zonetop:probe:rack1`.
  static func ownName(_ caller: Caller) -> String {
    caller.user.split(separator: ":", omittingEmptySubsequences: false).last.map(String.init) ?? caller.user
  }
}

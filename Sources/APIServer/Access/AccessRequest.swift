/// What a caller asks to be allowed: a verb on a resource, or on a path that is no resource.
package struct AccessRequest: Hashable, Sendable {
  /// `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`; for paths the method in lower case.
  package var verb: String
  package var subject: Subject

  package enum Subject: Hashable, Sendable {
    case resource(Resource)
    case path(String)
  }

  package struct Resource: Hashable, Sendable {
    /// The API group; empty for the core group.
    package var group: String
    /// The resource as paths name it, e.g. `services`.
    package var plural: String
    /// Empty for the object itself.
    package var subresource: String
    /// Empty for all namespaces and for kinds without one.
    package var namespace: String
    /// Empty where the request names no object.
    package var name: String

    package init(group: String, plural: String, subresource: String = "", namespace: String = "", name: String = "") {
      self.group = group
      self.plural = plural
      self.subresource = subresource
      self.namespace = namespace
      self.name = name
    }

    /// `services`, `services/status`: as rules and messages name it.
    var path: String { subresource.isEmpty ? plural : "\(plural)/\(subresource)" }
  }

  package init(verb: String, _ subject: Subject) {
    self.verb = verb
    self.subject = subject
  }

  /// What carrying out a method at a target needs: the same target that is then carried out, so that no spelling of a
  /// path can be understood in two ways.
  init(method: String, target: APITarget, path: Substring, isWatch: Bool) {
    switch target {
    case .collection(let kind, let namespace):
      let verb =
        switch method {
        case "GET", "HEAD": isWatch ? "watch" : "list"
        case "POST": "create"
        case "DELETE": "deletecollection"
        default: method.lowercased()
        }
      self.init(
        verb: verb, .resource(Resource(group: kind.group, plural: kind.plural, namespace: namespace ?? "")))
    case .object(let kind, let name, let subresource):
      let verb =
        switch method {
        case "GET", "HEAD": "get"
        case "PUT": "update"
        case "POST": "create"
        default: method.lowercased()
        }
      // As in Kubernetes, a namespace lies in itself.
      let isNamespace = kind.group.isEmpty && kind.plural == "namespaces"
      self.init(
        verb: verb,
        .resource(
          Resource(
            group: kind.group, plural: kind.plural, subresource: subresource?.rawValue ?? "",
            namespace: isNamespace ? name.name : name.namespace, name: name.name)))
    default: self.init(method: method, path: path)
    }
  }

  /// What a method on a path needs that is no resource.
  init(method: String, path: Substring) {
    self.init(verb: method == "HEAD" ? "get" : method.lowercased(), .path(String(path)))
  }
}

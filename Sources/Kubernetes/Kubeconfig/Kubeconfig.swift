import Documents

/// One or several kubeconfig files, merged as kubectl does it: for every name the first file that has it wins.
///
/// Clusters, users and contexts are looked into only when they are asked for, so that one broken entry stops nobody
/// else. <https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/>
package struct Kubeconfig: Sendable {
  private var clusters: [String: Entry] = [:]
  private var users: [String: Entry] = [:]
  private var contexts: [String: Entry] = [:]
  /// The names of the contexts in the order in which the files give them.
  package private(set) var contextNames: [String] = []
  /// `current-context` of the first file that sets it.
  package private(set) var currentContext: String?
  /// The files that were read, for messages.
  private var names: [String] = []

  /// The value of one named entry, and the folder that its relative paths start from.
  struct Entry: Sendable {
    var node: DocumentNode
    var folder: String
  }

  package init() {}

  /// Adds a file after those already there.
  ///
  /// - Parameters:
  ///   - text: What the file holds.
  ///   - path: Where it lies: relative paths in it start from its folder, and errors name it.
  package mutating func add(_ text: String, path: String) throws(KubernetesError) {
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    names.append(path)
    do throws(DocumentError) {
      let document = try DocumentNode.parse(text, name: path)
      if document.isNull { return }
      var fields = try document.mapping()
      if let kind = fields.optional("kind"), try kind.string() != "Config" {
        throw kind.error("a kubeconfig (kind: Config) is expected here")
      }
      if currentContext == nil, let current = try fields.optional("current-context")?.string(), !current.isEmpty {
        currentContext = current
      }
      for (name, node) in try Kubeconfig.named(fields.optional("clusters"), "cluster") where clusters[name] == nil {
        clusters[name] = Entry(node: node, folder: folder)
      }
      for (name, node) in try Kubeconfig.named(fields.optional("users"), "user") where users[name] == nil {
        users[name] = Entry(node: node, folder: folder)
      }
      for (name, node) in try Kubeconfig.named(fields.optional("contexts"), "context") where contexts[name] == nil {
        contexts[name] = Entry(node: node, folder: folder)
        contextNames.append(name)
      }
    } catch {
      throw KubernetesError(.configuration, error.description)
    }
  }

  /// The entries of a list of `{name, KIND}`.
  private static func named(
    _ list: DocumentNode?, _ kind: String
  ) throws(DocumentError) -> [(String, DocumentNode)] {
    var entries: [(String, DocumentNode)] = []
    for element in try list?.sequence() ?? [] {
      var fields = try element.mapping()
      let name = try fields.required("name").nonemptyString()
      // A user without anything is written as null or left out by some tools.
      if let value = fields.optional(kind) {
        entries.append((name, value))
      } else if kind == "user" {
        entries.append((name, element))
      }
    }
    return entries
  }

  /// How the cluster of a context is reached; files that it names are read now.
  ///
  /// - Parameter context: nil takes ``currentContext``.
  package func access(context name: String?) async throws(KubernetesError) -> ClusterAccess {
    let files = names.isEmpty ? "no kubeconfig was found" : names.joined(separator: ", ")
    guard let name = name ?? currentContext else {
      throw KubernetesError(.configuration, "\(files): no current-context is set: name one with --context")
    }
    guard let context = contexts[name] else {
      let known = contextNames.isEmpty ? "there are none" : "there are \(contextNames.joined(separator: ", "))"
      throw KubernetesError(.configuration, "\(files): there is no context \(name): \(known)")
    }
    do {
      var fields = try context.node.mapping()
      let clusterNode = try fields.required("cluster")
      guard let cluster = clusters[try clusterNode.nonemptyString()] else {
        throw clusterNode.error("this cluster is not defined in \(files)")
      }
      var access = try await clusterAccess(cluster)
      if let namespace = try fields.optional("namespace")?.string(), !namespace.isEmpty { access.namespace = namespace }
      if let userNode = fields.optional("user"), try !userNode.string().isEmpty {
        guard let user = users[try userNode.string()] else {
          throw userNode.error("this user is not defined in \(files)")
        }
        try await addUser(user, cluster: cluster, to: &access)
      }
      return access
    } catch let error as KubernetesError {
      throw error
    } catch {
      throw KubernetesError(.configuration, "\(error)")
    }
  }
}

/// Who sent a request: a user and the groups that the user belongs to, as Kubernetes names them.
package struct Caller: Hashable, Sendable {
  package var user: String
  /// Sorted and without repetition.
  package var groups: [String]
  /// Distinguishes users of one name in time; empty where nothing says it.
  package var uid: String

  /// - Parameter groups: `system:authenticated` is added.
  package init(user: String, groups: [String], uid: String = "") {
    self.user = user
    self.groups = Set(groups + [Self.authenticatedGroup]).sorted()
    self.uid = uid
  }

  private init(anonymous user: String, group: String) {
    self.user = user
    self.groups = [group]
    self.uid = ""
  }

  /// Who showed nothing.
  package static let anonymous = Caller(anonymous: "system:anonymous", group: "system:unauthenticated")

  package static let authenticatedGroup = "system:authenticated"
}

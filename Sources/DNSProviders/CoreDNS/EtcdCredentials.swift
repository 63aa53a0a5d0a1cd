/// A user of etcd with its password, which no description and no mirror shows.
package struct EtcdCredentials: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  package let user: String
  let password: String

  package init(user: String, password: String) {
    self.user = user
    self.password = password
  }

  package var description: String { "the user \(user)" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: ["user": user]) }
}

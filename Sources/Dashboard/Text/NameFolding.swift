import Federation

/// Names of one service written short: what they share is left out where it repeats.
struct NameFolding {
  private let prefix: String

  init(service: ServiceKey, federation: String) {
    prefix = "\(service.name).\(service.namespace).\(federation).svc"
  }

  /// The part all names of the service begin with.
  var common: String { prefix }

  /// What follows the common part, with its dot; nil when the name is not one of the service's.
  func rest(of name: DomainName) -> String? {
    name.text.hasPrefix(prefix + ".") ? String(name.text.dropFirst(prefix.utf8.count)) : nil
  }

  /// `….svc.us-central1.example.com`
  func short(_ name: DomainName, ellipsis: String) -> String {
    rest(of: name).map { ellipsis + ".svc" + $0 } ?? name.text
  }
}

import Federation
import Terminal

/// Names of one service written short: what they share is left out where it repeats.
struct NameFolding {
  /// The part all names of the service begin with.
  let common: String
  private let domain: String

  init(service: ServiceKey, federation: Federation?) {
    common = "\(service.name).\(service.namespace).\(federation?.name ?? "").svc"
    domain = "." + (federation?.domain.text ?? "")
  }

  /// What follows the common part, with its dot; nil when the name is not one of the service's.
  func rest(of name: DomainName) -> String? {
    name.text.hasPrefix(common + ".") ? String(name.text.dropFirst(common.utf8.count)) : nil
  }

  /// `us-central1`, or `global` for the global name: what tells a name apart from the service's others.
  func label(of name: DomainName) -> String {
    guard let rest = rest(of: name), rest.hasSuffix(domain) else { return name.text }
    let label = rest.dropFirst().dropLast(min(rest.count - 1, domain.count))
    return rest == domain ? "global" : String(label)
  }

  /// `….svc.us-central1.example.com`, or without its domain where that does not fit.
  func short(_ name: DomainName, ellipsis: String, width: Int) -> String {
    guard let rest = rest(of: name) else { return name.text }
    let whole = ellipsis + ".svc" + rest
    if columns(of: whole) <= width || rest == domain || !rest.hasSuffix(domain) { return whole }
    return ellipsis + ".svc" + rest.dropLast(domain.count)
  }
}

extension Federation {
  /// What an event is about, short: a name of the federation without what all of them share,
  /// `nginx.mynamespace…us-central1-f`. Everything else as it is.
  func short(_ subject: String, ellipsis: String) -> String {
    let (middle, end) = (".\(name).svc", ".\(domain.text)")
    guard subject.hasSuffix(end), let start = subject.firstRange(of: middle) else { return subject }
    let label = subject[start.upperBound...].dropLast(end.count)
    guard label.isEmpty || label.first == "." else { return subject }
    return subject[..<start.lowerBound] + ellipsis + label.dropFirst()
  }
}

import Federation

/// Where names stand among etcd's keys, as CoreDNS's `etcd` plugin looks for them.
///
/// `nginx.example.com` is the path `/skydns/com/example/nginx`. A question for the name is answered with what is below
/// the path, whatever the rest of a key is, and only when nothing is there, with the key that is the path itself.
struct SkyDNSTree: Hashable, Sendable {
  /// The path of the root, without a slash at its end: `/skydns`.
  let root: String

  /// - Parameter prefix: `path` in CoreDNS's configuration, with or without slashes around it.
  init(prefix: String) {
    root = prefix.split(separator: "/").map { "/\($0)" }.joined()
  }

  /// The path of a name; nil for one that CoreDNS would not find.
  ///
  /// A slash in a label would make two of it, and CoreDNS takes the labels `any` and `*` for wildcards.
  func path(of name: DomainName) -> String? {
    var path = root
    for label in name.labels.reversed() {
      guard label != "any", label != "*", !label.utf8.contains(UInt8(ascii: "/")) else { return nil }
      path += "/\(label)"
    }
    return path
  }

  /// The name at a path; nil when it is none, or not as CoreDNS looks for it: in lower case.
  func name(at path: some StringProtocol) -> DomainName? {
    guard path.hasPrefix(root + "/") else { return path == root ? .root : nil }
    let labels = path.dropFirst(root.count + 1).split(separator: "/", omittingEmptySubsequences: false)
    guard let name = try? DomainName(labels.reversed().joined(separator: ".")), self.path(of: name) == String(path)
    else { return nil }
    return name
  }
}

extension SkyDNSTree {
  /// Splits a key into the path before its last slash and the identifier after it; nil when it is no text.
  static func split(_ key: [UInt8]) -> (path: Substring, identifier: Substring)? {
    guard let text = String(validating: key, as: UTF8.self), let slash = text.utf8.lastIndex(of: UInt8(ascii: "/"))
    else { return nil }
    return (text[..<slash], text[text.utf8.index(after: slash)...])
  }
}

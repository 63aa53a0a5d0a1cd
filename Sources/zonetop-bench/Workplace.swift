import Glibc

/// A folder with what the program under measurement reads, and how it is started there.
struct Workplace {
  let path: String
  /// The program beside this one.
  let zonetop: String

  init?() {
    var template = Array("/tmp/zonetop-bench-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil, let own = realpath("/proc/self/exe", nil) else { return nil }
    defer { free(own) }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    zonetop = String(cString: own).split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" } + "/zonetop"
  }

  func remove() {
    if let pid = Child.spawn(["/bin/rm", "-rf", path], [:], output: "/dev/null") {
      var status: Int32 = 0
      waitpid(pid, &status, 0)
    }
  }

  var dashboard: [String] {
    [zonetop, "top", "--config", path + "/config.yaml", "--kubeconfig", path + "/kubeconfig"]
  }

  var environment: [String: String] {
    [
      "HOME": path, "XDG_STATE_HOME": path, "XDG_CONFIG_HOME": path, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8",
      "PATH": "/usr/bin:/bin",
    ]
  }

  /// A configuration and a kubeconfig whose every address is a closed port of this machine.
  func writeUnreachable(clusters: Int) {
    let names = (0..<clusters).map { "region-\($0 / 3)-\($0 % 3)" }
    write(
      """
      federation: { name: fed, domain: example.com }
      api: { context: federation-cluster }
      clusters:
      \(names.map { "  - { context: \($0) }" }.joined(separator: "\n"))
      dns:
        provider: rfc2136
        rfc2136: { servers: ["127.0.0.1:1"], zone: example.com }

      """, to: "config.yaml")
    let all = ["federation-cluster"] + names
    write(
      """
      apiVersion: v1
      kind: Config
      clusters:
      \(all.map { "- { name: \($0), cluster: { server: \"http://127.0.0.1:1/\($0)\" } }" }.joined(separator: "\n"))
      contexts:
      \(all.map { "- { name: \($0), context: { cluster: \($0), user: none } }" }.joined(separator: "\n"))
      users:
      - { name: none, user: {} }

      """, to: "kubeconfig")
  }

  private func write(_ text: String, to name: String) {
    guard let file = fopen("\(path)/\(name)", "w") else { return }
    fputs(text, file)
    fclose(file)
  }
}

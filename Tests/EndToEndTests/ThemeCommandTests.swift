import Testing

@Suite("Themes at the command line")
struct ThemeCommandTests {
  private static let scheme =
    "scheme: \"Deep Sea\"\n"
    + "2e3440 3b4252 434c5e 4c566a d8dee9 e5e9f0 eceff4 8fbcbb bf616a d08770 ebcb8b a3be8c 88c0d0 81a1c1 b48ead 5e81ac"
    .split(separator: " ").enumerated().map { place, value in
      "base0\(String(place, radix: 16, uppercase: true)): \"\(value)\"\n"
    }.joined()

  @Test("An imported theme is found by its name, listed with its file, and passes the check")
  func imported() async throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try Self.scheme.write(toFileAt: folder.path + "/s.yaml")
    let saved = try await run(["import", folder.path + "/s.yaml", "--save"], folder)
    #expect(saved.code == 0)
    #expect(
      saved.output.contains("/zonetop/themes/deep-sea.yaml") && saved.output.contains("deep-sea: down: its text #"))
    let listed = try await run(["list"], folder)
    #expect(listed.output.contains("deep-sea") && listed.output.contains("built in"))
    let json = try await run(["list", "-o", "json"], folder)
    #expect(json.output.contains("\"claims\"") && json.output.contains("deep-sea.yaml"))
    let checked = try await run(["check", "deep-sea"], folder)
    #expect(checked.code == 0 && checked.output.contains("nothing to object"), "\(checked.output)")
    let printed = try await run(["import", folder.path + "/s.yaml", "--name", "sea"], folder)
    #expect(printed.output.contains("name: \"sea\"\n"))
  }

  @Test("What is wrong with a theme is exit code 3 and one line each")
  func objections() async throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try "name: x\ninherits: dark\npalette: { graph: \"#202020\" }\n".write(toFileAt: folder.path + "/x.yaml")
    let result = try await run(["check", folder.path + "/x.yaml"], folder)
    #expect(result.code == 3)
    let lines = result.output.split(separator: "\n")
    #expect(lines.count == 4 && lines.allSatisfy { $0.hasPrefix("x: graph on ") }, "\(result.output)")
    try "name: y\ninherits: nowhere\n".write(toFileAt: folder.path + "/y.yaml")
    let broken = try await run(["check", folder.path + "/y.yaml"], folder)
    #expect(broken.code == 3 && broken.output.contains("y.yaml:2:11: there is no theme"), "\(broken.output)")
  }

  @Test(
    "What cannot be done is one line",
    arguments: [
      (["import", "/nonexistent.yaml"], 1, "cannot read"),
      (["import", "FILE", "--name", "../x", "--save"], 2, "hyphens"),
      (["import", "BAD"], 1, "bad.yaml:1:1: \"scheme\" is missing"),
      (["check", "/nonexistent.yaml"], 1, "cannot read"),
      (["import", "FILE", "-o", "/nonexistent/x.yaml"], 1, "cannot write"),
    ] as [([String], Int32, String)])
  func refused(arguments: [String], code: Int32, words: String) async throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try Self.scheme.write(toFileAt: folder.path + "/s.yaml")
    try "a: 1\n".write(toFileAt: folder.path + "/bad.yaml")
    let files = ["FILE": folder.path + "/s.yaml", "BAD": folder.path + "/bad.yaml"]
    let result = try await run(arguments.map { files[$0] ?? $0 }, folder)
    #expect(result.code == code && result.output.contains(words), "\(result.output)")
    #expect(result.output.split(separator: "\n").count == 1, "\(result.output)")
  }

  private func run(_ arguments: [String], _ folder: TemporaryFolder) async throws -> Finished {
    try await Tools.run(
      [Tools.zonetop, "theme"] + arguments, environment: ["XDG_CONFIG_HOME": folder.path])
  }
}

import Testing

/// The pictures that are kept are what the program draws.
@Suite("Screenshots")
struct ScreenshotTests {
  @Test("Drawn again, every picture and the index have the same bytes")
  func again() async throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let drawn = try await Tools.run(
      ["Scripts/screenshots", folder.path + "/again"],
      environment: ["ZONETOP_BINARY": Tools.zonetop, "TZ": "Asia/Tokyo", "LC_ALL": "C", "TERM": "dumb"])
    #expect(drawn.code == 0, "\(drawn.output)")
    #expect(drawn.output.isEmpty, "\(drawn.output)")
    // What is not drawn lies there too: the incident, the list of scenes, the picture of a real terminal.
    let differences = try await Tools.run([
      "diff", "-rq", "-x", "incident.jsonl", "-x", "scenes.list", "-x", "terminal.png", "Screenshots",
      folder.path + "/again",
    ])
    #expect(differences.code == 0, "not what `make screenshots` draws:\n\(differences.output)")
    let scenes = try String(contentsOfFileAt: "Screenshots/scenes.list").split(separator: "\n")
      .filter { !$0.hasPrefix("#") }.compactMap { $0.split(separator: " ").first }
    #expect(scenes.count >= 12)
    for scene in scenes {
      let picture = try String(contentsOfFileAt: "\(folder.path)/again/\(scene).svg")
      #expect(picture.hasPrefix("<svg ") && picture.hasSuffix("</svg>\n"), "\(scene)")
    }
  }
}

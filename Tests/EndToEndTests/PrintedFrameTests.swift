import Testing

/// Frames printed without a terminal.
@Suite("Printed frames", .serialized)
struct PrintedFrameTests {
  @Test(
    "A printed frame holds every zone, the letters of its state and the trace",
    arguments: [(80, 24), (120, 36), (160, 50)])
  func printed(columns: Int, rows: Int) async throws {
    let demo = try await DemoProcess.start()
    let frame = try await Tools.run(
      [
        Tools.zonetop, "top", "--config", demo.config, "--kubeconfig", demo.kubeconfig, "--once", "--size",
        "\(columns)x\(rows)",
      ], environment: ["LC_ALL": "C.UTF-8"])
    #expect(frame.code == 0)
    let lines = frame.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count <= rows + 1 && lines.allSatisfy { $0.count <= columns }, "\(frame.output)")
    #expect(TerminalTests.zonesShown(in: frame.output) == TerminalTests.zones, "\(frame.output)")
    // The chain of the selected name to its end.
    for hop in [
      ".europe-west1-b.example.com", "↓ .europe-west1.example.com", "↓ .example.com", "■ 5 addresses, 2 hops",
    ] {
      #expect(frame.output.contains(hop), "\(hop)\n\(frame.output)")
    }
    #expect(frame.output.contains("no endpoints"))
    await demo.stop()
  }

  @Test("Without a terminal the dashboard says what to call instead")
  func noTerminal() async throws {
    let result = try await Tools.run([Tools.zonetop])
    #expect(result.code == 2)
    #expect(result.output.contains("zonetop status") && result.output.split(separator: "\n").count == 1)
  }
}

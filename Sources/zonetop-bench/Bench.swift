/// `zonetop-bench [decode|events|frame|plan|process|providers]…`: the named measurements, or all.
@main struct Bench {
  private static let all: [(name: String, run: @Sendable () async -> Void)] = [
    ("decode", { benchDecode() }), ("events", { await benchEvents() }), ("frame", { benchFrame() }),
    ("plan", { benchPlan() }),
    ("process", { benchProcess() }), ("providers", { await benchProviders() }),
  ]

  static func main() async {
    let wanted = CommandLine.arguments.dropFirst()
    let names = all.map(\.name)
    if let unknown = wanted.first(where: { !names.contains($0) }) {
      return print("there is no measurement \(unknown); there are \(names.joined(separator: ", "))")
    }
    print("machine: \(Machine.line)")
    for bench in all where wanted.isEmpty || wanted.contains(bench.name) { await bench.run() }
  }
}

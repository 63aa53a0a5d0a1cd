@main struct Bench {
  static func main() {
    print("machine: \(Machine.line)")
    benchDecode()
    benchFrame()
    benchPlan()
    benchProcess()
  }
}

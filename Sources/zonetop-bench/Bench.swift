@main struct Bench {
  static func main() {
    benchDecode()
    benchFrame()
    benchPlan()
  }
}

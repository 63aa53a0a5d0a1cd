import Glibc

/// Where the figures come from.
enum Machine {
  /// `name, CPU model × processors, system`.
  static var line: String {
    var host = [CChar](repeating: 0, count: 256)
    gethostname(&host, host.count - 1)
    let name = String(decoding: host.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let processor = Child.text("/proc/cpuinfo").split(separator: "\n").first { $0.hasPrefix("model name") }
    let model = processor?.split(separator: ":").last.map { String($0.drop { $0 == " " }) } ?? "unknown processor"
    let release = Child.text("/proc/sys/kernel/osrelease").split(separator: "\n").first.map(String.init) ?? ""
    return "\(name), \(model) × \(sysconf(Int32(_SC_NPROCESSORS_ONLN))), Linux \(release)"
  }
}

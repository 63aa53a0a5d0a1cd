internal import Glibc

/// Reads what the process itself uses, from `/proc/self`, which the kernel answers from memory.
enum ProcessReadings {
  static var readings: [MetricReading] {
    [
      MetricReading(.residentMemory, residentBytes), MetricReading(.cpuSeconds, cpuSeconds),
      MetricReading(.openFiles, openFiles), MetricReading(.startTime, startTime),
    ]
  }

  private static var residentBytes: Double? {
    text("/proc/self/statm").split(separator: " ").dropFirst().first.flatMap { Double($0) }.map {
      $0 * Double(sysconf(Int32(_SC_PAGESIZE)))
    }
  }

  private static var cpuSeconds: Double? {
    var usage = rusage()
    guard getrusage(Int32(RUSAGE_SELF.rawValue), &usage) == 0 else { return nil }
    return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
      + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
  }

  private static var openFiles: Double? {
    guard let directory = opendir("/proc/self/fd") else { return nil }
    defer { closedir(directory) }
    var count = 0
    while readdir(directory) != nil { count += 1 }
    // Without the two that every folder has, and the one that reading it takes.
    return Double(max(0, count - 3))
  }

  /// The boot time and the process's age since then (proc(5), stat, field 22).
  private static var startTime: Double? {
    let boot = text("/proc/stat").split(separator: "\n").first { $0.hasPrefix("btime ") }
      .flatMap { Double($0.dropFirst("btime ".count)) }
    // The second field is the program's name in parentheses, which may hold anything.
    let stat = text("/proc/self/stat")
    let fields = stat.lastIndex(of: ")").map { stat[$0...].split(separator: " ") } ?? []
    guard let boot, fields.count > 20, let ticks = Double(fields[20]) else { return nil }
    return boot + ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
  }

  private static func text(_ path: String) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return "" }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 8_192)
    while bytes.count < 1 << 20 {
      let count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { break }
      bytes += chunk[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

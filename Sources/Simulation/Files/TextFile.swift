import NIOPosix

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Writing of small files, away from the threads that tasks run on.
enum TextFile {
  /// Replaces a file, readable by its owner only; the folder is made when it is missing.
  static func write(_ text: String, to name: String, in directory: String) async throws(SimulationError) -> String {
    let path = directory.hasSuffix("/") ? directory + name : "\(directory)/\(name)"
    let problem: Int32
    do {
      problem = try await NIOThreadPool.singleton.runIfActive { Self.replace(path, in: directory, with: text) }
    } catch {
      throw SimulationError("cannot write \(path): \(error)")
    }
    if problem != 0 {
      throw SimulationError("cannot write \(path): \(String(cString: strerror(problem))); choose another --dir")
    }
    return path
  }

  /// Returns 0 or the error number.
  private static func replace(_ path: String, in directory: String, with text: String) -> Int32 {
    if mkdir(directory, 0o700) != 0, errno != EEXIST { return errno }
    guard let file = fopen(path, "w") else { return errno }
    chmod(path, 0o600)
    let bytes = Array(text.utf8)
    let written = fwrite(bytes, 1, bytes.count, file)
    let isClosed = fclose(file) == 0
    return written == bytes.count && isClosed ? 0 : EIO
  }
}

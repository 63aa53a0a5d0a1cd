import Dispatch
import FoundationEssentials

/// Reads a small file away from the cooperative pool.
func readFile(_ path: String, purpose: String) async throws(KubernetesError) -> [UInt8] {
  switch await fileContents(path) {
  case .success(let bytes): return bytes
  case .failure(let error):
    throw KubernetesError(.configuration, "\(purpose) cannot be read from \(path): \(error.reason)")
  }
}

/// Why a file could not be read.
struct FileError: Error, Sendable {
  var isMissing: Bool
  var reason: String
}

func fileContents(_ path: String) async -> Result<[UInt8], FileError> {
  await withCheckedContinuation { continuation in
    DispatchQueue.global().async { @Sendable in continuation.resume(returning: contents(path)) }
  }
}

private func contents(_ path: String) -> Result<[UInt8], FileError> {
  do {
    return .success([UInt8](try Data(contentsOf: URL(fileURLWithPath: path))))
  } catch let error as CocoaError where error.code == .fileReadNoSuchFile {
    return .failure(FileError(isMissing: true, reason: "there is no such file"))
  } catch let error as CocoaError where error.code == .fileReadNoPermission {
    return .failure(FileError(isMissing: false, reason: "permission denied"))
  } catch {
    return .failure(FileError(isMissing: false, reason: "it is not readable as a file"))
  }
}

/// The bytes of a base64 text; white space in it does not count.
package func base64Decoded(_ text: String) -> [UInt8]? {
  Data(base64Encoded: text.filter { !$0.isWhitespace }).map { [UInt8]($0) }
}

package func base64Encoded(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

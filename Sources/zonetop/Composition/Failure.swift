import Federation

/// Why a command ends without having done what was asked: one line and the exit code of the contract.
struct Failure: Error {
  enum Code: Int32 {
    case failed = 1
    case usage = 2
    case checkFound = 3
    case refused = 4
    case unreachable = 5
  }

  var code: Code
  /// What, why, what to do; nil when everything has been said already.
  var message: String?

  init(_ code: Code, _ message: String? = nil) {
    self.code = code
    self.message = message
  }

  func print() {
    if let message { FileOutput.error.write("zonetop: \(message)\n") }
  }
}

extension CordonTarget {
  /// Reads a scope from the command line.
  init(scope text: String) throws {
    do { try self.init(text) } catch { throw Failure(.usage, error.description) }
  }
}

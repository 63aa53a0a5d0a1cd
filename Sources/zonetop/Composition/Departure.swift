import Glibc

/// The one way out of the process.
enum Departure {
  /// Ends the process with a code of the contract.
  ///
  /// Not by `exit`: its handlers take OpenSSL apart while libcurl's thread and the event loops still read and write
  /// through it, and a command that had done its work then died of a segmentation fault (one `uncordon` in eight).
  static func leave(_ code: Int32) -> Never {
    fflush(nil)
    _exit(code)
  }
}

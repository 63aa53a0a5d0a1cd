import CCrypto

/// Bytes that nobody can guess, from OpenSSL's generator: for tokens.
///
/// - Returns: nil when the system has no randomness to give.
package func randomBytes(_ count: Int) -> [UInt8]? {
  var bytes = [UInt8](repeating: 0, count: count)
  let isFilled = bytes.withUnsafeMutableBufferPointer { buffer in
    buffer.baseAddress.map { ccrypto_random($0, buffer.count) } == 1
  }
  return isFilled ? bytes : nil
}

import CCrypto

/// Whether both hold the same bytes, found in a time that does not tell where they differ.
///
/// For codes that an attacker could otherwise guess byte by byte. The sizes are not secret.
package func isEqualInConstantTime(_ left: [UInt8], _ right: [UInt8]) -> Bool {
  guard left.count == right.count else { return false }
  return left.withUnsafeBufferPointer { left in
    right.withUnsafeBufferPointer { ccrypto_equal(left.baseAddress, $0.baseAddress, left.count) == 1 }
  }
}

import CCrypto

/// The hash functions of FIPS 180-4 that zonetop signs with, computed by OpenSSL.
package enum HashAlgorithm: String, Hashable, Sendable, CaseIterable {
  case sha256
  case sha384
  case sha512

  /// The size of a hash, or of a message authentication code, in bytes.
  package var byteCount: Int { Int(bits) / 8 }

  private var bits: Int32 {
    switch self {
    case .sha256: 256
    case .sha384: 384
    case .sha512: 512
    }
  }

  /// The hash of all the bytes.
  package func hash(_ bytes: [UInt8]) throws(HashingError) -> [UInt8] {
    try output { out in
      bytes.withUnsafeBufferPointer { ccrypto_hash(bits, $0.baseAddress, $0.count, out) }
    }
  }

  /// The message authentication code of all the bytes (RFC 2104).
  package func authenticationCode(of bytes: [UInt8], key: [UInt8]) throws(HashingError) -> [UInt8] {
    try output { out in
      key.withUnsafeBufferPointer { key in
        bytes.withUnsafeBufferPointer {
          ccrypto_hmac(bits, key.baseAddress, key.count, $0.baseAddress, $0.count, out)
        }
      }
    }
  }

  private func output(_ compute: (UnsafeMutablePointer<UInt8>) -> Int32) throws(HashingError) -> [UInt8] {
    var isDone = false
    let bytes = [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
      guard let start = buffer.baseAddress, compute(start) == 1 else { return }
      isDone = true
      count = byteCount
    }
    guard isDone else { throw HashingError(algorithm: self) }
    return bytes
  }
}

/// Whether a text holds another one, which is in lower case already; only ASCII letters are compared without case.
///
/// Runs over every shard with every key that is typed into the filter, so it makes no copies.
func containsIgnoringCase(_ whole: String, _ part: String) -> Bool {
  if part.isEmpty { return true }
  var (whole, part) = (whole, part)
  return whole.withUTF8 { haystack in part.withUTF8 { contains(haystack, $0) } }
}

/// The same over bytes.
func contains(_ haystack: UnsafeBufferPointer<UInt8>, _ needle: UnsafeBufferPointer<UInt8>) -> Bool {
  guard let first = needle.first else { return true }
  guard haystack.count >= needle.count else { return false }
  for start in 0...(haystack.count - needle.count) where folded(haystack[start]) == first {
    var length = 1
    while length < needle.count, folded(haystack[start + length]) == needle[length] { length += 1 }
    if length == needle.count { return true }
  }
  return false
}

/// A byte in lower case, if it is an ASCII letter.
@inline(__always) func folded(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

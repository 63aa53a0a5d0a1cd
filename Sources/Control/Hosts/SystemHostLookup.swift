internal import Dispatch
internal import Federation
internal import Glibc

/// Looks hostnames up as the system is configured to (`getaddrinfo`, RFC 3493 section 6.1).
///
/// `getaddrinfo` blocks, and the cooperative pool has as many threads as cores: it runs on threads of its own.
package struct SystemHostLookup: HostLookup {
  private let queue = DispatchQueue(label: "zonetop.host-lookup", attributes: .concurrent)

  package init() {}

  package func addresses(of host: String) async throws(HostLookupError) -> [String] {
    let result = await withCheckedContinuation { (continuation: CheckedContinuation<LookupResult, Never>) in
      queue.async { @Sendable in continuation.resume(returning: lookUp(host)) }
    }
    return try result.get()
  }
}

private typealias LookupResult = Result<[String], HostLookupError>

private func lookUp(_ host: String) -> LookupResult {
  var hints = addrinfo()
  hints.ai_family = AF_UNSPEC
  hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
  var list: UnsafeMutablePointer<addrinfo>?
  let status = getaddrinfo(host, nil, &hints, &list)
  guard status == 0 else {
    let reason = String(cString: gai_strerror(status))
    return .failure(HostLookupError("\(cleanLine(host)): \(reason); its last good addresses stay"))
  }
  defer { freeaddrinfo(list) }
  var found: Set<String> = []
  var next = list
  while let entry = next {
    var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
    let length = socklen_t(text.count)
    if getnameinfo(entry.pointee.ai_addr, entry.pointee.ai_addrlen, &text, length, nil, 0, NI_NUMERICHOST) == 0 {
      found.insert(String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
    }
    next = entry.pointee.ai_next
  }
  return found.isEmpty ? .failure(HostLookupError("\(cleanLine(host)) has no address")) : .success(found.sorted())
}

import CCurl

// Free functions: libcurl calls them on the loop's thread with the transfer as their context.

func receiveHeader(
  _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
  guard let context else { return 0 }
  let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
  return transfer(context).receive(headerLine: line) ? line.count : 0
}

func receiveBody(
  _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
  guard let context else { return 0 }
  let body = UnsafeRawBufferPointer(start: bytes, count: size * count)
  switch transfer(context).receive(body: body) {
  case .taken: return body.count
  case .refused: return Int(CURL_WRITEFUNC_PAUSE)
  }
}

func supplyBody(
  _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
  guard let context else { return Int(CURL_READFUNC_ABORT) }
  switch transfer(context).supply(UnsafeMutableRawBufferPointer(start: bytes, count: size * count)) {
  case .bytes(let count): return count
  case .end: return 0
  case .later: return Int(CURL_READFUNC_PAUSE)
  }
}

func connectionStands(
  _ context: UnsafeMutableRawPointer?, _ remote: UnsafeMutablePointer<CChar>?, _ local: UnsafeMutablePointer<CChar>?,
  _ remotePort: Int32, _ localPort: Int32
) -> Int32 {
  if let context { transfer(context).connected() }
  return CURL_PREREQFUNC_OK
}

private func transfer(_ context: UnsafeMutableRawPointer) -> Transfer {
  Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
}

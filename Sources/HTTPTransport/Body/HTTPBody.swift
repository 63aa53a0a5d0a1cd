/// The bytes of an answer, as they arrive, for one reader.
///
/// At most ``highWater`` bytes wait for the reader; then the server is made to wait (HTTP/1.1: by TCP; HTTP/2: by its
/// window, which libcurl sets to 32 MB, so that streams that may fall behind should be read and coalesced).
/// Dropping the body, or cancelling the task that reads it, closes the transfer.
package struct HTTPBody: AsyncSequence, Sendable {
  package typealias Element = [UInt8]
  package typealias Failure = HTTPError

  /// How many bytes wait for a reader before the transfer is paused.
  package static let highWater = 256 * 1024

  private let source: BodySource

  init(source: BodySource) {
    self.source = source
  }

  /// A body from memory, for tests and for answers that need no transfer.
  ///
  /// - Parameter error: ends the body in place of its regular end.
  package init(_ bytes: [UInt8], error: HTTPError? = nil) {
    let buffer = BodyBuffer(limit: .max)
    if !bytes.isEmpty { _ = bytes.withUnsafeBytes { buffer.offer($0) } }
    buffer.end(error)
    source = BodySource(buffer: buffer, signals: nil)
  }

  package func makeAsyncIterator() -> Iterator {
    Iterator(source: source)
  }

  package struct Iterator: AsyncIteratorProtocol {
    let source: BodySource

    package mutating func next() async throws(HTTPError) -> [UInt8]? {
      try await source.next()
    }

    package mutating func next(isolation actor: isolated (any Actor)?) async throws(HTTPError) -> [UInt8]? {
      try await source.next()
    }
  }

  /// Reads the body to its end.
  ///
  /// - Parameter limit: the number of bytes that are accepted.
  /// - Throws: `tooLarge`, and closes the transfer, as soon as there is one byte more.
  package func collect(upTo limit: Int) async throws(HTTPError) -> [UInt8] {
    var bytes: [UInt8] = []
    while let chunk = try await source.next() {
      guard bytes.count + chunk.count <= limit else {
        source.close()
        throw HTTPError(.tooLarge, "the answer is larger than the \(limit) bytes that are accepted")
      }
      if bytes.isEmpty { bytes = chunk } else { bytes += chunk }
    }
    return bytes
  }
}

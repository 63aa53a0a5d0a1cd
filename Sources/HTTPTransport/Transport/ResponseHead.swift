/// The head of an answer, line by line as libcurl hands it over.
struct ResponseHead: Sendable {
  private(set) var status = 0
  private(set) var version = ""
  private(set) var headers: [HTTPHeader] = []
  private var size = 0

  /// How many bytes the lines of one head may have together.
  static let sizeLimit = 256 * 1024

  enum Progress {
    case more
    /// The empty line after a final status: the body follows.
    case complete
    case tooLarge
  }

  mutating func read(_ line: UnsafeRawBufferPointer) -> Progress {
    size += line.count
    guard size <= Self.sizeLimit else { return .tooLarge }
    let text = line.drop(while: isBlank)
    let end = text.lastIndex { !isBlank($0) }
    guard let end else { return status >= 200 ? .complete : .more }
    let content = text[...end]
    if line.starts(with: "HTTP/".utf8) {
      let words = content.split(separator: UInt8(ascii: " "), maxSplits: 2)
      let size = self.size
      self = ResponseHead()
      self.size = size
      version = String(decoding: words[0], as: UTF8.self)
      status = words.count > 1 ? Int(String(decoding: words[1], as: UTF8.self)) ?? 0 : 0
    } else if text.startIndex > line.startIndex, let last = headers.indices.last {
      headers[last].value += " " + String(decoding: content, as: UTF8.self)
    } else if let colon = content.firstIndex(of: UInt8(ascii: ":")) {
      let name = String(decoding: content[..<colon], as: UTF8.self)
      let value = String(decoding: content[(colon + 1)...].drop(while: isBlank), as: UTF8.self)
      headers.append(HTTPHeader(name, value))
    }
    return .more
  }
}

private func isBlank(_ byte: UInt8) -> Bool {
  byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A
}

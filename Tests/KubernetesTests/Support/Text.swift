import FoundationEssentials

extension String {
  /// The bytes of the text without its line breaks.
  var joinedLines: [UInt8] { Array(filter { $0 != "\n" }.utf8) }

  var decodedBase64: [UInt8] { Data(base64Encoded: filter { $0 != "\n" }).map { [UInt8]($0) } ?? [] }
}

import Federation
import Testing

@Suite struct DomainNameTests {
  @Test(arguments: [
    ("Example.COM.", "example.com"), ("example.com", "example.com"), ("", ""), (".", ""), ("a\\.b.c", "a\\.b.c"),
    ("\\065b.c", "ab.c"), ("*.example.com", "*.example.com"), ("_zonetop.x", "_zonetop.x"), ("a\\032b", "a\\032b"),
  ])
  func readsToCanonicalForm(text: String, canonical: String) throws {
    #expect(try DomainName(text).text == canonical)
  }

  @Test(arguments: [
    "..", ".a", "a..b", "a b", "bücher.example", "a\u{202E}b", "a\\", "a\\25", "a\\256", "a\r.b",
    String(repeating: "a", count: 64), Array(repeating: "abc", count: 64).joined(separator: "."),
    String(repeating: "a.", count: 5_000),
  ])
  func refuses(text: String) {
    #expect(throws: NameError.self) { try DomainName(text) }
  }

  @Test func limitsAreThoseOfDNS() throws {
    let label = String(repeating: "a", count: 63)
    let longest = [label, label, label, String(repeating: "a", count: 61)].joined(separator: ".")
    #expect(longest.utf8.count == 253)
    #expect(try DomainName(longest).wireLabels.map(\.count) == [63, 63, 63, 61])
    #expect(throws: NameError.nameTooLong(bytes: 254)) { try DomainName(longest + "a") }
    #expect(throws: NameError.labelTooLong(bytes: 64)) { try DomainName("a\(label).b") }
  }

  @Test func knowsItsPlaceInTheTree() throws {
    let name = try DomainName("a\\.b.example.com")
    #expect(name.labels == ["a\\.b", "example", "com"])
    #expect(name.parent?.text == "example.com")
    #expect(name.parent?.parent?.parent == .root)
    #expect(DomainName.root.parent == nil)
    #expect(name.isSubdomain(of: try DomainName("Example.com")))
    #expect(!name.isSubdomain(of: try DomainName("b.example.com")))
    #expect(!(try DomainName("badexample.com")).isSubdomain(of: try DomainName("example.com")))
    #expect(name.isSubdomain(of: .root))
    #expect(try DomainName("example.com").child("www").text == "www.example.com")
  }

  @Test func randomWireLabelsSurviveTheText() throws {
    var random = SeededGenerator(seed: 1)
    for _ in 0..<20_000 {
      let labels = (0..<Int.random(in: 0...4, using: &random)).map { _ in
        (0..<Int.random(in: 1...20, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
      }
      let name = try DomainName(wireLabels: labels)
      let again = try DomainName(name.text)
      #expect(again == name)
      #expect(name.wireLabels == labels.map { $0.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 } })
      #expect(name.labels.count == labels.count)
    }
  }

  @Test func fuzzedTextNeverTrapsAndIsStable() throws {
    var random = SeededGenerator(seed: 2)
    let alphabet = Array("ab.\\019-_ü \u{0}".unicodeScalars)
    for _ in 0..<100_000 {
      var text = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 0...24, using: &random) { text.append(alphabet.randomElement(using: &random) ?? "a") }
      guard let name = try? DomainName(String(text)) else { continue }
      #expect(try DomainName(name.text) == name)
      #expect(try DomainName(wireLabels: name.wireLabels) == name)
    }
  }
}

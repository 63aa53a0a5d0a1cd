import Federation
import Testing

#if canImport(Glibc)
  import Glibc
#endif

@Suite struct IPAddressTests {
  @Test(arguments: [
    ("104.197.247.191", "104.197.247.191"), ("0.0.0.0", "0.0.0.0"), ("255.255.255.255", "255.255.255.255"),
    ("2001:DB8:0:0:0:0:0:1", "2001:db8::1"), ("::", "::"), ("::1", "::1"), ("1::", "1::"),
    ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"), ("2001:0:0:1:0:0:0:1", "2001:0:0:1::1"),
    ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"), ("::ffff:192.0.2.1", "::ffff:192.0.2.1"),
    ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"), ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"),
  ])
  func readsAndWritesCanonically(text: String, canonical: String) throws {
    let address = try #require(IPAddress(text))
    #expect(address.description == canonical)
    #expect(IPAddress(bytes: address.bytes) == address)
  }

  @Test(arguments: [
    "", "1.2.3", "1.2.3.4.5", "01.2.3.4", "256.1.1.1", "1.2.3.4 ", " 1.2.3.4", "1..2.3", "+1.2.3.4", ":", ":::", "1:",
    ":1", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "12345::", "::1%eth0", "[::1]", "g::",
    "1.2.3.4::", "::1.2.3", "1:2:3:4:5:6:7:1.2.3.4", "lb.example.net", "１.2.3.4",
  ])
  func refuses(text: String) { #expect(IPAddress(text) == nil) }

  #if canImport(Glibc)
    @Test func agreesWithTheSystemOnFuzzedText() throws {
      var random = SeededGenerator(seed: 3)
      let alphabet = Array("012589abf:::...g%")
      var read = 0
      for _ in 0..<100_000 {
        var text = String(
          (0..<Int.random(in: 0...18, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? "1" })
        if random.oneIn(2) {
          // Nearly valid texts: random groups with random gaps.
          text = (0..<Int.random(in: 6...9, using: &random)).map { _ in
            random.oneIn(4) ? "" : String(UInt16.random(in: 0...3, using: &random), radix: 16)
          }.joined(separator: ":")
        }
        var buffer = in6_addr()
        let isV6 = inet_pton(AF_INET6, text, &buffer) == 1
        var buffer4 = in_addr()
        let isV4 = inet_pton(AF_INET, text, &buffer4) == 1
        let address = IPAddress(text)
        #expect((address != nil) == (isV4 || isV6), "\(text)")
        guard let address else { continue }
        read += 1
        #expect(IPAddress(address.description) == address)
        if isV6 { #expect(withUnsafeBytes(of: &buffer) { Array($0) } == address.bytes) }
      }
      #expect(read > 1_000)
    }
  #endif
}

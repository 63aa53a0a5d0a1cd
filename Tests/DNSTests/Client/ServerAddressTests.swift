import Federation
import Testing

@testable import DNS

struct ServerAddressTests {
  @Test(arguments: [
    ("127.0.0.1:5311", "127.0.0.1:5311"), ("127.0.0.1", "127.0.0.1:53"), ("[::1]:5311", "[::1]:5311"),
    ("[::1]", "[::1]:53"), ("::1", "[::1]:53"), ("2001:DB8::0:1", "[2001:db8::1]:53"),
  ])
  func reads(text: String, canonical: String) {
    #expect(ServerAddress(text)?.description == canonical)
  }

  @Test(arguments: [
    "", "ns1.example.com", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:65536", "127.0.0.1:+53", "[127.0.0.1]:53", "[::1",
    "[::1]53", "[::1]:", "127.0.0.1 ", ":53",
  ])
  func refuses(text: String) {
    #expect(ServerAddress(text) == nil)
  }
}

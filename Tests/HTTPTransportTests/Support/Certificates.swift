import Glibc

/// Two authorities and what one of them has signed, made with openssl once for all tests.
struct Certificates: Sendable {
  /// A folder with `ca.crt`, `other.crt`, `server.crt`, `server.key`, `client.crt` and `client.key`.
  let folder: String

  static let shared = Task { try await Certificates() }

  struct NotMade: Error {}

  private init() async throws {
    var template = Array("/tmp/zonetop-certificates-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw NotMade() }
    folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let script = """
      set -e; cd "$1"
      key() { openssl ecparam -name prime256v1 -genkey -noout -out "$1.key"; }
      sign() { key $1; openssl req -new -key $1.key -subj "/CN=$2" -out $1.csr; printf '%b' "$3" >$1.ext
        openssl x509 -req -in $1.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -extfile $1.ext -out $1.crt; }
      for a in ca other; do key $a; openssl req -x509 -new -key $a.key -subj "/CN=$a" -days 2 -out $a.crt; done
      sign server server 'subjectAltName=DNS:api.example.test\\n'
      sign client shard-reader 'extendedKeyUsage=clientAuth\\n'
      echo made
      """
    guard try await ChildProcess(["sh", "-c", script, "sh", folder]).nextLine() == "made" else { throw NotMade() }
  }

  /// Puts one more file beside them.
  func write(_ name: String, _ bytes: [UInt8]) throws {
    guard let file = fopen("\(folder)/\(name)", "w") else { throw NotMade() }
    let written = fwrite(bytes, 1, bytes.count, file)
    guard fclose(file) == 0, written == bytes.count else { throw NotMade() }
  }

  func read(_ name: String) throws -> [UInt8] {
    guard let file = fopen("\(folder)/\(name)", "r") else { throw NotMade() }
    defer { fclose(file) }
    return [UInt8](unsafeUninitializedCapacity: 65536) { buffer, filled in
      filled = fread(buffer.baseAddress, 1, 65536, file)
    }
  }
}

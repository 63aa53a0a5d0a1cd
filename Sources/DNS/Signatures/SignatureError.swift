package import Federation

/// Why a signed exchange is not to be trusted, or was not by the server (RFC 8945 section 5.2).
package enum SignatureError: Error, Hashable, Sendable {
  /// The answer carries no signature where it must.
  case missing(key: DomainName)
  /// Signed with another key or algorithm than asked with, or, said by the server, unknown to it.
  case badKey(DomainName, saidByServer: Bool)
  case badSignature(DomainName, saidByServer: Bool)
  /// The clocks differ by more than the signature allows.
  case badTime(DomainName, difference: Duration, saidByServer: Bool)
  /// The signature names an error that RFC 8945 does not.
  case refused(DomainName, ResponseCode)
  /// More than 99 messages in a row without a signature.
  case tooManyUnsigned(DomainName)
  case malformed(MessageError)
  /// OpenSSL would not compute; the sentence says why.
  case unavailable(String)
}

extension SignatureError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .missing(let key):
      "the answer to a request signed with key \(key) is not signed: it was ignored; give the server the key"
    case .badKey(let key, saidByServer: true):
      "BADKEY: the server does not know key \(key) with this algorithm; compare name and algorithm on both sides"
    case .badKey(let key, saidByServer: false):
      "the answer is signed with another key or algorithm than \(key): it was ignored; compare both sides"
    case .badSignature(let key, saidByServer: true):
      "BADSIG: the server refuses the signature of key \(key); the secrets differ, copy the key again"
    case .badSignature(let key, saidByServer: false):
      "the answer's signature by key \(key) is wrong: it was ignored; the secrets differ or the answer was forged"
    case .badTime(let key, let difference, let saidByServer):
      "BADTIME: the clocks of this machine and the server differ by \(difference.components.seconds) s, "
        + "\(saidByServer ? "says the server" : "says the answer") (key \(key)); set both by NTP"
    case .refused(let key, let code):
      "\(code): the server refuses the signature of key \(key); see its log"
    case .tooManyUnsigned(let key):
      "more than 99 messages came without a signature by key \(key): the transfer was dropped; see the server's log"
    case .malformed(let error): error.description
    case .unavailable(let why): why
    }
  }
}

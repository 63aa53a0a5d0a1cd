import DNS
import Federation

extension ProviderError {
  /// What a failed exchange with a name server means to a provider.
  init(_ error: DNSError) {
    switch error.code {
    case .timedOut, .unreachable, .closed, .cancelled: self.init(.unreachable, error.description)
    case .signature, .answered(.refused), .answered(.notAuthoritative): self.init(.unauthorized, error.description)
    case .malformed, .mismatched, .incomplete, .answered: self.init(.incomplete, error.description)
    }
  }
}

package import Federation

extension OwnershipMark {
  /// Where a service's mark stands, or the refusal of a provider to go on without that name.
  package static func place(of service: ServiceKey, in federation: Federation) throws(ProviderError) -> DomainName {
    do throws(NameError) { return try markName(of: service, in: federation) } catch {
      throw ProviderError(.refused, "\(service) can have no mark: \(error)")
    }
  }
}

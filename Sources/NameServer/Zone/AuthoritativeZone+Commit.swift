import Federation
package import DNSProviders

extension AuthoritativeZone {
  /// Applies a batch whole, or not at all.
  ///
  /// - Throws: ``ProviderError/Code/fenced`` when the mark or a record set is not what the batch expects,
  ///   ``ProviderError/Code/refused`` when a strict server would refuse what it asks for.
  package mutating func commit(_ batch: Batch) throws(ProviderError) {
    let transaction = try Transaction(batch)
    if let violation = transaction.violation({ recordSets(at: $0) }) { throw violation }
    try replace(
      transaction.steps.flatMap { step in step.removals.map { RecordKey(name: step.name, type: $0) } },
      with: transaction.steps.flatMap(\.additions))
  }
}

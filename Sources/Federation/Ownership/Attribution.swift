/// Tells whose the record sets around one service are: those that the mark lists are the federation's that it names,
/// all others somebody else's.
///
/// - Returns: the record sets in their order, each with its owner.
package func attribute(_ recordSets: [RecordSet], to mark: OwnershipMark?) -> [PublishedRecordSet] {
  guard let mark else { return recordSets.map { PublishedRecordSet(recordSet: $0, owner: nil) } }
  let listed = Set(mark.sets)
  return recordSets.map { set in
    PublishedRecordSet(recordSet: set, owner: listed.contains(set.key) ? mark.federation : nil)
  }
}

extension RandomAccessCollection {
  /// The first index whose element belongs to the second half of a collection that is partitioned by the predicate;
  /// O(log n). Like the function of the same name in swift-algorithms, which is not worth a dependency for eight lines.
  func partitioningIndex(where belongsInSecondHalf: (Element) -> Bool) -> Index {
    var low = startIndex
    var count = self.count
    while count > 0 {
      let half = count / 2
      let middle = index(low, offsetBy: half)
      if belongsInSecondHalf(self[middle]) {
        count = half
      } else {
        low = index(after: middle)
        count -= half + 1
      }
    }
    return low
  }
}

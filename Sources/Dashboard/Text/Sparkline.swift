/// Adds up histories of different length, aligned at their newest sample.
func summedHistories(_ histories: some Sequence<[Int]>) -> [Int] {
  var sum: [Int] = []
  for history in histories {
    if history.count > sum.count {
      sum.insert(contentsOf: repeatElement(0, count: history.count - sum.count), at: 0)
    }
    let offset = sum.count - history.count
    for (index, value) in history.enumerated() { sum[offset + index] += value }
  }
  return sum
}

/// The newest samples as levels 0…`top`, one a cell, against the greatest of them; zero stays level 0.
func sparklineLevels(_ samples: [Int], cells: Int, top: Int) -> [Int] {
  let shown = samples.suffix(cells)
  guard let greatest = shown.max(), greatest > 0 else { return shown.map { _ in 0 } }
  return shown.map { value in value <= 0 ? 0 : max(1, (value * top + greatest / 2) / greatest) }
}

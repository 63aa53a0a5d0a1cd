/// The newest samples as levels 0…`top`, one a cell, against the greatest of them; zero stays level 0.
func sparklineLevels(_ samples: [Int], cells: Int, top: Int) -> [Int] {
  let shown = samples.suffix(cells)
  guard let greatest = shown.max(), greatest > 0 else { return shown.map { _ in 0 } }
  return shown.map { value in value <= 0 ? 0 : max(1, (value * top + greatest / 2) / greatest) }
}

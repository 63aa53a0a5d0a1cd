/// Whether `text` can be one label of a name that zonetop composes: 1 to 63 of `a…z`, `0…9` and `-`.
func isServiceLabel(_ text: String) -> Bool {
  (1...63).contains(text.utf8.count)
    && text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
}

/// The label that a zone or region makes: lower case, letters, digits, `-` and `_`; nil when it cannot be one.
func localityLabel(_ text: String) -> String? {
  guard (1...63).contains(text.utf8.count) else { return nil }
  let lower = text.lowercased()
  guard lower.utf8.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x5F })
  else { return nil }
  return lower
}

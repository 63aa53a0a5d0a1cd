extension CellGrid {
  /// The text of every row, with trailing spaces kept, so that each row has as many columns as the grid.
  package var rows: [String] {
    (0..<size.rows).map { row in
      var text = ""
      for column in 0..<size.columns { text += self.text(of: self[column, row]) }
      return text
    }
  }

  /// The text of every row without spaces at its end.
  package var trimmedRows: [String] {
    rows.map { row in
      var text = Substring(row)
      while text.last == " " { text.removeLast() }
      return String(text)
    }
  }

  /// A letter for each cell's style, for snapshot tests, and what each letter means in order of first appearance.
  ///
  /// - Parameter name: The name of a style; by default its colours and attributes are written out.
  package func stylePlane(naming name: (Style) -> String? = { _ in nil }) -> StylePlane {
    var letters: [PackedStyle: Character] = [:]
    var legend: [String] = []
    let rows = (0..<size.rows).map { row in
      String(
        (0..<size.columns).map { column -> Character in
          let packed = self[column, row].packedStyle
          if let known = letters[packed] { return known }
          let letter = StylePlane.letter(letters.count)
          letters[packed] = letter
          legend.append("\(letter) \(name(packed.style) ?? packed.style.description)")
          return letter
        })
    }
    return StylePlane(rows: rows, legend: legend)
  }
}

/// Which style each cell has, as letters.
package struct StylePlane: Hashable, Sendable {
  package var rows: [String]
  package var legend: [String]

  static func letter(_ index: Int) -> Character {
    let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
    return index < letters.count ? letters[index] : "?"
  }
}

extension Style: CustomStringConvertible {
  /// `#rrggbb on #rrggbb bold`, with `-` for the terminal's own colour.
  package var description: String {
    let names = Attributes.names.filter { attributes.contains($0.attribute) }.map(\.name)
    return (["\(foreground?.description ?? "-") on \(background?.description ?? "-")"] + names).joined(separator: " ")
  }
}

extension Color: CustomStringConvertible {
  /// `#rrggbb`.
  package var description: String {
    let digits = String(rgb, radix: 16)
    return "#" + String(repeating: "0", count: 6 - digits.count) + digits
  }
}

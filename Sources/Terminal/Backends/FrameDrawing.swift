/// A frame as an SVG picture. The same frame gives the same bytes: fixed cells, every glyph at its own place, frames
/// and bars as shapes so that no font decides how they meet, no time and no random names.
package enum FrameDrawing {
  static let cellWidth = 9
  static let cellHeight = 19
  static let margin = 12

  /// - Parameters:
  ///   - theme: Its background surrounds the frame and stands in for cells that leave colours to the terminal.
  ///   - title: What the picture shows, for people who cannot see it.
  package static func svg(_ frame: CellGrid, theme: Theme, title: String) -> String {
    let base = theme[.background]
    let ink = base.foreground ?? Color(0xC0C0C0)
    let ground = base.background ?? Color(0x000000)
    let width = frame.size.columns * cellWidth + 2 * margin
    let height = frame.size.rows * cellHeight + 2 * margin
    var text = """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" viewBox="0 0 \(width) \(height)" \
      font-family="ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace" font-size="15" xml:space="preserve" role="img">
      <title>\(escaped(title))</title>
      <rect width="100%" height="100%" rx="6" fill="\(ground)"/>

      """
    for row in 0..<frame.size.rows {
      for run in runs(frame, row: row) {
        let style = resolved(run.style, ink: ink, ground: ground)
        text += FrameRun(frame: frame, row: row, columns: run.columns, style: style, ground: ground).svg
      }
    }
    return text + "</svg>\n"
  }

  private static func runs(_ frame: CellGrid, row: Int) -> [(columns: Range<Int>, style: Style)] {
    var runs: [(columns: Range<Int>, style: Style)] = []
    var start = 0
    for column in 0..<frame.size.columns {
      let next = column + 1
      let ends = next == frame.size.columns || !frame[next, row].hasStyle(of: frame[column, row])
      guard ends else { continue }
      runs.append((start..<next, frame[column, row].style))
      start = next
    }
    return runs
  }

  /// The style with both colours filled in and reverse carried out.
  private static func resolved(_ style: Style, ink: Color, ground: Color) -> Style {
    var style = style
    style.foreground = style.foreground ?? ink
    style.background = style.background ?? ground
    if style.attributes.contains(.reverse) { swap(&style.foreground, &style.background) }
    return style
  }

  static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.append(character)
      }
    }
    return result
  }
}

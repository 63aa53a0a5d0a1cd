import Testing

@testable import Terminal

@Suite("Frames as pictures")
struct FrameDrawingTests {
  private func frame() -> CellGrid {
    var frame = CellGrid(size: Size(columns: 10, rows: 3), style: Theme.sample[.background])
    let inner = frame.box(frame.bounds, border: Glyphs.unicode.border, style: Theme.sample[.border])
    frame.write("<&\">▅░", at: inner.origin, style: Theme.sample[.ok, on: .selection])
    return frame
  }

  @Test("The same frame gives the same bytes, whatever order its clusters were met in")
  func stable() {
    let first = FrameDrawing.svg(frame(), theme: .sample, title: "a frame")
    #expect(first == FrameDrawing.svg(frame(), theme: .sample, title: "a frame"))
    var left = CellGrid(size: Size(columns: 4, rows: 1))
    left.write("e\u{301}o\u{302}", at: Point(column: 0, row: 0), style: .plain)
    var right = CellGrid(size: Size(columns: 4, rows: 1))
    right.write("o\u{302}", at: Point(column: 1, row: 0), style: .plain)
    right.write("e\u{301}", at: Point(column: 0, row: 0), style: .plain)
    #expect(FrameDrawing.svg(left, theme: .sample, title: "") == FrameDrawing.svg(right, theme: .sample, title: ""))
  }

  @Test("Text is escaped and every glyph has its place")
  func text() {
    let svg = FrameDrawing.svg(frame(), theme: .sample, title: "<title>")
    #expect(svg.contains("<title>&lt;title&gt;</title>"))
    #expect(svg.contains(">&lt;&amp;&quot;&gt;</text>"))
    #expect(svg.contains("<text x=\"21 30 39 48\" y=\"45\""))
  }

  @Test("Frames, bars and shades are shapes, not text")
  func shapes() {
    let svg = FrameDrawing.svg(frame(), theme: .sample, title: "")
    for glyph in "─│┌┐└┘▅░" { #expect(!svg.contains(glyph)) }
    #expect(svg.contains("<path d=\"M"))
  }

  @Test("A small frame, byte for byte")
  func recorded() {
    var frame = CellGrid(size: Size(columns: 3, rows: 1))
    frame.write("─x", at: Point(column: 0, row: 0), style: Style(foreground: Color(0xFF0000), attributes: .bold))
    #expect(
      FrameDrawing.svg(frame, theme: .sample, title: "t") == """
        <svg xmlns="http://www.w3.org/2000/svg" width="51" height="43" viewBox="0 0 51 43" \
        font-family="ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace" font-size="15" xml:space="preserve" role="img">
        <title>t</title>
        <rect width="100%" height="100%" rx="6" fill="#0d1117"/>
        <path d="M12 21h5v1h-5zM16 21h5v1h-5z" fill="#ff0000"/>
        <text x="21" y="26" fill="#ff0000" font-weight="bold">x</text>
        </svg>

        """)
  }
}

import Testing

@testable import Terminal

@Suite("Input")
struct InputDecoderTests {
  private func decode(_ inputs: [RawInput], at time: Duration = .zero) -> [InputEvent] {
    var decoder = InputDecoder()
    return inputs.flatMap { decoder.decode($0, at: time) } + decoder.flush()
  }

  private func scalars(_ text: String) -> [RawInput] { text.unicodeScalars.map { .scalar($0.value) } }

  @Test(
    "Control characters are keys by name",
    arguments: [
      (13, .enter), (10, .enter), (9, .tab), (127, .backspace), (8, .backspace), (3, .control("c")),
      (12, .control("l")), (28, .control("\\")), (0, .control(" ")), (0x71, .character("q")), (0xE9, .character("é")),
      (0x65E5, .character("日")),
    ] as [(UInt32, Key)])
  func keys(value: UInt32, expected: Key) {
    #expect(decode([.scalar(value)]) == [.key(expected)])
  }

  @Test("Escape alone is Escape; with a key in one piece it is a chord, never two keys")
  func escape() {
    #expect(decode([.scalar(27)]) == [.key(.escape)])
    #expect(decode([.scalar(27), .scalar(0x64)]) == [.key(.alt("d"))])
    #expect(decode([.scalar(27), .scalar(27)]) == [.key(.escape), .key(.escape)])
    #expect(decode([.scalar(27), .key(.up)]) == [.key(.escape), .key(.up)])
    #expect(decode([.scalar(27), .scalar(13)]) == [.key(.escape), .key(.enter)])
    var decoder = InputDecoder()
    #expect(decoder.decode(.scalar(27), at: .zero).isEmpty)
    #expect(decoder.flush() == [.key(.escape)])
    #expect(decoder.decode(.scalar(0x64), at: .zero) == [.key(.character("d"))])
  }

  @Test("Pasted text is one event of one clean line, whatever keys it holds")
  func paste() {
    let input = [RawInput.pasteBegin] + scalars("d\ny\u{1B}[31m\u{202E}") + [.key(.enter), .scalar(26), .pasteEnd]
    #expect(decode(input) == [.paste("d y\u{FFFD}[31m\u{FFFD}\u{FFFD}")])
    #expect(decode([.pasteBegin, .pasteEnd]).isEmpty)
    #expect(decode([.pasteEnd]).isEmpty)
  }

  @Test("A paste is bounded and one that never ends can be ended")
  func boundedPaste() {
    var decoder = InputDecoder()
    _ = decoder.decode(.pasteBegin, at: .zero)
    for _ in 0..<InputDecoder.pasteLimit + 10 { _ = decoder.decode(.scalar(0x61), at: .zero) }
    #expect(decoder.isPasting)
    #expect(decoder.endPaste() == [.paste(String(repeating: "a", count: InputDecoder.pasteLimit))])
    #expect(!decoder.isPasting)
  }

  @Test("Two quick presses at one place are a double click, a third is not")
  func doubleClick() {
    var decoder = InputDecoder()
    let place = Point(column: 3, row: 4)
    func press(_ milliseconds: Int, _ point: Point) -> [InputEvent] {
      decoder.decode(.mouse(.press, point), at: .milliseconds(milliseconds))
    }
    #expect(press(0, place) == [.mouse(Mouse(action: .press, position: place))])
    #expect(press(200, place) == [.mouse(Mouse(action: .doubleClick, position: place))])
    #expect(press(300, place) == [.mouse(Mouse(action: .press, position: place))])
    #expect(press(900, place) == [.mouse(Mouse(action: .press, position: place))])
    #expect(
      press(1000, Point(column: 4, row: 4)) == [.mouse(Mouse(action: .press, position: Point(column: 4, row: 4)))])
  }

  @Test("Invisible scalars are no keys")
  func invisible() {
    #expect(decode(scalars("\u{202E}\u{200B}\u{301}")).isEmpty)
  }
}

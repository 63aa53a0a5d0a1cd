import Testing

@testable import Terminal

@Suite("Mailbox")
struct MailboxTests {
  @Test("Of several sizes only the newest is kept, keys keep their order")
  func coalescing() {
    let mailbox = Mailbox()
    mailbox.put([.key(.up), .resize(Size(columns: 1, rows: 1))])
    mailbox.put([.key(.down), .resize(Size(columns: 2, rows: 2))])
    #expect(mailbox.take() == [.key(.up), .key(.down), .resize(Size(columns: 2, rows: 2))])
    #expect(mailbox.take().isEmpty)
  }

  @Test("It is bounded, and a size still gets in")
  func bounded() {
    let mailbox = Mailbox()
    for _ in 0..<Mailbox.limit + 100 { mailbox.put([.key(.up)]) }
    mailbox.put([.resize(Size(columns: 2, rows: 2))])
    let taken = mailbox.take()
    #expect(taken.count == Mailbox.limit + 1)
    #expect(taken.last == .resize(Size(columns: 2, rows: 2)))
  }

  @Test("One ring stands for everything that waits, and the end ends the rings")
  func rings() async {
    let mailbox = Mailbox()
    mailbox.put([.key(.up)])
    mailbox.put([.key(.down)])
    mailbox.finish()
    var count = 0
    for await _ in mailbox.rings { count += 1 }
    #expect(count == 1)
    #expect(mailbox.take().count == 2)
  }

  @Test("Only the newest frame waits, and it waits until its time")
  func orders() throws {
    let shared = try ScreenShared()
    defer { shared.closePipe() }
    var frame = CellGrid(size: Size(columns: 1, rows: 1))
    shared.submit(frame)
    frame.write("x", at: Point(column: 0, row: 0), style: .plain)
    shared.submit(frame)
    shared.submit(copy: "text")
    let early = shared.take(frame: false)
    #expect(early.frame == nil)
    #expect(early.copy == "text")
    #expect(shared.hasFrame)
    let due = shared.take(frame: true)
    #expect(due.frame == frame)
    #expect(due.copy == nil)
    #expect(!shared.hasFrame)
  }

  @Test(
    "A screen without a terminal is refused and says what serves instead",
    .enabled(if: !hasTerminal, "tests run at a terminal"))
  func withoutTerminal() {
    let error = #expect(throws: ScreenError.self) {
      try Screen.open(ScreenOptions(logPath: nil, environment: ["TERM": "xterm"]))
    }
    #expect(error == .notATerminal)
    #expect(error.map { "\($0)".contains("zonetop status") } == true)
  }

  @Test(
    "Base64 as RFC 4648 has it",
    arguments: [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy"), ("é", "w6k=")])
  func base64(text: String, expected: String) {
    #expect(String(decoding: ClipboardSequence.base64(Array(text.utf8)), as: UTF8.self) == expected)
  }
}

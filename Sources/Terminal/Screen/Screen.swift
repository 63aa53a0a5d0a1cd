import CNcurses
import Glibc
import Synchronization

/// The terminal as a place to show frames and to hear from a person. It owns ncurses through a thread of its own, which
/// sleeps in `poll` until there is input, a signal or a frame; an idle screen writes nothing.
///
/// Only one screen is open in a process. While it is up, standard output and standard error go to the log. Control-Z
/// and SIGTSTP suspend the process and SIGCONT brings the screen back; TERM, HUP, INT, QUIT, Control-\ and a lost
/// terminal restore the terminal and end `inputs`. A program that does not call ``close()`` within two seconds after
/// that is ended by the same signal. A crash gives the terminal back first. Control-C is a key like others.
package final class Screen: Sendable {
  /// How many colours frames are shown in.
  package let colors: ColorMode
  /// The table that this terminal can show.
  package let glyphs: Glyphs
  private let shared: ScreenShared
  private let thread: Mutex<pthread_t?>

  private static let isOpen = Mutex(false)

  /// Takes over the terminal at standard input and output.
  ///
  /// Blocks for the few milliseconds that ncurses needs to read its description of the terminal.
  package static func open(_ options: ScreenOptions) throws(ScreenError) -> Screen {
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { throw .notATerminal }
    let wasOpen = isOpen.withLock { open in
      defer { open = true }
      return open
    }
    guard !wasOpen else { throw .alreadyOpen }
    do {
      return try Screen(options)
    } catch {
      isOpen.withLock { $0 = false }
      throw error
    }
  }

  private init(_ options: ScreenOptions) throws(ScreenError) {
    let shared = try ScreenShared()
    let loop: ScreenLoop
    do {
      loop = try ScreenLoop(shared: shared, options: options)
    } catch {
      shared.closePipe()
      throw error
    }
    self.shared = shared
    colors = loop.colors
    glyphs = loop.isASCII ? .ascii : .unicode
    var thread = pthread_t()
    let started = pthread_create(
      &thread, nil,
      { context in
        if let context { Unmanaged<ScreenLoop>.fromOpaque(context).takeRetainedValue().run() }
        return nil
      }, Unmanaged.passRetained(loop).toOpaque())
    // Without a thread nobody would read keys; the loop, still retained, is closed here.
    if started != 0 {
      loop.close()
      shared.closePipe()
      throw .system("starting the screen's thread", code: started)
    }
    self.thread = Mutex(thread)
  }

  /// The window's size now.
  package var size: Size { shared.size }

  /// Why the screen ended by itself; nil while it is up and after an ordinary ``close()``.
  package var end: ScreenEnd? { shared.end }

  /// What came in, everything that waits in one piece, so that one frame answers all of it. Ends when the screen does.
  /// One reader.
  package var inputs: AsyncStream<[InputEvent]> {
    let shared = shared
    let rings = RingReader(shared.mailbox.rings)
    return AsyncStream { await rings.next() ? shared.mailbox.take() : nil }
  }

  /// Shows a frame soon; of several only the newest. Never waits.
  package func show(_ frame: CellGrid) { shared.submit(frame) }

  /// Asks the terminal to put `text` into the clipboard (OSC 52); terminals may refuse, and do not say so.
  package func copy(_ text: String) { shared.submit(copy: text) }

  /// Rings the terminal's bell; what that does is the terminal's own choice.
  package func ring() { shared.submitBell() }

  /// Draws everything again, for when something else wrote to the terminal.
  package func redraw() { shared.submitRedraw() }

  /// Gives the terminal back and waits until that is done. Once is enough; more does nothing.
  package func close() {
    let thread = thread.withLock { thread in
      defer { thread = nil }
      return thread
    }
    guard let thread else { return }
    shared.submitClose()
    pthread_join(thread, nil)
    shared.closePipe()
    Self.isOpen.withLock { $0 = false }
  }
}

/// The single reader of the mailbox's bell, which outlives each call of a stream's closure.
private actor RingReader {
  private var iterator: AsyncStream<Void>.AsyncIterator

  init(_ rings: AsyncStream<Void>) { iterator = rings.makeAsyncIterator() }

  func next() async -> Bool {
    var copy = iterator
    let rang: Void? = await copy.next(isolation: self)
    iterator = copy
    return rang != nil
  }
}

import Glibc
import Synchronization

/// What the screen's thread and everyone else both touch: the newest frame, the mailbox, and the pipe that wakes the
/// thread.
final class ScreenShared: Sendable {
  let mailbox = Mailbox()
  /// Signals write their number here and everyone else a zero.
  let pipe: (read: Int32, write: Int32)
  private let state = Mutex(State())

  private struct State {
    var orders = ScreenOrders()
    var size = Size(columns: 80, rows: 24)
    var end: ScreenEnd?
    var isWoken = false
    var isPipeOpen = true
  }

  init() throws(ScreenError) {
    var files: [Int32] = [-1, -1]
    guard Glibc.pipe(&files) == 0 else { throw .system("making the screen's pipe", code: errno) }
    for file in files {
      _ = fcntl(file, F_SETFD, FD_CLOEXEC)
      _ = fcntl(file, F_SETFL, O_NONBLOCK)
    }
    pipe = (files[0], files[1])
  }

  var size: Size { state.withLock { $0.size } }
  var end: ScreenEnd? { state.withLock { $0.end } }

  func set(size: Size) { state.withLock { $0.size = size } }
  func set(end: ScreenEnd) { state.withLock { $0.end = end } }

  func submit(_ frame: CellGrid) { submit { $0.frame = frame } }
  func submit(copy text: String) { submit { $0.copy = text } }
  func submitRedraw() { submit { $0.isRedraw = true } }
  func submitBell() { submit { $0.isBell = true } }
  func submitClose() { submit { $0.isClose = true } }

  /// Takes the orders that wait; a frame only when `frame` says it is time for one.
  func take(frame: Bool) -> ScreenOrders {
    state.withLock { state in
      var taken = state.orders
      state.orders = ScreenOrders()
      if !frame {
        state.orders.frame = taken.frame
        taken.frame = nil
      }
      state.isWoken = false
      return taken
    }
  }

  var hasFrame: Bool { state.withLock { $0.orders.frame != nil } }

  func closePipe() {
    state.withLock { state in
      guard state.isPipeOpen else { return }
      state.isPipeOpen = false
      Glibc.close(pipe.read)
      Glibc.close(pipe.write)
    }
  }

  private func submit(_ change: (inout ScreenOrders) -> Void) {
    state.withLock { state in
      change(&state.orders)
      guard !state.isWoken, state.isPipeOpen else { return }
      state.isWoken = true
      var zero: UInt8 = 0
      _ = write(pipe.write, &zero, 1)
    }
  }
}

/// What the screen's thread is asked to do next; newer orders replace older ones.
struct ScreenOrders: Sendable {
  var frame: CellGrid?
  var copy: String?
  var isRedraw = false
  var isBell = false
  var isClose = false
}

import NIOCore
import Synchronization

/// The TCP connections that are open at a name server: counted against a limit, and closed with it.
final class Connections: Sendable {
  private struct State {
    var open: [ObjectIdentifier: any Channel] = [:]
    var isClosed = false
  }

  private let state = Mutex(State())
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  /// Takes a connection in, until it closes. False when there are too many already, or the server is going down.
  func admit(_ channel: any Channel) -> Bool {
    let key = ObjectIdentifier(channel)
    let isAdmitted = state.withLock { state in
      guard !state.isClosed, state.open.count < limit else { return false }
      state.open[key] = channel
      return true
    }
    if isAdmitted {
      channel.closeFuture.whenComplete { [self] _ in state.withLock { $0.open[key] = nil } }
    }
    return isAdmitted
  }

  /// Closes what is open and admits nothing more.
  func close() async {
    let open = state.withLock { state in
      state.isClosed = true
      return Array(state.open.values)
    }
    for channel in open { try? await channel.close() }
  }
}

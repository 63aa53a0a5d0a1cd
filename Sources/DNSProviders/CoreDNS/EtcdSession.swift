import Synchronization

/// What calls to etcd have in common: the endpoint that answered last, and the token.
final class EtcdSession: Sendable {
  private struct State {
    var preferred = 0
    var token: String?
  }

  let endpoints: [String]
  private let state = Mutex(State())

  init(endpoints: [String]) { self.endpoints = endpoints }

  /// The token of the last authentication; empty where etcd wants none, nil when none was asked for yet.
  var token: String? {
    get { state.withLock { $0.token } }
    set { state.withLock { $0.token = newValue } }
  }

  /// The start of a call, at the endpoint that answered last.
  func attempt() -> EtcdAttempt { EtcdAttempt(self, first: state.withLock { $0.preferred }) }

  fileprivate func prefer(_ index: Int) { state.withLock { $0.preferred = index } }
}

/// Which endpoint one call goes to: the next in order whenever one did not answer, or could not do it.
final class EtcdAttempt: Sendable {
  private struct State {
    var index: Int
    var mustMove = false
  }

  private let session: EtcdSession
  private let state: Mutex<State>

  fileprivate init(_ session: EtcdSession, first: Int) {
    self.session = session
    state = Mutex(State(index: first))
  }

  /// The endpoint for the next try; nil when there is none.
  func endpoint() -> String? {
    guard !session.endpoints.isEmpty else { return nil }
    return state.withLock { state in
      if state.mustMove { state.index += 1 }
      // Whoever answers takes this back.
      state.mustMove = true
      return session.endpoints[state.index % session.endpoints.count]
    }
  }

  /// The endpoint answered for itself: what is tried again goes there again.
  func answered() {
    let index = state.withLock { state in
      state.mustMove = false
      return state.index % session.endpoints.count
    }
    session.prefer(index)
  }
}

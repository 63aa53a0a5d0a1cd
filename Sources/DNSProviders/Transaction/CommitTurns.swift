/// Lets commits go one at a time, the urgent ones first: for providers that cannot compare and write at once.
actor CommitTurns {
  private var isBusy = false
  private var waiting: [(isUrgent: Bool, go: CheckedContinuation<Void, Never>)] = []

  /// Waits for its turn; ``leave()`` must be called in the end.
  func take(isUrgent: Bool) async {
    guard isBusy else {
      isBusy = true
      return
    }
    await withCheckedContinuation { go in
      let index = isUrgent ? waiting.firstIndex { !$0.isUrgent } : nil
      waiting.insert((isUrgent, go), at: index ?? waiting.count)
    }
  }

  func leave() {
    if waiting.isEmpty { isBusy = false } else { waiting.removeFirst().go.resume() }
  }
}

extension Registry {
  /// One page of the objects of a kind.
  ///
  /// - Parameter current: the newest state that may be shown; nil means after the last write.
  /// - Throws: 410 when the state that is asked for is forgotten, 504 when it is yet to come.
  package func list(
    _ kind: ResourceKind, _ selection: Selection, _ options: ListOptions = ListOptions(), at current: UInt64? = nil
  ) throws(APIError) -> ListPage {
    let current = current ?? store.revision
    let revision = try revision(of: options, current: current)
    let last = options.token?.last
    let labelled = selection.labels.pinned.flatMap {
      store.objects(bearing: $0, of: kind.id, in: selection.namespace, after: last, at: revision)
    }
    guard let objects = labelled ?? store.objects(of: kind.id, in: selection.namespace, after: last, at: revision)
    else { throw options.token.map(APIError.expiredContinuation) ?? .expiredList }
    let limit = options.limit.map { max(1, $0) } ?? .max
    var page = ListPage(objects: [], revision: revision)
    var beyond = 0
    for object in objects where selection.contains(object) {
      if page.objects.count < limit { page.objects.append(object) } else { beyond += 1 }
    }
    if beyond > 0, let last = page.objects.last {
      let isWhole = selection.labels == .everything && selection.fields == .everything
      page.remaining = isWhole ? beyond : nil
      page.continueToken = ContinueToken(
        revision: page.revision, last: ObjectName(namespace: last.namespace, name: last.name))
    }
    return page
  }

  private func revision(of options: ListOptions, current: UInt64) throws(APIError) -> UInt64 {
    if let token = options.token {
      guard let revision = token.revision else { return current }
      guard revision <= current else { throw .expiredContinuation(token) }
      return revision
    }
    switch options.state {
    case .mostRecent: return current
    case .notOlderThan(let revision):
      guard revision <= current else { throw .tooLarge(revision: revision, current: current) }
      return current
    case .exactly(let revision):
      guard revision <= current else { throw .tooLarge(revision: revision, current: current) }
      return revision
    }
  }
}

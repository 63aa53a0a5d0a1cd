import Glibc

/// Runs blocking work on a thread of its own, away from the cooperative pool.
func onOwnThread(_ work: @escaping @Sendable () -> Void) {
  final class Box: Sendable {
    let work: @Sendable () -> Void
    init(_ work: @escaping @Sendable () -> Void) { self.work = work }
  }
  var thread = pthread_t()
  let context = Unmanaged.passRetained(Box(work)).toOpaque()
  let started = pthread_create(
    &thread, nil,
    { context in
      if let context { Unmanaged<Box>.fromOpaque(context).takeRetainedValue().work() }
      return nil
    }, context)
  if started == 0 { pthread_detach(thread) } else { Unmanaged<Box>.fromOpaque(context).release() }
}

/// The outcome of blocking work done on a thread of its own.
func blocking<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
  let done = Signal<Value>()
  onOwnThread { done.give(work()) }
  return await done.value
}

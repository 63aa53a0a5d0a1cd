/// How far one cluster is with one federated service.
package enum ShardState: Sendable, Hashable {
  /// The shard is as the federation wants it, or gone as it wants it.
  case inStep
  /// Not there yet: the cluster has not been read, or something waits its turn.
  case pending
  /// The shard stays until its addresses have left DNS.
  case leavingDNS
  /// The cluster does not do what it is asked: a word for the kind of refusal and one line.
  case refused(reason: String, message: String)
  /// The cluster cannot be reached: one line.
  case unreachable(String)
}

extension ShardState {
  /// What is said to people when the shard is not as it should be; nil while there is nothing to say.
  package var complaint: (reason: String, message: String)? {
    switch self {
    case .inStep, .pending, .leavingDNS: nil
    case .refused(let reason, let message): (reason, message)
    case .unreachable(let message): ("Unreachable", message)
    }
  }
}

package import Federation

/// A server of record that holds a zone: reads it, and changes one service's names in one transaction.
///
/// Providers decide nothing: what to write, and whether it is safe, was decided by the plan. They refuse to answer with
/// part of a zone (rule whole-reads) and to write when the generation is not the expected one (rule fenced).
package protocol DNSProvider: Sendable {
  /// The word that the configuration uses: `rfc2136`, `embedded`, …
  var kind: String { get }

  /// What keeps a late commit from overwriting a newer one.
  var fence: Fence { get }

  /// Whether every request counts against a limit that others share, so that the zone is read seldom.
  var isMetered: Bool { get }

  /// The zone that is written to.
  var zone: DomainName { get }

  /// How many commits, each of another service, are best under way at once: 1 where they would only wait for one another
  /// at the server or be refused because of one another.
  var concurrentCommits: Int { get }

  /// Reads every record set of the zone that zonetop can understand.
  ///
  /// - Throws: ``ProviderError`` when the whole zone could not be had; never a part of it.
  func readZone() async throws(ProviderError) -> ZoneContents

  /// Reads what is held at the given names and the service's mark, and nothing else.
  func read(_ service: ServiceKey, names: [DomainName]) async throws(ProviderError) -> ZoneContents

  /// Applies one service's changes in one transaction, fenced by its generation.
  ///
  /// A commit whose reply was lost may be sent again: it then fails with ``ProviderError/Code/fenced``, and a read
  /// tells that the generation is already the new one.
  ///
  /// - Returns: what the provider calls the change, for ``acknowledgement(of:)``; nil where it gives changes no names.
  @discardableResult
  func commit(_ batch: Batch) async throws(ProviderError) -> String?

  /// Whether the provider tells how far it has carried a change to its own name servers.
  var acknowledges: Bool { get }

  /// How far the provider says that it has carried a change: to be shown to people who ask, at the cost of one request.
  ///
  /// It says nothing about what is served (rule read-back): nothing is decided by it.
  ///
  /// - Returns: nil where the provider does not tell, or knows the change no more.
  func acknowledgement(of change: String) async throws(ProviderError) -> Acknowledgement?
}

extension DNSProvider {
  package var isMetered: Bool { false }
  package var concurrentCommits: Int { 1 }
  package var acknowledges: Bool { false }
  package func acknowledgement(of change: String) async throws(ProviderError) -> Acknowledgement? { nil }
}

/// A provider's own word for how far it has carried a change to its name servers.
package enum Acknowledgement: String, Hashable, Sendable {
  /// Route 53: accepted, and not yet sent to all of its name servers.
  case route53Pending = "PENDING"
  /// Route 53: sent to all of its name servers.
  case inSync = "INSYNC"
  /// Cloud DNS: accepted, and not yet sent.
  case pending
  /// Cloud DNS: sent, which does not mean served.
  case done
}

/// One service's changes and the fence they must pass.
package struct Batch: Sendable, Hashable {
  package var service: ServiceKey
  /// Where the service's mark stands.
  package var markName: DomainName
  /// The mark that must be there now; nil when there must be none.
  package var expected: OwnershipMark?
  /// The mark that is there afterwards; nil removes it, when the service is deleted.
  package var next: OwnershipMark?
  /// In the plan's order; providers put deletes before adds within a name.
  package var changes: [Change]
  /// Whether it takes out addresses that do not serve: such batches go first where a provider takes few requests.
  package var isUrgent: Bool

  package init(
    service: ServiceKey, markName: DomainName, expected: OwnershipMark?, next: OwnershipMark?, changes: [Change],
    isUrgent: Bool = false
  ) {
    self.service = service
    self.markName = markName
    self.expected = expected
    self.next = next
    self.changes = changes
    self.isUrgent = isUrgent
  }
}

/// Why a provider did not do what was asked: a code for programs and a sentence for people.
package struct ProviderError: Error, Hashable, Sendable, CustomStringConvertible {
  package var code: Code
  /// One line: what, why, what to do. Never a secret.
  package var description: String

  package enum Code: String, Sendable {
    /// Nobody answered: safe to try again later.
    case unreachable
    /// The credentials were refused.
    case unauthorized
    /// The fence did not hold: somebody else has written since.
    case fenced
    /// The server refused the change itself.
    case refused
    /// The answer was cut short or not understood: nothing was read.
    case incomplete
    /// Asked to wait.
    case throttled
    /// What was asked for is not known there.
    case gone
  }

  package init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }
}

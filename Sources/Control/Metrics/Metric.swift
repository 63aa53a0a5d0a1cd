/// This is what a metric is called, what it means, and how it grows: the table of all metrics is in
/// ``Metric`` itself, one member each.
package struct Metric: Sendable, Hashable {
  package var name: String
  package var help: String
  package var kind: Kind

  package enum Kind: String, Sendable, Hashable {
    /// Only grows while the process lives.
    case counter
    case gauge
    /// Buckets with upper bounds in seconds, a sum and a count.
    case histogram
  }

  private init(_ kind: Kind, _ name: String, _ help: String) {
    self.kind = kind
    self.name = "zonetop_\(name)"
    self.help = help
  }

  // MARK: What is published. Labels: service (namespace/name), level (global, region, zone), type (A, AAAA, CNAME).

  package static let recordSets = Metric(
    .gauge, "published_record_sets", "Record sets of ours that the provider holds, by service and level.")
  package static let addresses = Metric(
    .gauge, "published_addresses", "Addresses in record sets of ours, each counted once a service and level.")
  package static let generation = Metric(
    .gauge, "generation", "Generation of a service's names as last read or committed; 0 when nothing is published.")
  package static let shards = Metric(
    .gauge, "shards", "Shards of a service by state: serving, or not serving for the reason that is named.")
  package static let held = Metric(.gauge, "held", "Changes that a safety rule stops now, by rule.")
  package static let pinned = Metric(
    .gauge, "rolled_back", "1 while a rollback keeps a service at an earlier generation.")
  package static let inStep = Metric(
    .gauge, "in_step", "1 while what is published is what should be, and everything has been read.")
  package static let orders = Metric(.gauge, "orders", "Standing cordons and drains, by kind.")

  // MARK: What is observed. Labels: cluster.

  package static let clusterReady = Metric(.gauge, "cluster_ready", "1 while the cluster answers its probes as ready.")
  package static let observationAge = Metric(
    .gauge, "observation_age_seconds", "Seconds since the cluster last said anything; absent if it never did.")
  package static let probes = Metric(.counter, "cluster_probes_total", "Probes of a cluster's API, by result.")
  package static let providerAge = Metric(
    .gauge, "provider_read_age_seconds", "Seconds since the whole zone was last read; absent if it never was.")
  package static let settled = Metric(.gauge, "settled", "1 once everything needed to plan is known.")
  package static let revision = Metric(.counter, "snapshot_revision", "Changes of the picture that screens show.")

  // MARK: What is done.

  package static let leaseHeld = Metric(.gauge, "lease_held", "1 while this process is the one that writes DNS.")
  package static let providerCalls = Metric(
    .counter, "provider_calls_total", "Calls of the DNS provider, by operation and result (throttled among them).")
  package static let commitSeconds = Metric(
    .histogram, "commit_duration_seconds", "How long the provider took to commit a service's batch.")
  package static let convergenceSeconds = Metric(
    .histogram, "convergence_seconds",
    "From the observation that called for a change until every name server served it.")
  package static let apiRequests = Metric(
    .counter, "kubernetes_requests_total", "Requests to Kubernetes APIs, by verb and answer (2xx, 4xx, 5xx, none).")
  package static let watches = Metric(
    .counter, "kubernetes_watches_total", "Watches that were opened; each but the first of a collection is a restart.")
  package static let auditBacklog = Metric(
    .gauge, "audit_backlog", "Audit entries that the federation API has not taken yet.")
  package static let auditWritten = Metric(
    .counter, "audit_written_total", "Audit entries that the federation API has taken.")
  package static let auditFailures = Metric(
    .counter, "audit_failures_total",
    "Times the federation API did not take audit entries; they are kept and tried again.")
  package static let auditDropped = Metric(
    .counter, "audit_dropped_total", "Audit entries lost because the federation API was away for too long.")
  package static let loopAge = Metric(
    .gauge, "loop_age_seconds", "Seconds since a loop of the controller last came round, by loop.")

  // MARK: The process itself.

  package static let residentMemory = Metric(.gauge, "process_resident_memory_bytes", "Resident memory.")
  package static let cpuSeconds = Metric(.counter, "process_cpu_seconds_total", "User and system CPU time.")
  package static let openFiles = Metric(.gauge, "process_open_fds", "Open file descriptors.")
  package static let startTime = Metric(
    .gauge, "process_start_time_seconds", "When the process began, in seconds since 1970.")
}

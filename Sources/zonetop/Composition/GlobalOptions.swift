import ArgumentParser
import Federation

/// The options that every command takes.
struct GlobalOptions: ParsableArguments {
  @Option(help: "The configuration; default: $XDG_CONFIG_HOME/zonetop/config.yaml.") var config: String?
  @Option(help: "Kubeconfig file; default: $KUBECONFIG, else ~/.kube/config.") var kubeconfig: String?
  @Option(help: "The kubeconfig context of the federation API, instead of the configuration's api.context.")
  var context: String?
  @Option(name: [.customShort("n"), .long], help: "The namespace of services that are named without one.")
  var namespace = "default"

  /// A service as people write it: `NAMESPACE/NAME`, or `NAME` in the namespace of `-n`.
  func service(_ text: String) throws -> ServiceKey {
    if let key = ServiceKey(text.contains("/") ? text : "\(namespace)/\(text)") { return key }
    throw Failure(.usage, "\(cleanLine(text)) is no service; write NAMESPACE/NAME")
  }
}

import ArgumentParser

/// The command line: one file a command under `Commands/`, nothing decided here.
@main
struct Zonetop: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "zonetop",
    abstract: "top for the zones of a federated service: what serves where, what every name resolves to, and why.",
    discussion: """
      EXAMPLES
        zonetop demo                                  a whole federation, simulated in this process
        zonetop                                       the dashboard on the federation of your configuration
        zonetop status                                the same, as a table
        zonetop trace nginx.mynamespace.myfederation.svc.us-central1-f.example.com
        zonetop drain zone/us-central1-b --reason "rack power" --for 45m

      The configuration is $XDG_CONFIG_HOME/zonetop/config.yaml, or --config FILE.
      Exit codes: 0 done; 1 failed; 2 usage; 3 --check found something; 4 refused by a safety rule; 5 not reachable.
      """,
    version: Version.text,
    subcommands: [
      Top.self, Demo.self, Replay.self, Status.self, TraceCommand.self, Plan.self, Records.self, ZoneCommand.self,
      Reconcile.self,
      CordonCommand.self,
      Drain.self, WhatIf.self, Uncordon.self, Cordons.self, Doctor.self, History.self, Clusters.self,
      ControllerCommand.self, Probe.self, APIServerCommand.self, ThemeCommand.self, Version.self,
    ],
    defaultSubcommand: Top.self)

  static func main() async {
    do {
      var command = try parseAsRoot(commandFirst(Array(CommandLine.arguments.dropFirst())))
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
      Departure.leave(0)
    } catch let failure as Failure {
      failure.print()
      Departure.leave(failure.code.rawValue)
    } catch {
      let code = exitCode(for: error)
      let message = fullMessage(for: error)
      if !message.isEmpty { (code == .success ? FileOutput.standard : .error).write(message + "\n") }
      // ArgumentParser's own exit code for usage is 64; the contract says 2.
      Departure.leave(code == .validationFailure ? Failure.Code.usage.rawValue : code.rawValue)
    }
  }

  /// Lets the options that every command takes stand before the command too: `zonetop --config FILE status`.
  private static func commandFirst(_ arguments: [String]) -> [String] {
    let names = Set(configuration.subcommands.map { $0._commandName } + ["help"])
    var index = 0
    while index < arguments.count, arguments[index].hasPrefix("-") {
      let takesValue = ["--config", "--kubeconfig", "--context", "--namespace", "-n"].contains(arguments[index])
      index += takesValue ? 2 : 1
    }
    guard index > 0, index < arguments.count, names.contains(arguments[index]) else { return arguments }
    return [arguments[index]] + arguments[..<index] + arguments[(index + 1)...]
  }
}

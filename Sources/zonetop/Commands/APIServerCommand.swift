import ArgumentParser
import Control
import JSON

struct APIServerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apiserver",
    abstract: "Serve the federation API: a Kubernetes API endpoint for kubectl, the controller and the dashboard.",
    discussion: """
      Serves over TLS until TERM or INT, with an authority of its own, and prints one JSON line when it is ready. Beside
      the store lies STORE.pki, readable by you alone: ca.crt, the kubeconfigs admin, operator, viewer and controller
      (context federation-cluster), and tokens.csv. Who has a role: the groups zonetop:viewers, zonetop:operators,
      zonetop:editors, zonetop:controllers, zonetop:probes and system:masters.

      EXAMPLES
        zonetop apiserver
        zonetop apiserver --listen 127.0.0.1:8443 --store /var/lib/zonetop/federation.sqlite --kubeconfig-dir .
        kubectl --kubeconfig admin.kubeconfig get services -A
        zonetop apiserver token create --user alice --group zonetop:operators
      """,
    subcommands: [Serve.self, Token.self], defaultSubcommand: Serve.self)

  /// Where the store is, for the server and for what is done to its files.
  struct StoreOptions: ParsableArguments {
    @Option(help: "The store; default: what the configuration says, else $XDG_STATE_HOME/zonetop/federation.sqlite.")
    var store: String?
    @Option(help: "The configuration whose api.embedded section is used; default: none.") var config: String?

    /// Where the API listens unless `--listen` says otherwise, and where its store is.
    func place() throws -> EmbeddedAPIPlace {
      var place = EmbeddedAPIPlace(host: "127.0.0.1", port: 8443, store: "")
      if let config {
        var global = GlobalOptions()
        global.config = config
        guard case .embedded(let settings) = try Session.configuration(global).api else {
          throw Failure(
            .failed, "\(config) names no embedded API; write `api: { embedded: { … } }` or leave --config out")
        }
        place = try EmbeddedAPIPlace(settings)
      }
      if let store {
        place.store = store
      } else if place.store.isEmpty {
        place.store = try EmbeddedAPIPlace.standardStore()
      }
      return place
    }
  }

  struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Serve until TERM or INT (the default).",
      discussion: """
        EXAMPLES
          zonetop apiserver serve --listen [::]:8443
        """)

    @OptionGroup var files: StoreOptions
    @Option(help: "ADDRESS:PORT; port 0 takes a free one. Default: what the configuration says, else 127.0.0.1:8443.")
    var listen: String?
    @Option(help: "Where the kubeconfigs are put besides STORE.pki.") var kubeconfigDir: String?

    func run() async throws {
      var place = try files.place()
      if let listen { place = try EmbeddedAPIPlace(listen: listen, store: place.store) }
      let signals = StopSignals()
      let api = try await EmbeddedAPI.start(place, kubeconfigFolder: kubeconfigDir)
      let line: JSONValue = [
        "ready": true, "api": .string(api.url), "store": .string(place.store),
        "kubeconfig": .string("\(kubeconfigDir ?? api.keys.path)/admin.kubeconfig"),
      ]
      FileOutput.standard.write(line.text() + "\n")
      await signals.wait()
      await api.stop()
    }
  }

  struct Token: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Bearer tokens, for what cannot show a certificate.", subcommands: [Create.self])

    struct Create: ParsableCommand {
      static let configuration = CommandConfiguration(
        abstract: "Make a token and print it, once. The file keeps its hash; a running server takes it at once.",
        discussion: """
          EXAMPLES
            zonetop apiserver token create --user alice --group zonetop:operators
            zonetop apiserver token create --user zonetop:probe:rack1 --group zonetop:probes
          """)

      @OptionGroup var files: StoreOptions
      @Option(help: "Who the bearer is.") var user: String
      @Option(help: "A group of the user, once for each.") var group: [String] = []

      func run() throws {
        let place = try files.place()
        FileOutput.standard.write(try KeyFolder(store: place.store).addToken(user: user, groups: group) + "\n")
      }
    }
  }
}

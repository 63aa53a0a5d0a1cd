package import Control
import Federation
package import Terminal

/// Runs the dashboard on a screen until the operator leaves or the screen ends: the only place here that acts.
package struct DashboardSession: Sendable {
  private let controller: (any FederationController)?
  private let screen: any DashboardScreen
  private let themes: [Theme]
  private let time: DashboardTime
  private let command: @Sendable (String) async -> Answer
  private let reload: @Sendable () async -> Reloaded
  private let save: @Sendable (_ path: String, _ text: String) async -> Answer
  private let warnings: AsyncStream<String>?

  /// What the configuration says now, or why it cannot be read.
  package enum Reloaded: Sendable {
    case options(DashboardOptions, [Theme])
    case failed(String)
  }

  /// What came of a command line that the dashboard does not know itself.
  package struct Answer: Sendable {
    var kind: Toast.Kind
    var text: String

    package init(_ kind: Toast.Kind, _ text: String) {
      self.kind = kind
      self.text = text
    }
  }

  /// - Parameters:
  ///   - controller: nil for a replay, which has nobody to ask.
  ///   - command: Does what `:` could not be told apart from: `chaos …` in the demo.
  ///   - reload: Reads the configuration's dashboard section and the themes again.
  ///   - save: Writes a report to a file that is not there yet.
  ///   - warnings: What goes wrong off screen, in one line each.
  package init(
    controller: (any FederationController)?, screen: any DashboardScreen, themes: [Theme], time: DashboardTime,
    warnings: AsyncStream<String>? = nil, command: @escaping @Sendable (String) async -> Answer,
    reload: @escaping @Sendable () async -> Reloaded,
    save: @escaping @Sendable (_ path: String, _ text: String) async -> Answer
  ) {
    self.controller = controller
    self.screen = screen
    self.themes = themes
    self.time = time
    self.command = command
    self.reload = reload
    self.save = save
    self.warnings = warnings
  }

  /// Returns when the operator quits, when the screen has ended, or when the task is cancelled. The screen is not
  /// closed.
  package func run(options: DashboardOptions, view: ViewKind) async {
    await run(DashboardState(options: options, size: screen.size, now: time.now(), view: view))
  }

  /// Goes on from a state: of a replay, say.
  package func run(_ state: DashboardState) async {
    let box = MessageBox()
    var loop = DashboardLoop(state: state, themes: themes)
    await withDiscardingTaskGroup { group in
      group.addTask { [screen] in
        for await events in screen.inputs { for event in events { box.put(.input(event)) } }
        box.finish()
      }
      group.addTask { [controller] in
        guard let controller else { return }
        for await snapshot in controller.snapshots() { box.put(.snapshot(snapshot)) }
      }
      group.addTask { [warnings] in
        guard let warnings else { return }
        for await line in warnings { box.put(.notice(.warning, line)) }
      }
      group.addTask { [time] in
        // Clocks and countdowns show seconds; nothing is drawn when no cell has changed.
        while (try? await time.sleep(.seconds(1))) != nil { box.ring() }
      }
      box.ring()
      for await _ in box.rings {
        if let pause = loop.pause(now: time.now()) { try? await time.sleep(pause) }
        let effects = loop.take(box.take(), now: time.now())
        for effect in effects { perform(effect, in: &group, answer: box) }
        if effects.contains(.quit) { break }
        if let frame = loop.frame(now: time.now()) { screen.show(frame) }
      }
      group.cancelAll()
    }
  }

  private func perform(_ effect: Effect, in group: inout DiscardingTaskGroup, answer box: MessageBox) {
    switch effect {
    case .perform(let intent):
      guard let controller else { return }
      group.addTask { box.put(.performed(intent, await controller.perform(intent))) }
    case .preview(let change):
      guard let controller else { return }
      group.addTask { box.put(.previewed(await controller.preview(change))) }
    case .trace(let name, let type):
      guard let controller else { return }
      group.addTask { box.put(.traced(await controller.trace(name, type: type))) }
    case .command(let line):
      group.addTask { [command] in
        let answer = await command(line)
        box.put(.notice(answer.kind, answer.text))
      }
    case .save(let path, let text):
      group.addTask { [save] in
        let answer = await save(path, text)
        box.put(.notice(answer.kind, answer.text))
      }
    case .copy(let text): screen.copy(text)
    case .redraw: screen.redraw()
    case .bell: screen.ring()
    case .reload:
      group.addTask { [reload] in
        switch await reload() {
        case .options(let options, let themes): box.put(.reloaded(options, themes))
        case .failed(let why): box.put(.notice(.error, "nothing was read again: \(why)"))
        }
      }
    case .quit: break
    }
  }
}

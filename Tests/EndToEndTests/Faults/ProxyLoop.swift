import Glibc

/// The one thread of a proxy: all its connections in one loop of `poll`.
struct ProxyLoop {
  private let proxy: FaultyProxy
  private let listener: Int32
  private var connections: [ProxiedConnection] = []
  private var changes = 0
  private var buffer = [UInt8](repeating: 0, count: 65_536)

  init(_ proxy: FaultyProxy, _ listener: Int32) {
    self.proxy = proxy
    self.listener = listener
  }

  mutating func run() {
    while !proxy.isOver {
      let (fault, changes) = proxy.current
      if changes != self.changes {
        self.changes = changes
        change(to: fault)
      }
      var polled = [pollfd(fd: listener, events: Int16(POLLIN), revents: 0)]
      for connection in connections {
        polled.append(pollfd(fd: connection.client, events: connection.events(fault), revents: 0))
        polled.append(pollfd(fd: connection.server, events: connection.server < 0 ? 0 : Int16(POLLIN), revents: 0))
      }
      poll(&polled, nfds_t(polled.count), 10)
      // From the newest on, so that those before keep their places while some go.
      for index in connections.indices.reversed() {
        let isClient = polled[1 + 2 * index].revents != 0
        let isServer = polled[2 + 2 * index].revents != 0
        if isClient, !connections[index].readClient(&buffer, fault, server: proxy.server) {
          close(index)
        } else if isServer,
          !connections[index].readServer(&buffer, fault)
        {
          close(index)
        } else if !connections[index].flush(fault) {
          close(index)
        }
      }
      if polled[0].revents != 0 { accept(fault) }
    }
    for index in connections.indices.reversed() { close(index) }
    Glibc.close(listener)
  }

  /// What stands is ended where the new fault could not be seen by it; a deaf door only falls silent.
  private mutating func change(to fault: FaultyProxy.Fault) {
    switch fault {
    case .deaf, .slow, .throttled: break
    case .none, .reset, .halfClosed, .status, .emptyLists:
      for index in connections.indices.reversed() { close(index) }
    }
  }

  private mutating func accept(_ fault: FaultyProxy.Fault) {
    let client = Glibc.accept(listener, nil, nil)
    guard client >= 0 else { return }
    if fault == .reset {
      ProxiedConnection.reset(client)
      return
    }
    connections.append(ProxiedConnection(client: client))
  }

  private mutating func close(_ index: Int) { connections.remove(at: index).end() }
}

import Federation
package import HTTPTransport

/// A provider's API over HTTP: paced, tried again where that is safe, with errors of one line that hold no secret.
package struct ProviderAPI: Sendable {
  package let transport: HTTPTransport
  package let pace: RequestPace
  private let sleep: @Sendable (Duration) async throws -> Void

  /// How often a request is sent at most.
  private static let tries = 6
  /// The longest answer that is read: a page of 300 record sets has about 100 kB, a whole zone at once some tens of MB.
  private static let longestAnswer = 256 << 20

  /// - Parameter clock: waits between tries; a test's own goes by hand.
  package init(transport: HTTPTransport, rate: AdaptiveRate, clock: some Clock<Duration>) {
    self.transport = transport
    pace = RequestPace(rate, clock: clock)
    sleep = { try await clock.sleep(for: $0) }
  }

  /// Sends a call until it was done, or it is clear that it will not be.
  ///
  /// - Parameter renew: called once when the credentials have run out, before the call is made again.
  package func send(
    _ call: ProviderCall, renew: (@Sendable () async -> Void)? = nil
  ) async throws(ProviderError) -> ProviderAnswer {
    var failure = ProviderError(.unreachable, "\(call.subject): not tried")
    var renewal = renew
    for round in 0..<Self.tries {
      guard await pace.turn(call.urgency) else {
        throw ProviderError(.unreachable, "\(call.subject): cancelled before it was sent")
      }
      var wait = Self.pause(after: round)
      let (judgement, answer) = await ask(call, try await call.make())
      switch judgement {
      case .done:
        await pace.accepted()
        if let answer { return answer }
      case .failed(let error): throw error
      case .throttled(let error):
        await pace.refused()
        failure = error
      case .busy(let error): failure = error
      case .doubtful(let error):
        guard call.isRepeatable else { throw Self.doubt(error) }
        failure = error
      case .expired(let error):
        guard let renew = renewal else { throw error }
        renewal = nil
        await renew()
        wait = .zero
        failure = error
      }
      if let asked = answer?.retryAfter { wait = max(wait, asked) }
      guard round + 1 < Self.tries else { break }
      if wait > .zero, (try? await sleep(wait)) == nil { break }
    }
    throw failure
  }

  private func ask(
    _ call: ProviderCall, _ request: HTTPRequest
  ) async -> (ProviderCall.Judgement, ProviderAnswer?) {
    do throws(HTTPError) {
      let response = try await transport.send(request)
      let body = try await response.body.collect(upTo: Self.longestAnswer)
      let answer = ProviderAnswer(status: response.status, headers: response.headers, body: body)
      return (call.judge(answer), answer)
    } catch {
      let failure = ProviderError(
        error.code == .tls || error.code == .invalidRequest ? .unauthorized : .unreachable,
        "\(call.subject): \(error.description)")
      switch error.code {
      case .tls, .invalidRequest, .cancelled, .tooLarge: return (.failed(failure), nil)
      // The connection never stood, so that nothing can have happened.
      case .resolve, .refused, .proxy, .timeout: return (.busy(failure), nil)
      case .silent, .truncated, .protocol, .internal: return (.doubtful(failure), nil)
      }
    }
  }

  private static func doubt(_ error: ProviderError) -> ProviderError {
    ProviderError(
      .unreachable, "\(error.description); it may have been done all the same: read again before the next")
  }

  /// 200 ms, doubled from try to try, at most 5 s, and at random half of that or more, so that writers do not keep step.
  private static func pause(after round: Int) -> Duration {
    min(.milliseconds(200 << min(round, 5)), .seconds(5)) * Double.random(in: 0.5..<1)
  }
}

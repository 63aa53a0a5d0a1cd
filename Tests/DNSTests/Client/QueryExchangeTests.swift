import Federation
import Testing

@testable import DNS

struct QueryExchangeTests {
  private let server = ServerAddress(address: .v4(0x7F00_0001), port: 53)
  private let query = Message.query(Samples.question, id: 4711, flags: [], edns: .standard)

  private func judge(_ message: Message, from sender: ServerAddress? = nil) throws -> Message? {
    var exchange = QueryExchange(query: query, server: server, attempts: [.seconds(1)])
    return try message.encoded().withUnsafeBytes { exchange.answer(in: $0, from: sender ?? server) }
  }

  @Test func asksAsOftenAsItWasTold() {
    var exchange = QueryExchange(query: query, server: server, attempts: [.seconds(1), .seconds(2)])
    #expect(exchange.next() == .send(thenWait: .seconds(1)))
    #expect(exchange.next() == .send(thenWait: .seconds(2)))
    #expect(exchange.next() == .giveUp)
  }

  @Test func takesItsAnswerOnly() throws {
    let answer = query.reply(.noError)
    #expect(try judge(answer) == answer)
    var other = answer
    other.id = 4712
    #expect(try judge(other) == nil, "another id")
    other = answer
    other.question = Question(name: Samples.name, type: .aaaa)
    #expect(try judge(other) == nil, "another question")
    other.question = nil
    #expect(try judge(other) == nil, "no question")
    other.responseCode = .formatError
    #expect(try judge(other) == other, "an error may leave the question out")
    #expect(try judge(query) == nil, "the question itself")
    #expect(try judge(answer, from: ServerAddress(address: server.address, port: 54)) == nil, "another port")
    #expect(try judge(answer, from: ServerAddress(address: .v4(1), port: 53)) == nil, "another address")
    #expect(try judge(query.reply(.nameError))?.responseCode == .nameError, "an error is an answer")
  }
}

/// What a name server sends back for one message that came in.
enum Reply {
  /// Nothing: what came in was not a question.
  case none
  case message([UInt8])
  /// Many messages, made one by one as the reader takes them.
  case transfer(OutgoingTransfer)
}

/// One step of a history: who does what.
enum Move {
  case hear(writer: Int, cluster: Int)
  case hearDeletion(writer: Int)
  case plan(writer: Int)
  case deliver(slot: Int)
  case deliverLosingReply(slot: Int)
  case giveUp(writer: Int)
  case namesArrive(writer: Int)
  case namesLost(writer: Int)
  case beginPoll(writer: Int)
  case pollArrives(writer: Int)
  case waited(writer: Int)
  case crash(writer: Int)
  case start(writer: Int)
}

/// Cleans text for one line of a screen, a log or an error: ``cleanText(_:limit:)`` with the room that a line has.
package func cleanLine(_ text: some StringProtocol) -> String { cleanText(text, limit: 256) }

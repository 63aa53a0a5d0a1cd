import Federation

/// The seconds of a duration, towards zero.
func wholeSeconds(_ duration: Duration) -> Int64 { duration.components.seconds }

/// How long ago, in one unit and at most three characters while below a thousand days: `2s`, `4m`, `3h`, `12d`.
func ageText(_ duration: Duration) -> String {
  let seconds = max(0, wholeSeconds(duration))
  if seconds < 100 { return "\(seconds)s" }
  if seconds < 6_000 { return "\(seconds / 60)m" }
  if seconds < 172_800 { return "\(seconds / 3_600)h" }
  return "\(seconds / 86_400)d"
}

/// How long ago something was heard that is heard every few seconds: the seconds in between are no news, and a screen that
/// counted them would never be still.
func heardText(_ duration: Duration) -> String { duration < .seconds(10) ? "now" : ageText(duration) }

/// How long since something changed, in two units: `4m 12s`.
func sinceText(_ duration: Duration) -> String {
  let seconds = max(0, wholeSeconds(duration))
  if seconds < 60 { return "\(seconds)s" }
  if seconds < 3_600 { return "\(seconds / 60)m \(seconds % 60)s" }
  if seconds < 86_400 { return "\(seconds / 3_600)h \(seconds / 60 % 60)m" }
  return "\(seconds / 86_400)d \(seconds / 3_600 % 24)h"
}

/// Since when something is as it is: the time of day, which stays as it is on screen; over half a day ago how long.
func sinceWords(_ moment: Timestamp, now: Timestamp) -> String {
  let age = now - moment
  return age < .seconds(43_200) ? "since \(clockText(moment))" : "for \(sinceText(age))"
}

/// What is left, as a clock that runs down: `2:51`, `44:51`, `1:02:03`.
func countdownText(_ duration: Duration) -> String {
  let seconds = max(0, wholeSeconds(duration))
  if seconds < 3_600 { return "\(seconds / 60):\(twoDigits(seconds % 60))" }
  return "\(seconds / 3_600):\(twoDigits(seconds / 60 % 60)):\(twoDigits(seconds % 60))"
}

/// A measured time in the unit that suits it: `0.4 ms`, `12 ms`, `1.3 s`.
func latencyText(_ duration: Duration) -> String {
  let (seconds, attoseconds) = duration.components
  let microseconds = seconds * 1_000_000 + attoseconds / 1_000_000_000_000
  if microseconds < 1_000 { return "0.\(microseconds / 100) ms" }
  if microseconds < 1_000_000 { return "\(microseconds / 1_000) ms" }
  return "\(microseconds / 1_000_000).\(microseconds / 100_000 % 10) s"
}

/// The time of day in UTC: `14:02:31`.
func clockText(_ time: Timestamp) -> String {
  let day: Int64 = 86_400
  let seconds = ((time.nanoseconds / 1_000_000_000) % day + day) % day
  return "\(twoDigits(seconds / 3_600)):\(twoDigits(seconds / 60 % 60)):\(twoDigits(seconds % 60))"
}

/// A time span as operators type it: `45m`, `1h`, `90s`, `1h30m`, `2d`; nil when it is none.
func parseSpan(_ text: String) -> Duration? {
  var total: Int64 = 0
  var digits = ""
  for character in text {
    if character.isASCII, character.isNumber {
      digits.append(character)
      continue
    }
    guard let number = Int64(digits), number < 1_000_000 else { return nil }
    switch character {
    case "s": total += number
    case "m": total += number * 60
    case "h": total += number * 3_600
    case "d": total += number * 86_400
    default: return nil
    }
    digits = ""
  }
  return digits.isEmpty && total > 0 ? .seconds(total) : nil
}

private func twoDigits(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }

/// The three heights of the name hierarchy.
package enum Level: Hashable, Sendable {
  case zone(String, region: String)
  case region(String)
  case global
}

/// What a theme says that it is good for; the rules hold it to that (see ``Theme/objections``).
package enum ThemeClaim: String, CaseIterable, Hashable, Sendable {
  /// Text has a contrast of 7, what may be overlooked 4.5.
  case highContrast
  /// The states keep apart by colour alone for these eyes.
  case protanopia, deuteranopia, tritanopia

  /// The eyes that the claim is about; nil for one about contrast.
  var vision: Vision? { Vision(rawValue: rawValue) }
}

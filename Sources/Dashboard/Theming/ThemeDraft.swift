import Documents
import Federation
import Terminal

/// A theme as its file gives it: its parent is still a name, and so are the colours of its palette.
struct ThemeDraft: Sendable {
  /// Cleaned for the screen.
  var name: String
  /// The theme that roles and colours come from which this one does not give, and where it is named.
  var parent: (name: String, place: DocumentNode)?
  var claims: Set<ThemeClaim>
  var palette: [String: Color]
  var roles: [Role: Look]
  /// Built-in themes inherit built-in ones, whatever files say.
  var isBuiltIn: Bool
  /// The whole file, for errors that concern no single place.
  var document: DocumentNode

  /// How a role looks.
  struct Look: Sendable {
    var foreground: Ink?
    var background: Ink?
    var attributes: Style.Attributes
    var colorless: Style.Attributes?
  }

  /// A colour as a role gives it.
  enum Ink: Sendable {
    case color(Color)
    /// A colour of the palette; `basic` where the role chooses its own among sixteen.
    case named(String, basic: BasicColor?, place: DocumentNode)
  }
}

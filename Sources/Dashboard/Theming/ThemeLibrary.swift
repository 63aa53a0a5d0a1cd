package import Documents
package import Terminal

/// The themes one can choose from: the built-in ones and the files `*.yaml` of some directories.
package struct ThemeLibrary: Sendable {
  package struct Entry: Sendable {
    package let theme: Theme
    /// The path of its file; nil for a built-in one.
    package let file: String?
  }

  /// By name. A file's theme takes the place of a built-in one of the same name; of two files the earlier directory's.
  package let entries: [Entry]
  /// The files that are no themes, each with its reason.
  package let problems: [DocumentError]
  private let drafts: [String: ThemeDraft]

  /// Reads every theme file of `directories`; one that cannot be read is as if it were empty. Blocks for as long as the
  /// files take to read.
  package init(directories: [String]) {
    var found: [String: (draft: ThemeDraft, file: String)] = [:]
    var problems: [DocumentError] = []
    for file in directories.flatMap(ThemeFolder.files) {
      do throws(DocumentError) {
        let draft = try ThemeDraft.parse(ThemeFolder.read(file), file: file)
        if found[draft.name] == nil { found[draft.name] = (draft, file) }
      } catch { problems.append(error) }
    }
    let drafts = found.mapValues(\.draft).merging(BuiltInThemes.drafts) { file, _ in file }
    var entries: [Entry] = []
    for name in drafts.keys.sorted() {
      do throws(DocumentError) {
        guard let theme = try drafts[name]?.resolved({ drafts[$0] }) else { continue }
        entries.append(Entry(theme: theme, file: found[name]?.file))
      } catch {
        problems.append(error)
        if let theme = BuiltInThemes.theme(name) { entries.append(Entry(theme: theme, file: nil)) }
      }
    }
    self.entries = entries
    self.problems = problems
    self.drafts = drafts
  }

  package var themes: [Theme] { entries.map(\.theme) }

  /// The theme of a name; nil when there is none.
  package subscript(name: String) -> Theme? { entries.first { $0.theme.name == name }?.theme }

  /// Reads a theme file that need not belong to the library; what it inherits does.
  ///
  /// - Parameter file: what errors call the document, usually its path.
  package func theme(_ text: String, file: String) throws(DocumentError) -> Theme {
    try ThemeDraft.parse(text, file: file).resolved { drafts[$0] }
  }
}

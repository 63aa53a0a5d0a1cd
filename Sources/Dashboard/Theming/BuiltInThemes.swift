package import Terminal

/// The theme files of `Themes/`, which are built into the program and need no file where it runs.
enum BuiltInThemes {
  /// Each file's text. A test holds the list against the folder.
  static let texts: [(file: String, bytes: [UInt8])] = [
    ("colorblind.yaml", PackageResources.colorblind_yaml),
    ("colorblind-tritan.yaml", PackageResources.colorblind_tritan_yaml),
    ("dark.yaml", PackageResources.dark_yaml),
    ("default.yaml", PackageResources.default_yaml),
    ("dracula.yaml", PackageResources.dracula_yaml),
    ("gruvbox.yaml", PackageResources.gruvbox_yaml),
    ("high-contrast.yaml", PackageResources.high_contrast_yaml),
    ("high-contrast-light.yaml", PackageResources.high_contrast_light_yaml),
    ("light.yaml", PackageResources.light_yaml),
    ("mono.yaml", PackageResources.mono_yaml),
    ("nord.yaml", PackageResources.nord_yaml),
    ("solarized-dark.yaml", PackageResources.solarized_dark_yaml),
    ("solarized-light.yaml", PackageResources.solarized_light_yaml),
  ]

  /// By name. A file that is no theme is left out; the tests see to it that there is none.
  static let drafts: [String: ThemeDraft] = {
    var drafts: [String: ThemeDraft] = [:]
    for (file, bytes) in texts {
      let text = String(decoding: bytes, as: UTF8.self)
      guard let draft = try? ThemeDraft.parse(text, file: file, isBuiltIn: true) else { continue }
      drafts[draft.name] = draft
    }
    return drafts
  }()

  /// Nil when none has that name.
  static func theme(_ name: String) -> Theme? { try? drafts[name]?.resolved { drafts[$0] } }
}

extension Theme {
  /// The built-in theme `dark`, as its file says.
  package static let dark = BuiltInThemes.theme("dark") ?? Theme(name: "dark", styles: [:])
}

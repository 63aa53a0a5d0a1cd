extension Registry {
  /// Who writes.
  package struct Writer: Hashable, Sendable {
    /// True for a controller of this process, which may set a status with the object; a client has to write the
    /// subresource.
    package var isController: Bool
    /// The field manager that becomes the owner of what is written.
    package var manager: String
    /// Why an apply by this writer may not create what is missing; nil for one who may.
    var creationRefusal: APIError?

    /// A client without a name.
    package static let client = Writer(isController: false, manager: "unknown")
    package static let controller = Writer(isController: true, manager: "zonetop")

    package static func client(as manager: String) -> Writer { Writer(isController: false, manager: manager) }
  }
}

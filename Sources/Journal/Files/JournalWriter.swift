package import Control
import Federation
import Glibc

/// How much room journals take on the disk.
package struct JournalLimits: Sendable, Hashable {
  /// A file that has so many bytes is followed by another one.
  package var fileBytes: Int
  /// All files together; the oldest go first.
  package var totalBytes: Int

  package static let standard = JournalLimits(fileBytes: 16 << 20, totalBytes: 64 << 20)

  package init(fileBytes: Int, totalBytes: Int) {
    self.fileBytes = max(1, fileBytes)
    self.totalBytes = max(fileBytes, totalBytes)
  }
}

/// Writes the journal of one dashboard: what came, as lines of files in one folder. Each file begins with a whole
/// picture, so that it can be read alone. All calls block.
package final class JournalWriter {
  static let prefix = "journal-"
  static let suffix = ".jsonl"

  /// What comes to be written.
  package enum Item: Sendable {
    case seen(FederationSnapshot)
    case entry(JournalEntry)
  }

  private let folder: JournalFolder
  private let limits: JournalLimits
  private var differ = PictureDiffer()
  private var descriptor: Int32?
  private var size = 0
  /// How long the last whole picture is, and all that came after it.
  private var (pictureSize, sincePicture) = (0, 0)
  private var count = 0
  /// The last walk of each name, without how long it took.
  private var walks = Walks()

  /// - Parameter folder: is made when it is missing; the one around it must exist.
  /// - Throws: ``JournalError`` when nothing can be written there.
  package init(folder: String, limits: JournalLimits = .standard) throws(JournalError) {
    self.folder = try JournalFolder.open(folder)
    self.limits = limits
  }

  deinit {
    if let descriptor { _ = close(descriptor) }
    folder.close()
  }

  /// Writes one item, if it says anything new: one line, whole or not at all.
  package func write(_ item: Item) throws(JournalError) {
    let entry: JournalEntry
    switch item {
    case .seen(let snapshot):
      guard let next = differ.entry(for: snapshot) else { return }
      entry = next
    case .entry(let given):
      // Nothing is understood before the first picture.
      guard differ.last != nil else { return }
      if case .trace(let trace) = given.content, !walks.isNew(trace) { return }
      entry = given
    }
    let line = entry.line
    // A file takes at least a few changes beside its picture, however large that is.
    if descriptor == nil || size + line.count >= max(limits.fileBytes, 4 * pictureSize) {
      guard let picture = differ.last else { return }
      try begin(with: picture, at: entry.time)
      // The picture says it already.
      if case .seen = item { return }
    }
    // Whole again from time to time, for whoever finds the beginning spoiled: a quarter more to write at most.
    if case .seen = item, let picture = differ.last, sincePicture > 4 * pictureSize {
      return try append(picture: picture, at: entry.time)
    }
    sincePicture += line.count
    try append(line)
  }

  private func begin(with picture: FederationSnapshot, at time: Timestamp) throws(JournalError) {
    if let descriptor { _ = close(descriptor) }
    descriptor = nil
    folder.prune(to: limits.totalBytes - limits.fileBytes)
    count += 1
    let stamp = time.description.prefix(19).filter { $0 != "-" && $0 != ":" }
    let federation = "\(picture.federation.name).\(picture.federation.domain.text)".filter {
      $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == ".")
    }.prefix(100)
    descriptor = try folder.make("\(Self.prefix)\(federation)-\(stamp)Z-\(getpid())-\(count)\(Self.suffix)")
    size = 0
    walks = Walks()
    try append(picture: picture, at: time)
  }

  private func append(picture: FederationSnapshot, at time: Timestamp) throws(JournalError) {
    let line = JournalEntry(time: time, content: .picture(picture)).line
    pictureSize = line.count
    sincePicture = 0
    try append(line)
  }

  private func append(_ line: [UInt8]) throws(JournalError) {
    guard let descriptor else { return }
    let bytes = line + [UInt8(ascii: "\n")]
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      guard written > 0 else {
        let trouble = JournalFolder.trouble("write to", folder.path)
        ftruncate(descriptor, off_t(size))
        throw trouble
      }
      rest = rest.dropFirst(written)
    }
    size += bytes.count
  }
}

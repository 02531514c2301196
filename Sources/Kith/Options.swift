import KithBase

/// How a session is opened and what it may do.
public struct Options: Sendable {
  /// Whether the book may be changed.
  public enum Access: Sendable { case read, write }

  /// The tongue of messages, headers and labels.
  public enum Language: Sendable { case english, chinese }

  /// Whether `add`, `set`, `remove` and their like may run; reading only where nothing is said.
  public var access = Access.read
  /// What would change is worked out and shown, and nothing is kept.
  public var dryRun = false
  /// Code or name of the member whose changes these are; nil leaves the log's author empty.
  public var author: String?
  public var language = Language.english
  public var limits = Limits()
  /// The day that `today` means, as `2026-11-21`; nil for the clock's day in the book's zone.
  public var evaluationDate: String?
  /// Folders that `export` may write into and `read`, `import` may read from; nil for the current folder
  /// and those below it; an empty list for none.
  public var folders: [String]?
  /// Where the relative paths of a script lead; nil for the current folder.
  public var workingFolder: String?

  /// Whether columns of a large book are kept as files in the folder `BOOK-columns`, which makes the
  /// first question of the next session quick. The folder may be deleted at any time.
  public var keepsColumns = true

  public init() {}

  var tongue: Tongue { language == .chinese ? .chinese : .english }
}

/// Bounds that end a query with a K5 error, after which the session goes on. Nil means no bound.
public struct Limits: Sendable {
  public var timeMilliseconds: Int?
  /// Rows that pass through loops, counted as often as they pass.
  public var rowsScanned: Int?
  public var memoryBytes: Int?
  public var outputRows: Int?

  public init() {}
}

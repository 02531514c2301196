import Glibc
import KithBase
package import KithModel

/// An open book. One thread at a time; the catalogue is a value and may go anywhere.
package final class Book {
  package enum Access: Sendable { case read, write }

  package let connection: Connection
  package let access: Access
  /// Nil for a book that lives in memory.
  package let path: String?
  /// What the program ships, with the fields and terms of this book.
  package internal(set) var catalogue: Catalogue

  private init(_ connection: Connection, _ access: Access, path: String?) throws {
    self.connection = connection
    self.access = access
    self.path = path
    self.catalogue = try BookCatalogue.read(connection)
  }

  /// A new book with the rows every book begins with, open for writing.
  ///
  /// Fails where something is at the path already. A book that could not be finished is removed.
  package static func create(_ path: String) throws -> Book {
    if let kind = FileKind.of(path) {
      throw kind == .folder ? StoreError.isFolder(path) : StoreError.alreadyThere(path)
    }
    // Taking the name must be one step, or two programs could both believe they made the file.
    let descriptor = Glibc.open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      let code = errno
      if code == EEXIST { throw StoreError.alreadyThere(path) }
      if code == EACCES || code == EPERM { throw StoreError.noPermission(path) }
      if code == EROFS { throw StoreError.sqlite(8, "", path: path) }
      throw StoreError.cannotCreate(path, String(cString: strerror(code)))
    }
    Glibc.close(descriptor)
    do {
      let connection = try Connection(path, .write)
      try connection.execute("PRAGMA journal_mode = WAL")
      try connection.execute("PRAGMA synchronous = NORMAL")
      try fill(connection)
      // The application id must stand in the file itself, not in its log, for other tools to see.
      try connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
      return try Book(connection, .write, path: path)
    } catch {
      for ending in ["", "-wal", "-shm", "-journal"] { unlink(path + ending) }
      throw error
    }
  }

  /// No book at all: no tables, no names. What is asked of it must not need any.
  package static func bare() throws -> Book {
    try Book(Connection(":memory:", .memory))
  }

  private init(_ connection: Connection) {
    self.connection = connection
    access = .read
    path = nil
    catalogue = Catalogue(entities: [], enumerations: [], settings: [])
  }

  /// A new book without a file, gone when it is closed.
  package static func inMemory() throws -> Book {
    let connection = try Connection(":memory:", .memory)
    try fill(connection)
    return try Book(connection, .write, path: nil)
  }

  /// Opens an existing book. A file that is no book is refused and left as it is.
  ///
  /// Opening for writing brings an older format up to date; for reading, an older format is refused
  /// only if a step is missing, which no released format is.
  package static func open(_ path: String, access: Access = .read) throws -> Book {
    switch FileKind.of(path) {
    case nil: throw StoreError.notFound(path)
    case .folder: throw StoreError.isFolder(path)
    case .file: break
    }
    guard Glibc.access(path, R_OK) == 0 else { throw StoreError.noPermission(path) }
    try checkHeader(path)
    var connection = try Connection(path, access == .read ? .read : .write)
    do {
      _ = try connection.int("SELECT count(*) FROM sqlite_master")
    } catch let problem as Diagnostic where access == .read {
      // The log of a book needs a file beside it, which cannot be made in a folder that is
      // write-protected. With no log there, the file alone is the whole book.
      let isProtected = ["K6007", "K6010", "K6013"].contains(problem.code)
      guard isProtected, FileKind.of(path + "-wal") == nil else { throw problem }
      connection = try Connection(path, .untouched)
    }
    if access == .write {
      try connection.execute("PRAGMA synchronous = NORMAL")
      guard try connection.int("PRAGMA user_version") ?? 0 <= Schema.version else {
        throw StoreError.newer(path, version: try connection.int("PRAGMA user_version") ?? 0)
      }
      try Migrations.run(connection)
    }
    try checkTables(connection, path)
    return try Book(connection, access, path: path)
  }

  private static func fill(_ connection: Connection) throws {
    try connection.transaction {
      try connection.execute("PRAGMA application_id = \(Schema.applicationID)")
      try Migrations.run(connection)
      try Migrations.addIndexes(connection)
      try Seeding.run(connection)
    }
  }

  /// Reads the header without touching the file, whoever it belongs to.
  private static func checkHeader(_ path: String) throws {
    let probe = try Connection(path, .untouched)
    let application = try probe.int("PRAGMA application_id") ?? 0
    guard application == Schema.applicationID else {
      let tables = try probe.int("SELECT count(*) FROM sqlite_master") ?? 0
      throw tables == 0 ? StoreError.notDatabase(path) : StoreError.foreign(path)
    }
    let version = try probe.int("PRAGMA user_version") ?? 0
    guard version <= Schema.version else { throw StoreError.newer(path, version: version) }
  }

  private static func checkTables(_ connection: Connection, _ path: String) throws {
    let statement = try connection.prepare("SELECT name FROM sqlite_master WHERE type = 'table'")
    var names: Set<String> = []
    while try statement.step() { if let name = statement.text(0) { names.insert(name) } }
    let missing = Catalogue.shipped.entities.first { !names.contains($0.name) }
    if let missing { throw StoreError.damaged(path, "the table '\(missing.name)' is missing") }
  }

  /// Moves whenever somebody, this connection included, has changed the book: equal versions mean
  /// equal rows. It means something only while the book is open.
  package func version() throws -> BookVersion {
    BookVersion(
      others: try connection.int("PRAGMA data_version") ?? 0, own: connection.allChangedRows)
  }

  /// Runs the body while the book stands still for it: all reads see one moment.
  package func reading<Result>(_ body: () throws -> Result) throws -> Result {
    try connection.transaction(.deferred, body)
  }

  /// Runs the body as one change of the book, all or nothing.
  package func writing<Result>(_ body: () throws -> Result) throws -> Result {
    guard access == .write else { throw StoreError.openForReading }
    return try connection.transaction(.immediate, body)
  }
}

package struct BookVersion: Hashable, Sendable {
  package var others: Int64
  package var own: Int64
}

/// What stands at a path; nil for nothing.
enum FileKind {
  case file, folder

  static func of(_ path: String) -> FileKind? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return status.st_mode & S_IFMT == S_IFDIR ? .folder : .file
  }
}

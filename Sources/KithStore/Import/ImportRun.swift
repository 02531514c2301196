import KithBase
import KithModel

/// Imports files into a book, each as one change of it: all of a file or nothing.
///
/// - Parameter progress: bytes of the file read and bytes it has, now and then; what it throws ends
///   the import and undoes the file at hand.
/// - Returns: what was done, file by file. Rows that could not be imported are in a file of their
/// own.
///
/// Errors: K6013 a book open for reading, K6020 no such entity, K7101 to K7108 for files, text,
/// mappings and options; the files before the one at fault are imported then, and the message says
/// so.
package func importFiles(
  _ options: ImportOptions, into book: Book,
  progress: @escaping (Int, Int) throws -> Void = { _, _ in }
) throws -> ImportReport {
  guard book.access == .write else { throw StoreError.openForReading }
  let names = ImportNames(catalogue: book.catalogue)
  guard let entity = names.entity(options.entity) else {
    let words = book.catalogue.entities.filter(\.importable).map(\.plural)
    throw Diagnostic(
      "K6020", "a book has no '\(options.entity)'",
      suggestions: Nearest.words(to: options.entity, among: words))
  }
  try check(options, entity)
  var report = ImportReport()
  report.dryRun = options.dryRun
  for path in options.files {
    do {
      report.files.append(try importFile(path, entity, options, book, progress))
    } catch var problem as Diagnostic {
      if !report.files.isEmpty, !options.dryRun {
        let done = report.files.map { "'\($0.path)'" }.joined(separator: ", ")
        problem.help = (problem.help.map { $0 + "; " } ?? "") + "imported before it: \(done)"
      }
      throw problem
    }
  }
  return report
}

private func check(_ options: ImportOptions, _ entity: EntitySpec) throws(Diagnostic) {
  guard entity.importable else {
    throw Diagnostic("K7107", "\(entity.plural) cannot be imported: kith keeps them itself")
  }
  guard !options.files.isEmpty else { throw Diagnostic("K7107", "an import needs a file") }
  guard options.rejectsPath == nil || options.files.count == 1 else {
    throw Diagnostic("K7107", "--rejects names one file, so it goes with one file to import")
  }
  guard options.columns.isEmpty || !options.header else {
    throw Diagnostic("K7107", "--columns goes with --no-header: it names columns without headers")
  }
  guard !options.history || entity.name == "opportunity" else {
    throw Diagnostic("K7107", "--history goes with an import of opportunities")
  }
}

/// Thrown to undo a rehearsal.
private struct RehearsalIsOver: Error {}

private func importFile(
  _ path: String, _ entity: EntitySpec, _ options: ImportOptions, _ book: Book,
  _ progress: @escaping (Int, Int) throws -> Void
) throws -> ImportFileReport {
  let file = try FileImport(
    book: book, options: options, entity: entity, path: path, progress: progress)
  let connection = book.connection
  // Every reference is looked up before it is written; SQLite need not look again.
  let cache = try connection.int("PRAGMA cache_size") ?? -2_000
  try connection.execute("PRAGMA foreign_keys = OFF")
  try connection.execute("PRAGMA cache_size = -262144")
  defer {
    try? connection.execute("PRAGMA cache_size = \(cache)")
    try? connection.execute("PRAGMA foreign_keys = ON")
  }
  do {
    try book.writing {
      try file.run()
      if options.dryRun { throw RehearsalIsOver() }
    }
  } catch is RehearsalIsOver {
    try book.reloadCatalogue()
    if options.rejectsPath != nil { return try file.published() }
    return file.rehearsed()
  } catch {
    // Fields and terms the file had added are gone with it.
    try? book.reloadCatalogue()
    throw error
  }
  return try file.published()
}

/// The `batch` row of a file.
struct Batch {
  let id: Int64
  private let book: Book

  init(book: Book, file: String, entity: String, now: Instant) throws {
    self.book = book
    let insert = try book.connection.prepare(
      "INSERT INTO \"batch\" (\"kind\", \"at\", \"file\", \"entity\") VALUES ('import', ?, ?, ?)")
    try insert.bind(1, StoredText.time(now))
    try insert.bind(2, file)
    try insert.bind(3, entity)
    try insert.run()
    id = book.connection.lastInsertedID
  }

  func finish(_ report: ImportFileReport, keys: [String]) throws {
    let update = try book.connection.prepare(
      "UPDATE \"batch\" SET \"rows_read\" = ?, \"rows_new\" = ?, \"rows_updated\" = ?, "
        + "\"rows_rejected\" = ?, \"keys\" = ? WHERE \"id\" = ?")
    try update.bind(1, Int64(report.rowsRead))
    try update.bind(2, Int64(report.rowsNew))
    try update.bind(3, Int64(report.rowsUpdated))
    try update.bind(4, Int64(report.rowsRejected))
    try update.bind(5, keys.isEmpty ? nil : keys.joined(separator: ","))
    try update.bind(6, id)
    try update.run()
  }
}

/// Loading many rows into an empty table is twice as fast if its indexes are made afterwards.
struct BulkLoad {
  /// Files smaller than this are done before it would matter.
  private static let leastBytes = 4 << 20

  private let book: Book
  private let statements: [String]

  init(book: Book, entity: EntitySpec, fileSize: Int) throws {
    self.book = book
    let table = Schema.quoted(entity.name)
    guard fileSize >= Self.leastBytes,
      try book.connection.int("SELECT 1 FROM \(table) LIMIT 1") == nil
    else {
      statements = []
      return
    }
    // Only indexes that are there are dropped and made again, each as the book has it.
    let find = try book.connection.prepare(
      "SELECT \"name\", \"sql\" FROM sqlite_master WHERE type = 'index' AND tbl_name = ? "
        + "AND \"sql\" LIKE 'CREATE INDEX%'")
    try find.bind(1, entity.name)
    var found: [(name: String, sql: String)] = []
    while try find.step() {
      if let name = find.text(0), let sql = find.text(1) { found.append((name, sql)) }
    }
    find.reset()
    for index in found {
      try book.connection.execute("DROP INDEX \(Schema.quoted(index.name))")
    }
    statements = found.map(\.sql)
  }

  func finish() throws {
    for statement in statements { try book.connection.execute(statement) }
  }
}

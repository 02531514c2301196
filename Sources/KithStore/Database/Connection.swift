import CSQLite
import KithBase

/// One open SQLite file. It belongs to one thread at a time; every error is a `Diagnostic`.
package final class Connection {
  /// How a file is opened.
  package enum Mode {
    /// Reads and writes an existing file.
    case write
    /// Reads. The handle may still recover what a killed writer left, which a strictly read-only
    /// one could not; `query_only` refuses every change.
    case read
    /// Reads the file as it lies on disk, without locks, log or recovery: it is not touched.
    case untouched
    case memory
  }

  /// As given; `:memory:` for a book without a file.
  package let path: String
  package let isReadOnly: Bool
  let handle: OpaquePointer
  private var stopCheck: StopCheck?

  /// Waiting time for another writer.
  private static let busyMilliseconds: Int32 = 5_000

  /// Once in a program; see the C function.
  private static let countingStopped = kith_sqlite_stop_counting()

  package init(_ path: String, _ mode: Mode) throws {
    _ = Connection.countingStopped
    self.path = path
    self.isReadOnly = mode == .read || mode == .untouched
    var pointer: OpaquePointer?
    var flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
    var name = path
    switch mode {
    case .write, .read: flags |= SQLITE_OPEN_READWRITE
    case .memory:
      flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
      name = ":memory:"
    case .untouched:
      flags |= SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
      name = Connection.uri(path) + "?immutable=1"
    }
    let status = sqlite3_open_v2(name, &pointer, flags, nil)
    guard status == SQLITE_OK, let opened = pointer else {
      let detail = pointer.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
      sqlite3_close_v2(pointer)
      throw StoreError.sqlite(status, detail, path: path)
    }
    handle = opened
    sqlite3_busy_timeout(handle, Connection.busyMilliseconds)
    _ = kith_sqlite_harden(handle)
    try execute("PRAGMA foreign_keys = ON")
    if mode == .read { try execute("PRAGMA query_only = 1") }
  }

  deinit { sqlite3_close_v2(handle) }

  /// A `file:` address of a path; the bytes that mean something in one are written as `%XX`.
  private static func uri(_ path: String) -> String {
    let hex = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = Array("file:".utf8)
    for byte in path.utf8 {
      if byte == 0x25 || byte == 0x3F || byte == 0x23 {  // % ? #
        bytes += [0x25, hex[Int(byte >> 4)], hex[Int(byte & 15)]]
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Runs statements that give no rows, several separated by `;`.
  package func execute(_ sql: String) throws {
    let status = sqlite3_exec(handle, sql, nil, nil, nil)
    guard status == SQLITE_OK else { throw failure(status) }
  }

  package func prepare(_ sql: String) throws -> Statement { try Statement(self, sql) }

  /// The first column of the first row as a whole number; nil where there is none.
  package func int(_ sql: String) throws -> Int64? {
    let statement = try prepare(sql)
    return try statement.step() ? statement.int(0) : nil
  }

  /// The first column of the first row as text; nil where there is none.
  package func text(_ sql: String) throws -> String? {
    let statement = try prepare(sql)
    return try statement.step() ? statement.text(0) : nil
  }

  package enum TransactionKind: String {
    /// Takes the write lock at once, so that it cannot be lost half-way.
    case immediate = "IMMEDIATE"
    /// Sees one moment of the book, for reading.
    case deferred = "DEFERRED"
  }

  /// Runs the body in one transaction; an error rolls everything back and goes on to the caller.
  /// Inside another transaction the body joins it.
  package func transaction<Result>(
    _ kind: TransactionKind = .immediate, _ body: () throws -> Result
  ) throws -> Result {
    if sqlite3_get_autocommit(handle) == 0 { return try body() }
    try execute("BEGIN \(kind.rawValue)")
    do {
      let result = try body()
      try execute("COMMIT")
      return result
    } catch {
      // SQLite has rolled back already after some errors; then there is nothing left to undo.
      if sqlite3_get_autocommit(handle) == 0 { try? execute("ROLLBACK") }
      throw error
    }
  }

  /// Whether triggers run for what this connection writes; whoever switches them off must draw the
  /// tokens of what it wrote (`ChunkTokens.renewing`) in the same transaction.
  func firesTriggers(_ on: Bool) { _ = kith_sqlite_fire_triggers(handle, on ? 1 : 0) }

  package var lastInsertedID: Int64 { sqlite3_last_insert_rowid(handle) }

  /// Rows changed by the last statement.
  package var changedRows: Int { Int(sqlite3_changes64(handle)) }

  /// Rows this connection has changed since it was opened.
  var allChangedRows: Int64 { sqlite3_total_changes64(handle) }

  /// Stops the statement that is running; the only call allowed from another thread, and only while
  /// the connection is open.
  package func interrupt() { sqlite3_interrupt(handle) }

  /// Asks `stop` now and then while a statement runs, about every 20,000 steps of SQLite's machine
  /// (well under a millisecond); `true` ends the statement with K5001. Nil asks no more.
  package func stopWhen(_ stop: (() -> Bool)?) {
    guard let stop else {
      sqlite3_progress_handler(handle, 0, nil, nil)
      stopCheck = nil
      return
    }
    let check = StopCheck(stop)
    stopCheck = check
    sqlite3_progress_handler(
      handle, 20_000,
      { context in
        guard let context else { return 0 }
        return Unmanaged<StopCheck>.fromOpaque(context).takeUnretainedValue().stop() ? 1 : 0
      }, Unmanaged.passUnretained(check).toOpaque())
  }

  func failure(_ status: Int32) -> Diagnostic {
    if status & 0xFF == SQLITE_READONLY, isReadOnly { return StoreError.openForReading }
    return StoreError.sqlite(status, String(cString: sqlite3_errmsg(handle)), path: path)
  }
}

private final class StopCheck {
  let stop: () -> Bool
  init(_ stop: @escaping () -> Bool) { self.stop = stop }
}

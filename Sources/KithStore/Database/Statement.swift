import CSQLite
import KithBase

/// A prepared statement. Parameters count from 1, columns from 0, as in SQLite.
package final class Statement {
  let handle: OpaquePointer
  private let connection: Connection

  init(_ connection: Connection, _ sql: String) throws {
    self.connection = connection
    var pointer: OpaquePointer?
    let status = sqlite3_prepare_v2(connection.handle, sql, -1, &pointer, nil)
    guard status == SQLITE_OK, let pointer else {
      throw status == SQLITE_OK
        ? StoreError.sqlite(SQLITE_MISUSE, "an empty statement", path: connection.path)
        : connection.failure(status)
    }
    handle = pointer
  }

  deinit { sqlite3_finalize(handle) }

  /// Parameters count from 1.
  package func bind(_ index: Int32, _ value: Int64) throws {
    try check(sqlite3_bind_int64(handle, index, value))
  }

  /// Parameters count from 1; SQLite keeps a NaN as NULL.
  package func bind(_ index: Int32, _ value: Double) throws {
    try check(sqlite3_bind_double(handle, index, value))
  }

  /// Parameters count from 1.
  package func bindNull(_ index: Int32) throws { try check(sqlite3_bind_null(handle, index)) }

  /// The bytes are copied; they should be UTF-8.
  package func bind(_ index: Int32, _ bytes: UnsafeBufferPointer<UInt8>) throws {
    let length = Int32(clamping: bytes.count)
    guard let base = bytes.baseAddress else {
      // A null pointer would bind NULL, and empty is not NULL.
      return try check(kith_sqlite_bind_copied_text(handle, index, "", 0))
    }
    try base.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
      try check(kith_sqlite_bind_copied_text(handle, index, $0, length))
    }
  }

  /// UTF-8, copied; parameters count from 1.
  package func bind(_ index: Int32, _ value: String) throws {
    var value = value
    try value.withUTF8 { try bind(index, $0) }
  }

  /// Nil is written as NULL.
  package func bind(_ index: Int32, _ value: String?) throws {
    if let value { try bind(index, value) } else { try bindNull(index) }
  }

  /// Nil is written as NULL.
  package func bind(_ index: Int32, _ value: Int64?) throws {
    if let value { try bind(index, value) } else { try bindNull(index) }
  }

  /// Nil is written as NULL.
  package func bind(_ index: Int32, _ value: Double?) throws {
    if let value { try bind(index, value) } else { try bindNull(index) }
  }

  /// Goes to the next row; false after the last one.
  package func step() throws -> Bool {
    let status = sqlite3_step(handle)
    if status == SQLITE_ROW { return true }
    if status == SQLITE_DONE { return false }
    throw connection.failure(status)
  }

  /// Runs to the end and makes ready for the next values; parameters keep theirs.
  package func run() throws {
    defer { sqlite3_reset(handle) }
    while try step() {}
  }

  /// Ready to run again; what is bound stays.
  package func reset() { sqlite3_reset(handle) }

  /// Columns count from 0.
  package func isNull(_ column: Int32) -> Bool {
    sqlite3_column_type(handle, column) == SQLITE_NULL
  }

  /// Nil for NULL; columns count from 0.
  package func int(_ column: Int32) -> Int64? {
    isNull(column) ? nil : sqlite3_column_int64(handle, column)
  }

  /// Nil for NULL; columns count from 0.
  package func double(_ column: Int32) -> Double? {
    isNull(column) ? nil : sqlite3_column_double(handle, column)
  }

  /// Repaired where the bytes are not UTF-8.
  package func text(_ column: Int32) -> String? {
    guard let start = sqlite3_column_text(handle, column) else { return nil }
    let count = Int(sqlite3_column_bytes(handle, column))
    return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  }

  /// Of the result; 0 for a statement that gives no rows.
  package var columnCount: Int32 { sqlite3_column_count(handle) }

  /// As the query names it; empty where SQLite has no name.
  package func columnName(_ column: Int32) -> String {
    sqlite3_column_name(handle, column).map { String(cString: $0) } ?? ""
  }

  private func check(_ status: Int32) throws {
    guard status == SQLITE_OK else { throw connection.failure(status) }
  }
}

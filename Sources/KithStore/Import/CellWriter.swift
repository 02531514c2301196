import CSQLite
import KithBase
import KithModel

/// A prepared statement that puts values of a row into columns, again and again.
struct CellWriter {
  private let statement: Statement
  private let connection: Connection

  /// `INSERT` of these columns; none makes a row of defaults.
  init(insertInto entity: String, columns: [String], connection: Connection) throws {
    let table = Schema.quoted(entity)
    let names = columns.map(Schema.quoted).joined(separator: ", ")
    let marks = columns.map { _ in "?" }.joined(separator: ", ")
    let values = columns.isEmpty ? "DEFAULT VALUES" : "(\(names)) VALUES (\(marks))"
    self.connection = connection
    statement = try connection.prepare("INSERT INTO \(table) " + values)
  }

  /// `UPDATE` of these columns of one row, its id as the last parameter.
  init(
    update entity: String, columns: [String], keepingEmpty: Bool, connection: Connection
  ) throws {
    let sets = columns.map { column in
      let name = Schema.quoted(column)
      return keepingEmpty ? "\(name) = coalesce(?, \(name))" : "\(name) = ?"
    }
    self.connection = connection
    statement = try connection.prepare(
      "UPDATE \(Schema.quoted(entity)) SET \(sets.joined(separator: ", ")) WHERE \"id\" = ?")
  }

  /// Parameters count from 1. Bytes of a text must stay until `run`.
  func bind(_ index: Int, _ value: CellValue) throws {
    let place = Int32(index)
    switch value {
    case .empty: try statement.bindNull(place)
    case .int(let number): try statement.bind(place, number)
    case .real(let number): try statement.bind(place, number)
    case .text(let bytes):
      guard let base = bytes.baseAddress else { return try statement.bind(place, bytes) }
      let status = base.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
        kith_sqlite_bind_lasting_text(statement.handle, place, $0, Int32(clamping: bytes.count))
      }
      guard status == SQLITE_OK else { throw connection.failure(status) }
    case .day(let day): try statement.bind(place, StoredText.date(day))
    case .time(let time):
      try statement.bind(place, StoredText.time(Instant(microseconds: time)))
    }
  }

  /// The text is copied.
  func bind(_ index: Int, copying text: String?) throws {
    try statement.bind(Int32(index), text)
  }

  /// Runs the statement; returns the id of a row that was inserted.
  @discardableResult
  func run() throws -> Int64 {
    try statement.run()
    return connection.lastInsertedID
  }
}

/// Reads the columns an update is about to change, to tell what changes.
struct RowSnapshot {
  private let statement: Statement

  init(_ entity: String, columns: [String], connection: Connection) throws {
    let names = columns.map(Schema.quoted).joined(separator: ", ")
    statement = try connection.prepare(
      "SELECT \(names) FROM \(Schema.quoted(entity)) WHERE \"id\" = ?")
  }

  /// Each column as text, nil where empty; no values where the row is gone.
  func values(_ id: Int64) throws -> [String?] {
    try statement.bind(1, id)
    defer { statement.reset() }
    guard try statement.step() else { return [] }
    return (0..<statement.columnCount).map { column in
      // SQLite's own text of a number has 15 digits, too few to compare by.
      if sqlite3_column_type(statement.handle, column) == SQLITE_FLOAT {
        return String(sqlite3_column_double(statement.handle, column))
      }
      return statement.text(column)
    }
  }
}

extension CellValue {
  /// The text SQLite gives for a value that is stored.
  var storedText: String? {
    switch self {
    case .empty: nil
    case .int(let number): String(number)
    case .real(let number): String(number)
    case .text(let bytes): String(decoding: bytes, as: UTF8.self)
    case .day(let day): StoredText.date(day)
    case .time(let time): StoredText.time(Instant(microseconds: time))
    }
  }

  /// Whether a stored text is this value; numbers are compared as numbers.
  func equals(stored: String?) -> Bool {
    guard let stored else { return isEmpty }
    if case .real(let number) = self { return Double(stored) == number }
    return storedText == stored
  }
}

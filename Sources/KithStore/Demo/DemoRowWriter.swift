import CSQLite
import KithBase

/// Inserts rows into one table with one prepared statement, for many rows of few columns.
///
/// Values go to the columns in the order given; each must be set for each row. Texts are not
/// copied: fixed words live in a pool, made ones in a small buffer per column until the next row.
final class DemoRowWriter {
  private let statement: Statement
  private let days: DemoDays
  private let count: Int
  private let scratch: UnsafeMutablePointer<CChar>
  private let rowCounter: DemoRowCounter
  private var column: Int32 = 0
  /// The id of the row written last; rows are numbered from 1.
  private(set) var id: Int64 = 0

  /// Room for one made text, in bytes; longer ones are cut at a character.
  private static let room = 192

  init(
    _ connection: Connection, _ table: String, _ columns: [String], days: DemoDays,
    counter: DemoRowCounter
  ) throws {
    let names = (["id"] + columns).map(Schema.quoted).joined(separator: ", ")
    let marks = Array(repeating: "?", count: columns.count + 1).joined(separator: ", ")
    statement = try connection.prepare(
      "INSERT INTO \(Schema.quoted(table)) (\(names)) VALUES (\(marks))")
    self.days = days
    count = columns.count
    rowCounter = counter
    scratch = .allocate(capacity: (columns.count + 1) * DemoRowWriter.room)
  }

  deinit { scratch.deallocate() }

  /// Starts a row with the next number.
  func row() {
    id += 1
    column = 1
    sqlite3_bind_int64(statement.handle, 1, id)
  }

  func int(_ value: Int64) {
    column += 1
    sqlite3_bind_int64(statement.handle, column, value)
  }

  func int(_ value: Int) { int(Int64(value)) }

  /// An id; 0 for none.
  func reference(_ id: Int) { if id == 0 { null() } else { int(Int64(id)) } }

  func real(_ value: Double) {
    column += 1
    sqlite3_bind_double(statement.handle, column, value)
  }

  func null() {
    column += 1
    sqlite3_bind_null(statement.handle, column)
  }

  func text(_ text: DemoText) {
    column += 1
    _ = kith_sqlite_bind_lasting_text(statement.handle, column, text.start, Int32(text.count))
  }

  func text(_ text: DemoText?) { if let text { self.text(text) } else { null() } }

  /// Several texts as one.
  func text(_ parts: DemoText...) { joined(parts) }

  func joined(_ parts: [DemoText]) {
    column += 1
    let target = scratch + Int(column - 1) * DemoRowWriter.room
    var length = 0
    for part in parts where length + part.count <= DemoRowWriter.room {
      (target + length).update(from: part.start, count: part.count)
      length += part.count
    }
    _ = kith_sqlite_bind_lasting_text(statement.handle, column, target, Int32(length))
  }

  /// A text and a number with leading zeros: `HT000042`.
  func text(_ prefix: DemoText, number: Int, width: Int) {
    column += 1
    let target = scratch + Int(column - 1) * DemoRowWriter.room
    target.update(from: prefix.start, count: min(prefix.count, 100))
    let start = min(prefix.count, 100)
    var rest = number
    for place in stride(from: start + width - 1, through: start, by: -1) {
      target[place] = CChar(48 + rest % 10)
      rest /= 10
    }
    _ = kith_sqlite_bind_lasting_text(statement.handle, column, target, Int32(start + width))
  }

  func day(_ day: Int32) { text(days.text(day)) }

  /// A day and a second of it, UTC.
  func time(_ day: Int32, _ second: Int) {
    column += 1
    let target = scratch + Int(column - 1) * DemoRowWriter.room
    target.update(from: days.text(day).start, count: 10)
    target[10] = 0x54
    two(target + 11, second / 3600)
    target[13] = 0x3A
    two(target + 14, second / 60 % 60)
    target[16] = 0x3A
    two(target + 17, second % 60)
    target[19] = 0x5A
    _ = kith_sqlite_bind_lasting_text(statement.handle, column, target, 20)
  }

  private func two(_ target: UnsafeMutablePointer<CChar>, _ value: Int) {
    target[0] = CChar(48 + value / 10)
    target[1] = CChar(48 + value % 10)
  }

  /// Writes the row.
  func insert() throws {
    assert(Int(column) == count + 1, "a row must set every column")
    try statement.run()
    try rowCounter.add()
  }
}

/// Counts rows of all tables and says so now and then.
final class DemoRowCounter {
  private var rows = 0
  private let expected: Int
  private let progress: (Int, Int) throws -> Void

  init(expected: Int, progress: @escaping (Int, Int) throws -> Void) {
    self.expected = expected
    self.progress = progress
  }

  func add() throws {
    rows += 1
    if rows & 0x7FFF == 0 { try progress(min(rows, expected), expected) }
  }

  func finish() throws { try progress(expected, expected) }
}

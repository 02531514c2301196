import CSQLite
package import KithBase

/// A cell of a book as SQLite keeps it.
package enum StoredValue: Sendable, Hashable {
  case null
  case int(Int64)
  case real(Double)
  case text(String)

  package var isNull: Bool { self == .null }

  /// How a cell stands in the change log: nil where it is empty. Reals keep every bit.
  package var logged: String? {
    switch self {
    case .null: nil
    case .int(let number): String(number)
    case .real(let number): String(number)
    case .text(let text): text
    }
  }

  /// A logged cell as the column of a type keeps it; nil where the text is no such value.
  package init?(logged text: String?, type: KithType) {
    guard let text else {
      self = .null
      return
    }
    switch Schema.storage(type) {
    case "INTEGER":
      guard let number = Int64(text) else { return nil }
      self = .int(number)
    case "REAL":
      guard let number = Double(text) else { return nil }
      self = .real(number)
    default: self = .text(text)
    }
  }
}

extension Statement {
  package func bind(_ index: Int32, _ value: StoredValue) throws {
    switch value {
    case .null: try bindNull(index)
    case .int(let number): try bind(index, number)
    case .real(let number): try bind(index, number)
    case .text(let text): try bind(index, text)
    }
  }

  /// The cell with its own type.
  package func value(_ column: Int32) -> StoredValue {
    switch sqlite3_column_type(handle, column) {
    case SQLITE_INTEGER: .int(sqlite3_column_int64(handle, column))
    case SQLITE_FLOAT: .real(sqlite3_column_double(handle, column))
    case SQLITE_NULL: .null
    default: text(column).map { .text($0) } ?? .null
    }
  }
}

import CSQLite
package import KithBase

/// `sql "select …"`: one statement that only reads, its rows as a table.
package enum SQLTable {
  /// Throws K6 for a statement that writes, holds several statements, or fails.
  package static func read(_ text: String, _ connection: Connection) throws -> ColumnTable {
    let statement = try connection.prepare(text)
    guard sqlite3_stmt_readonly(statement.handle) != 0, statement.columnCount > 0 else {
      throw Diagnostic("K6031", "sql takes one statement that only reads", help: "sql \"select …\"")
    }
    let names = (0..<statement.columnCount).map { statement.columnName($0) }
    var cells: [[Cell]] = Array(repeating: [], count: names.count)
    while try statement.step() {
      for place in names.indices { cells[place].append(Cell(statement, Int32(place))) }
      guard cells[0].count <= 10_000_000 else {
        throw Diagnostic("K5005", "sql gave more than 10000000 rows")
      }
    }
    let columns = zip(names, cells).map { column($0, $1) }
    return ColumnTable(columns: columns, rowCount: cells.first?.count ?? 0)
  }

  private enum Cell {
    case empty, int(Int64), float(Double), text(String)

    init(_ statement: Statement, _ column: Int32) {
      switch sqlite3_column_type(statement.handle, column) {
      case SQLITE_INTEGER: self = .int(statement.int(column) ?? 0)
      case SQLITE_FLOAT: self = .float(statement.double(column) ?? .nan)
      case SQLITE_NULL: self = .empty
      default: self = .text(statement.text(column) ?? "")
      }
    }
  }

  /// A column is int if all its values are, float if all are numbers, else text.
  private static func column(_ name: String, _ cells: [Cell]) -> TableColumn {
    var hasText = false
    var hasFloat = false
    for cell in cells {
      if case .text = cell { hasText = true }
      if case .float = cell { hasFloat = true }
    }
    if hasText {
      var builder = TextDictionaryBuilder()
      let codes = cells.map { cell -> Int32 in
        switch cell {
        case .text(let text): builder.code(Array(text.utf8))
        case .int(let number): builder.code(Array(String(number).utf8))
        case .float(let number): builder.code(Array(String(number).utf8))
        case .empty: 0
        }
      }
      return TableColumn(name: name, type: .text, vector: .text(codes, builder.finish()))
    }
    if hasFloat {
      let values = cells.map { cell -> Double in
        switch cell {
        case .int(let number): Double(number)
        case .float(let number): number
        default: .nan
        }
      }
      return TableColumn(name: name, type: .float, vector: .float(values))
    }
    let values = cells.map { cell -> Int64 in
      if case .int(let number) = cell { number } else { Vector.emptyInt }
    }
    return TableColumn(name: name, type: .int, vector: .int(values))
  }
}

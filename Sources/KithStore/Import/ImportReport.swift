package import KithBase

/// What an import did, file by file.
package struct ImportReport: Sendable {
  /// In the order they were given; those before a file that failed are imported.
  package var files: [ImportFileReport] = []
  /// Nothing was written.
  package var dryRun = false

  /// Rows with at least one value, of all files.
  package var rowsRead: Int { files.reduce(0) { $0 + $1.rowsRead } }
  /// Rows that became new objects, of all files.
  package var rowsNew: Int { files.reduce(0) { $0 + $1.rowsNew } }
  /// Rows that changed objects, of all files.
  package var rowsUpdated: Int { files.reduce(0) { $0 + $1.rowsUpdated } }
  /// Rows that could not be imported, of all files.
  package var rowsRejected: Int { files.reduce(0) { $0 + $1.rowsRejected } }
}

/// One file of an import.
package struct ImportFileReport: Sendable {
  /// As it was given.
  package var path: String
  /// English singular of the entity.
  package var entity: String
  /// Rows with at least one value, the header apart.
  package var rowsRead = 0
  /// Rows that became new objects.
  package var rowsNew = 0
  /// Rows of the book that changed.
  package var rowsUpdated = 0
  /// Rows of the book that the file repeats as they are.
  package var rowsUnchanged = 0
  /// Rows that could not be imported; they stand in the file at `rejectsPath`.
  package var rowsRejected = 0
  /// Rows left out by `only` or because their stage is unknown.
  package var rowsSkipped = 0
  /// Stage changes written by a history.
  package var stageChanges = 0
  /// Objects made because rows refer to them, by entity.
  package var parentsMade: [String: Int] = [:]
  /// Fields the book gained because columns were kept.
  package var customFields: [AddedField] = []
  /// Terms added to enumerations: (enumeration, code).
  package var termsAdded: [(enumeration: String, code: String)] = []
  /// What became of each column, in file order.
  package var columns: [ImportedColumn] = []
  /// Where the rejected rows are; nil where none was rejected or nothing was written.
  package var rejectsPath: String?
  /// The first rejected rows, at most 20.
  package var rejects: [RejectedRow] = []
  /// Remarks, both tongues; kinds: `ignored`, `computed`, `made`, `similar`, `currency`,
  /// `repeated`, `totals`, `named`, `main`, `unknown-stage`, `no-rows`, `unnamed`, `amounts`.
  package var notes: [Note] = []
  /// The encoding the file was read in, by the system's name.
  package var encoding = "UTF-8"
  /// The `batch` row; nil in a dry run.
  package var batch: Int64?

  /// An empty report of a file.
  package init(path: String, entity: String) {
    self.path = path
    self.entity = entity
  }
}

/// A field a book gained.
package struct AddedField: Sendable, Equatable {
  /// English singular.
  package var entity: String
  /// The header of its column.
  package var name: String
  /// The narrowest type that holds every value of the column.
  package var type: KithType
}

/// A column of a file: where it went.
package struct ImportedColumn: Sendable, Equatable {
  /// As the file has it.
  package var header: String
  /// The path of its field (`customer.name`); nil where it was ignored.
  package var path: String?
}

/// One row that was not imported.
package struct RejectedRow: Sendable, Equatable {
  /// The line it begins on, from 1.
  package var line: Int
  /// The header of the cell at fault; empty where the row as a whole is.
  package var column: String
  /// The cell at fault, at most 200 characters.
  package var value: String
  /// Why, in one phrase; several are separated by `; `.
  package var reason: String
}

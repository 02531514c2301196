package import KithBase

/// What an import did, file by file.
package struct ImportReport: Sendable {
  package var files: [ImportFileReport] = []
  /// Nothing was written.
  package var dryRun = false

  package var rowsRead: Int { files.reduce(0) { $0 + $1.rowsRead } }
  package var rowsNew: Int { files.reduce(0) { $0 + $1.rowsNew } }
  package var rowsUpdated: Int { files.reduce(0) { $0 + $1.rowsUpdated } }
  package var rowsRejected: Int { files.reduce(0) { $0 + $1.rowsRejected } }
}

/// One file of an import.
package struct ImportFileReport: Sendable {
  package var path: String
  /// English singular of the entity.
  package var entity: String
  /// Rows with at least one value, the header apart.
  package var rowsRead = 0
  package var rowsNew = 0
  /// Rows of the book that changed.
  package var rowsUpdated = 0
  /// Rows of the book that the file repeats as they are.
  package var rowsUnchanged = 0
  package var rowsRejected = 0
  /// Rows left out by `only` or because their stage is unknown.
  package var rowsSkipped = 0
  /// Stage changes written by a history.
  package var stageChanges = 0
  /// Objects made because rows refer to them, by entity.
  package var parentsMade: [String: Int] = [:]
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
  /// `repeated`, `named`, `main`, `unknown-stage`, `no-rows`, `unnamed`, `amounts`.
  package var notes: [Note] = []
  package var encoding = "UTF-8"
  /// The `batch` row; nil in a dry run.
  package var batch: Int64?

  package init(path: String, entity: String) {
    self.path = path
    self.entity = entity
  }
}

package struct AddedField: Sendable, Equatable {
  package var entity: String
  package var name: String
  package var type: KithType
}

/// A column of a file: where it went.
package struct ImportedColumn: Sendable, Equatable {
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
  package var value: String
  package var reason: String
}

package import KithBase

/// Where the engine gets its columns: a book, or arrays made by a test.
package protocol ColumnSource: AnyObject {
  /// Moves whenever rows may have changed since the last call. Throws K6 diagnostics.
  func dataVersion() throws -> Int64

  /// Stored fields and to-one keys of one entity, by their Kith names. Rows come in ascending order
  /// of id. Throws K6 diagnostics.
  func read(entity: String, fields: [String]) throws -> EntityRows

  /// Runs the body while nothing changes for it: all reads in it see one moment.
  func standingStill(_ body: () throws -> Void) throws
}

extension ColumnSource {
  /// For sources that never change while they are read.
  package func standingStill(_ body: () throws -> Void) throws { try body() }
}

/// Some columns of one entity, read at one moment.
package struct EntityRows: Sendable {
  /// The ids in ascending order, one a row.
  package var ids: [Int64]
  /// By field name, `ids.count + 1` values each: index 0 is empty and stands for nobody. A to-one
  /// key is an `.int` column of the target's ids, or a `.row` column of its row numbers.
  package var columns: [String: Vector]

  package init(ids: [Int64], columns: [String: Vector]) {
    self.ids = ids
    self.columns = columns
  }
}

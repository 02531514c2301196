package import KithBase
import KithModel
package import KithStore

/// Columns from an open book.
package final class BookSource: ColumnSource {
  private let book: Book
  /// Which text of a field in two tongues is read.
  private let tongue: Tongue
  private var maps: [String: IDMap] = [:]
  private var lastVersion: BookVersion?
  private var versionCount: Int64 = 0
  /// Cells that hold no value of their field, met while reading; at most some hundreds are kept.
  package private(set) var problems: [ColumnProblem] = []

  package init(_ book: Book, tongue: Tongue = .english) {
    self.book = book
    self.tongue = tongue
  }

  package func dataVersion() throws -> Int64 {
    let version = try book.version()
    if version != lastVersion {
      lastVersion = version
      versionCount += 1
      maps = [:]
      problems = []
    }
    return versionCount
  }

  package func read(entity: String, fields: [String]) throws -> EntityRows {
    guard let spec = book.catalogue.entity(entity) else {
      throw Diagnostic("K9101", "a plan names an entity '\(entity)' that the catalogue lacks")
    }
    let read = try book.readColumns(spec, fields: fields, tongue: tongue) { try map($0) }
    if maps[entity] == nil { maps[entity] = IDMap(ids: read.ids) }
    if problems.count < 500 { problems += read.problems }
    return EntityRows(ids: read.ids, columns: read.columns)
  }

  package func standingStill(_ body: () throws -> Void) throws {
    try book.reading(body)
  }

  private func map(_ entity: String) throws -> IDMap {
    if let map = maps[entity] { return map }
    guard let spec = book.catalogue.entity(entity) else { return IDMap(ids: []) }
    let map = IDMap(ids: try book.readIDs(spec))
    maps[entity] = map
    return map
  }
}

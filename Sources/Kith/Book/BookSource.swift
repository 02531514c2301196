import KithBase
import KithModel
import KithRun
import KithStore

/// Feeds the engine from a book.
final class BookSource: ColumnSource {
  let book: Book
  let tongue: Tongue
  private(set) var problems: [ColumnProblem] = []
  private var lastVersion: BookVersion?
  private var counter: Int64 = 0
  private var maps: [String: IDMap] = [:]

  init(book: Book, tongue: Tongue) {
    self.book = book
    self.tongue = tongue
  }

  func dataVersion() throws -> Int64 {
    let version = try book.version()
    if version != lastVersion {
      lastVersion = version
      counter += 1
      problems = []
      maps = [:]
    }
    return counter
  }

  /// One read transaction: a write by another program shows in all of the columns or in none.
  func standingStill(_ body: () throws -> Void) throws { try book.reading(body) }

  /// To-one keys come as row numbers of the target.
  func read(entity: String, fields: [String]) throws -> EntityRows {
    let read = try book.readColumns(try spec(entity), fields: fields, tongue: tongue) { target in
      try self.map(target)
    }
    problems += read.problems
    return EntityRows(ids: read.ids, columns: read.columns)
  }

  private func map(_ entity: String) throws -> IDMap {
    if let known = maps[entity] { return known }
    let map = IDMap(ids: try book.readIDs(try spec(entity)))
    maps[entity] = map
    return map
  }

  private func spec(_ entity: String) throws -> EntitySpec {
    guard let spec = book.catalogue.entity(entity) else {
      throw Diagnostic("K9003", "the book has no entity '\(entity)'")
    }
    return spec
  }
}

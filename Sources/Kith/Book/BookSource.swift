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
  private let image: ColumnImage?

  /// - Parameter keepsColumns: whether columns of a large book are kept in files beside it.
  init(book: Book, tongue: Tongue, keepsColumns: Bool = true) {
    self.book = book
    self.tongue = tongue
    image = keepsColumns ? ColumnImage(book, tongue: tongue) : nil
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
    let spec = try spec(entity)
    let read =
      if let image {
        try book.reading { try image.read(spec, fields: fields) }
      } else {
        try book.readColumns(spec, fields: fields, tongue: tongue) { try self.map($0) }
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

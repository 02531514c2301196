import KithBase
import KithModel
import KithPlan

/// What the checker asks of a book, answered from the row engine's tables.
final class TwinFacts: BookFacts {
  let book: TwinBook
  let catalogue: Catalogue
  let functions: FunctionCatalogue
  let zone: TimeZoneTable

  init(
    book: TwinBook, catalogue: Catalogue, functions: FunctionCatalogue,
    zone: TimeZoneTable = .shanghai
  ) {
    self.book = book
    self.catalogue = catalogue
    self.functions = functions
    self.zone = zone
  }

  var funnels: [FunnelFacts] {
    let all = book.rows("funnel").map { funnel in
      let stages = book.rows("stage")
        .filter { book.stored("stage", $0, "funnel") == .object(funnel) }
        .map { stage in
          FunnelFacts.Stage(
            id: book.id("stage", stage), code: text("stage", stage, "code"),
            zh: text("stage", stage, "name_zh"), en: text("stage", stage, "name_en"),
            position: TwinValues.integer(book.stored("stage", stage, "position")) ?? 0,
            winning: book.stored("stage", stage, "winning") == .bool(true),
            win: TwinValues.double(book.stored("stage", stage, "win")),
            plannedConversion: TwinValues.double(
              book.stored("stage", stage, "planned_conversion")))
        }
      let deals = book.rows("opportunity").filter {
        book.stored("opportunity", $0, "funnel") == .object(funnel)
      }
      return FunnelFacts(
        id: book.id("funnel", funnel), name: text("funnel", funnel, "name"),
        main: book.stored("funnel", funnel, "main") == .bool(true),
        stages: stages.sorted { $0.position < $1.position }, opportunityCount: deals.count)
    }
    return all.filter(\.main) + all.filter { !$0.main }
  }

  private func text(_ entity: String, _ row: Int32, _ field: String) -> String {
    if case .text(let text) = book.stored(entity, row, field) { return text }
    return ""
  }

  func row(of entity: String, id: Int64) -> Int32? { book.tables[entity]?.row(ofID: id) }

  func id(of entity: String, row: Int32) -> Int64? { book.id(entity, row) }

  func records(of entity: String, fields: [String]) -> [RecordFacts] {
    book.rows(entity).map { row in
      let values = fields.map { ($0, book.stored(entity, row, $0)) }
      return RecordFacts(
        id: book.id(entity, row), row: row,
        values: Dictionary(values, uniquingKeysWith: { first, _ in first }))
    }
  }

  func find(_ entity: String, _ text: String) -> [Int64] {
    guard let title = catalogue.entity(entity)?.title else { return [] }
    for field in ["code", title] {
      let found = book.rows(entity).filter {
        TwinValues.same(book.stored(entity, $0, field), .text(text))
      }
      if !found.isEmpty { return found.map { book.id(entity, $0) } }
    }
    return []
  }

  func setting(_ key: String) -> String? {
    let row = book.rows("setting").first { text("setting", $0, "key") == key }
    return row.map { text("setting", $0, "value") }
  }

  func list(_ name: String) -> ListFacts? { nil }
  var listNames: [String] { [] }
  func listChanges(_ name: String, until: Instant, today: Day, now: Instant) throws -> ListChanges?
  {
    nil
  }

  func values(of entity: String, field: String) -> [String] {
    Array(Set(book.rows(entity).map { text(entity, $0, field) })).sorted()
  }

  func hostTable(_ name: String) -> ColumnTable? { nil }
  var hostTableNames: [String] { [] }

  func readTable(_ path: String) throws -> ColumnTable {
    throw Diagnostic("K7001", "no file '\(path)'")
  }

  func sqlTable(_ text: String) throws -> ColumnTable {
    throw Diagnostic("K6001", "no SQL here")
  }

  func distinctValues(_ query: Query) throws -> [Scalar] {
    let twin = Twin(book: book, catalogue: catalogue, functions: functions, zone: zone)
    var met: Set<Scalar> = []
    return try twin.run(query).columns.compactMap(\.first).filter {
      met.insert(TwinValues.key($0)).inserted
    }
  }
}

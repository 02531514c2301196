import KithBase
import KithModel
import KithPlan
import KithRun
import KithStore

/// What the checker may ask of an open book. Answers are kept until the book changes.
final class BookKnowledge: BookFacts {
  let book: Book
  var engine: Engine
  let zone: TimeZoneTable
  var hostTables: [String: ColumnTable] = [:]
  /// Lists that the text being checked will keep.
  var announcedLists: [String: ListFacts] = [:]
  /// Compares a list with an earlier run: name, the latest instant of the run, evaluation day and now.
  var changesOfList: (String, Instant, Day, Instant) throws -> ListChanges? = { _, _, _, _ in nil }
  var readFile: (String) throws -> ColumnTable = { _ in ColumnTable(columns: [], rowCount: 0) }
  private var knownFunnels: [FunnelFacts]?
  private var knownSettings: [String: String]?
  private var knownValues: [String: [String]] = [:]
  /// Gives the budget that queries run under while checking.
  var budget: () -> Budget = { Budget() }

  init(book: Book, engine: Engine, zone: TimeZoneTable) {
    self.book = book
    self.engine = engine
    self.zone = zone
  }

  func forget() {
    knownFunnels = nil
    knownSettings = nil
    knownValues = [:]
  }

  var catalogue: Catalogue { book.catalogue }

  func row(of entity: String, id: Int64) -> Int32? {
    guard let row = try? engine.row(ofID: id, in: entity), row != 0 else { return nil }
    return row
  }

  func id(of entity: String, row: Int32) -> Int64? {
    (try? engine.id(ofRow: row, in: entity)) ?? nil
  }

  func records(of entity: String, fields: [String]) -> [RecordFacts] {
    guard let spec = catalogue.entity(entity) else { return [] }
    let known = fields.compactMap { name in spec.fields.first { $0.name == name } }
    let columns = known.compactMap { field in
      (try? engine.column(entity, field.name)).map { (field, $0) }
    }
    guard columns.count == fields.count, let count = columns.first?.1.count else { return [] }
    return (1..<max(1, min(count, 10_001))).compactMap { row in
      guard let id = id(of: entity, row: Int32(row)) else { return nil }
      let values = columns.map { ($0.0.name, $0.1.scalar(row, $0.0.type)) }
      return RecordFacts(
        id: id, row: Int32(row), values: Dictionary(values, uniquingKeysWith: { $1 }))
    }
  }

  func find(_ entity: String, _ text: String) -> [Int64] {
    guard let spec = catalogue.entity(entity) else { return [] }
    if let id = (try? book.id(of: spec, code: text)) ?? nil { return [id] }
    let exact = (try? book.ids(of: spec, name: text, limit: 50)) ?? []
    if !exact.isEmpty { return exact }
    guard spec.fields.contains(where: { $0.name == spec.title && $0.type == .text }),
      let rows = try? engine.rows(of: entity, where: spec.title, equals: text)
    else { return [] }
    return rows.compactMap { (try? engine.id(ofRow: $0, in: entity)) ?? nil }
  }

  func setting(_ key: String) -> String? {
    if knownSettings == nil {
      var found: [String: String] = [:]
      for row in (try? book.settings()) ?? [] where row.team == nil {
        if let value = row.value { found[row.key] = value }
      }
      knownSettings = found
    }
    return knownSettings?[key]
  }

  func values(of entity: String, field: String) -> [String] {
    let key = entity + "." + field
    if let known = knownValues[key] { return known }
    let found = ((try? engine.values(of: entity, field: field, limit: 5000)) ?? []).map(\.text)
    knownValues[key] = found
    return found
  }

  func hostTable(_ name: String) -> ColumnTable? { hostTables[fold(name)] }
  var hostTableNames: [String] { Array(hostTables.keys) }
  func readTable(_ path: String) throws -> ColumnTable { try readFile(path) }

  // MARK: Funnels

  var funnels: [FunnelFacts] {
    if let knownFunnels { return knownFunnels }
    let found = (try? readFunnels()) ?? []
    knownFunnels = found
    return found
  }

  private func readFunnels() throws -> [FunnelFacts] {
    var found: [FunnelFacts] = []
    let funnels = try book.connection.prepare(
      #"SELECT "id", "name", "main" FROM "funnel" ORDER BY "main" IS NOT 1, "id""#)
    while try funnels.step() {
      found.append(
        FunnelFacts(
          id: funnels.int(0) ?? 0, name: funnels.text(1) ?? "", main: funnels.int(2) == 1,
          stages: [], opportunityCount: 1))
    }
    let stages = try book.connection.prepare(
      #"SELECT "funnel_id", "id", "code", "name_zh", "name_en", "position", "winning", "win", "#
        + #""planned_conversion" FROM "stage" ORDER BY "position", "id""#)
    while try stages.step() {
      guard let place = found.firstIndex(where: { $0.id == stages.int(0) }) else { continue }
      found[place].stages.append(
        FunnelFacts.Stage(
          id: stages.int(1) ?? 0, code: stages.text(2) ?? "", zh: stages.text(3) ?? "",
          en: stages.text(4) ?? "", position: stages.int(5) ?? 0, winning: stages.int(6) == 1,
          win: stages.double(7), plannedConversion: stages.double(8)))
    }
    if found.count > 1 {
      // Only then does it matter which funnel the deals follow.
      let counts = try book.connection.prepare(
        #"SELECT "funnel_id", count(*) FROM "opportunity" GROUP BY "funnel_id""#)
      for place in found.indices { found[place].opportunityCount = 0 }
      while try counts.step() {
        guard let place = found.firstIndex(where: { $0.id == counts.int(0) }) else { continue }
        found[place].opportunityCount = Int(counts.int(1) ?? 0)
      }
    }
    return found
  }

  // MARK: Lists

  var listNames: [String] {
    guard let statement = try? book.connection.prepare(#"SELECT "name" FROM "list" ORDER BY "id""#)
    else { return [] }
    var names: [String] = []
    while (try? statement.step()) == true { if let name = statement.text(0) { names.append(name) } }
    return names + announcedLists.keys.sorted()
  }

  func list(_ name: String) -> ListFacts? {
    if let announced = announcedLists[name] { return announced }
    guard let list = (try? book.list(named: name)) ?? nil else { return nil }
    guard list.isFrozen else { return .live(list.query) }
    guard let run = (try? book.lastRun(of: list.id)) ?? nil, let entity = run.entity,
      let members = try? book.members(of: list.id, at: run)
    else { return nil }
    return .frozen(entity: entity, ids: members.map(\.id))
  }

  func listChanges(_ name: String, until: Instant, today: Day, now: Instant) throws -> ListChanges?
  {
    if announcedLists[name] != nil { return nil }
    return try changesOfList(name, until, today, now)
  }

  // MARK: SQL and values found while checking

  func sqlTable(_ text: String) throws -> ColumnTable { try SQLTable.read(text, book.connection) }

  func distinctValues(_ query: Query) throws -> [Scalar] {
    let result = try engine.run(query, budget: budget(), refreshing: false)
    guard let vector = result.columns.first, let type = query.output.first?.expr.type else {
      return []
    }
    var seen: Set<Scalar> = []
    var found: [Scalar] = []
    for row in 0..<vector.count {
      let value = vector.scalar(row, type)
      if seen.insert(value).inserted { found.append(value) }
      guard found.count <= 1000 else { break }
    }
    return found.sorted(by: precedes)
  }

  /// Values in order, the empty one last.
  private func precedes(_ a: Scalar, _ b: Scalar) -> Bool {
    switch (a, b) {
    case (.empty, _): false
    case (_, .empty): true
    case (.text(let x), .text(let y)): x.unicodeScalars.lexicographicallyPrecedes(y.unicodeScalars)
    case (.int(let x), .int(let y)), (.money(let x), .money(let y)): x < y
    case (.object(let x), .object(let y)): x < y
    case (.float(let x), .float(let y)): x < y
    case (.date(let x), .date(let y)): x < y
    case (.time(let x), .time(let y)): x < y
    case (.period(let x), .period(let y)): x.start < y.start
    case (.bool(let x), .bool(let y)): !x && y
    default: false
    }
  }
}

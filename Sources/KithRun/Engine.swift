package import KithBase
package import KithModel
package import KithPlan

/// Runs checked queries over the columns of a book. One for each session; not for several threads.
package final class Engine {
  private let source: any ColumnSource
  private let catalogue: Catalogue
  private let functions: FunctionCatalogue
  private let zone: TimeZoneTable
  private var tables: Tables
  private let texts = TextCache()

  package init(
    source: any ColumnSource, catalogue: Catalogue, functions: FunctionCatalogue,
    zone: TimeZoneTable
  ) {
    self.source = source
    self.catalogue = catalogue
    self.functions = functions
    self.zone = zone
    tables = Tables(source: source, catalogue: catalogue)
  }

  /// Forgets everything that was read; the next query reads it again.
  package func invalidate() {
    tables = Tables(source: source, catalogue: catalogue)
    texts.clear()
  }

  /// Forgets what was read if the book has changed since, and says whether it had. Row numbers in
  /// literals (`Scalar.object`) hold until this, or `run`, finds a change. Throws K6 diagnostics.
  @discardableResult
  package func refresh() throws -> Bool {
    let current = try source.dataVersion()
    if tables.version == current { return false }
    let hadChanged = tables.version != nil
    if hadChanged { invalidate() }
    tables.version = current
    return hadChanged
  }

  /// The tables, of a version that is known.
  private func current() throws -> Tables {
    if tables.version == nil { tables.version = try source.dataVersion() }
    return tables
  }

  /// The row number of an object, 0 where there is none. Throws K6 diagnostics.
  package func row(ofID id: Int64, in entity: String) throws -> Int32 {
    try current().table(entity).row(ofID: id)
  }

  /// The id of a row, nil for nobody.
  package func id(ofRow row: Int32, in entity: String) throws -> Int64? {
    let table = try current().table(entity)
    guard row > 0, Int(row) <= table.count else { return nil }
    return table.ids[Int(row)]
  }

  /// The rows whose text in a field equals a text (NFC and width folded), in order of id.
  package func rows(of entity: String, where field: String, equals text: String) throws -> [Int32] {
    guard case .text(let codes, let dictionary) = try current().column(entity, field) else {
      return []
    }
    let wanted = Set(dictionary.codes(equalTo: TextFolding.canonical(text)))
    if wanted.isEmpty { return [] }
    return codes.indices.filter { wanted.contains(codes[$0]) }.map { Int32($0) }
  }

  /// The different values of a text or enumerated field with how often each occurs, commonest
  /// first; the empty value is left out. Throws K6 diagnostics.
  package func values(
    of entity: String, field: String, limit: Int = Int.max
  ) throws -> [(text: String, count: Int)] {
    try refresh()
    guard case .text(let codes, let dictionary) = try current().column(entity, field) else {
      return []
    }
    var counts = [Int](repeating: 0, count: dictionary.count)
    for code in codes { counts[Int(code)] += 1 }
    let order = (1..<max(1, counts.count)).filter { counts[$0] > 0 }
      .sorted { counts[$0] != counts[$1] ? counts[$0] > counts[$1] : $0 < $1 }
    return order.prefix(limit).map { (dictionary.string(Int32($0)), counts[$0]) }
  }

  /// A stored column with index 0 empty, for whoever needs one whole. Throws K6 diagnostics.
  package func column(_ entity: String, _ field: String) throws -> Vector {
    try current().column(entity, field)
  }

  /// Runs a query.
  ///
  /// - Parameters:
  ///   - maximumRows: how many rows' values are worked out; all are counted. Nil: every row.
  ///   - refreshing: asks the book first whether it has changed. False where the caller called
  ///     `refresh` before it checked the query, so that row numbers in literals still hold.
  /// Throws K4, K5 and K6 diagnostics; afterwards the engine can run the next query.
  package func run(
    _ query: Query, budget: Budget, maximumRows: Int? = nil, refreshing: Bool = true
  ) throws -> RunResult {
    if refreshing { try refresh() }
    var needs = FieldNeeds(query)
    let fields = needs.collect()
    if !tables.holds(fields) {
      try source.standingStill {
        for (entity, names) in fields where catalogue.entity(entity) != nil {
          try tables.load(entity, fields: names)
        }
      }
    }
    let execution = Execution(
      query: query, tables: tables, functions: functions, zone: zone, budget: budget, texts: texts)
    return try execution.result(maximumRows: maximumRows)
  }
}

/// What a query gave.
package struct RunResult: Sendable {
  /// One for each output of the query, of `shownRows` values.
  package var columns: [Vector]
  /// All rows, the ones not worked out included.
  package var rowCount: Int
  /// Rows whose values were worked out: the first ones.
  package var shownRows: Int
  /// Rows after each stage, by the index of its mark; -1 for a stage the plan no longer passes.
  package var stageCounts: [Int]
  /// The query's own remarks, then those of the run, each once.
  package var notes: [Note]
  /// Depth of each shown row where the rows are a tree.
  package var treeLevels: [Int32]?
  /// Row number of the object of each shown row, where rows stand for objects.
  package var objectRows: [Int32]?

  package init(
    columns: [Vector], rowCount: Int, shownRows: Int, stageCounts: [Int], notes: [Note],
    treeLevels: [Int32]? = nil, objectRows: [Int32]? = nil
  ) {
    self.columns = columns
    self.rowCount = rowCount
    self.shownRows = shownRows
    self.stageCounts = stageCounts
    self.notes = notes
    self.treeLevels = treeLevels
    self.objectRows = objectRows
  }
}

extension Execution {
  /// Names the stage that took the last rows away.
  private func noteEmptied() {
    for index in stageCounts.indices.dropFirst()
    where stageCounts[index] == 0 && stageCounts[index - 1] > 0 {
      let title = index < query.stageTitles.count ? query.stageTitles[index] : ""
      return notes.count(.emptied, title, stageCounts[index - 1])
    }
  }

  func result(maximumRows: Int?) throws -> RunResult {
    var frame = try run(query.plan)
    try budget.output(frame.rowCount)
    let shown = min(frame.rowCount, maximumRows ?? Int.max)
    let rows = Selection(start: 0, count: shown)
    frame.inPlay = shown
    var result = RunResult(
      columns: try query.output.map { try column($0.expr, frame, rows) },
      rowCount: frame.rowCount, shownRows: shown, stageCounts: stageCounts, notes: [])
    if let slot = query.treeLevel, frame.slots[slot] != nil,
      case .int(let levels) = try value(of: slot, frame, rows).dense
    {
      result.treeLevels = levels.map { Int32(truncatingIfNeeded: $0) }
    }
    if let object = query.object, case .row(let objects) = try column(object, frame, rows) {
      result.objectRows = objects
    }
    noteEmptied()
    result.notes = query.notes + notes.notes()
    return result
  }
}

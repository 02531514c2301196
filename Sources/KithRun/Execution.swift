import KithBase
import KithModel
import KithPlan

/// One query while it runs: the tables it reads, its budget, and everything it works out once.
final class Execution {
  let query: Query
  let tables: Tables
  let functions: FunctionCatalogue
  let zone: TimeZoneTable
  let budget: Budget
  /// What the engine knows about the dictionaries of stored columns.
  let texts: TextCache
  /// The moment of the tables where it is not the query's own.
  var moment: Instant?
  var notes = NoteCollector()
  /// Rows after each marked stage; -1 for one that the plan no longer passes (an opened funnel).
  var stageCounts: [Int]

  /// Derived fields as whole columns (index 0 empty).
  var derivedColumns: [DerivedKey: Vector] = [:]
  /// Aggregates over children as whole columns of the parent.
  var aggregateColumns: [AggregateCall: Vector] = [:]
  var scalarResults: [AggregateCall: [ObjectIdentifier: Vector]] = [:]
  var subqueryFrames: [ObjectIdentifier: Frame] = [:]
  var planSets: [PlanSetKey: PlanSet] = [:]
  /// Answers of text tests by dictionary code.
  var codeFlags: [CodeTestKey: [UInt8]] = [:]
  var lookedColumns: [LookedKey: Vector] = [:]
  /// Keeps the dictionaries of these keys alive, so that their identities stay theirs.
  private var keptDictionaries: [ObjectIdentifier: TextDictionary] = [:]
  /// Of the expression that is being bound.
  var sharedCells: [Expr: SharedCell] = [:]
  var literalDictionaries: [String: TextDictionary] = [:]
  var enumerationDictionaries: [String: TextDictionary] = [:]
  var mergedDictionaries: [[ObjectIdentifier]: MergedDictionary] = [:]
  var stageTests: [StageTestKey: [UInt8]] = [:]
  var space = TextSpace()

  init(
    query: Query, tables: Tables, functions: FunctionCatalogue, zone: TimeZoneTable,
    budget: Budget, texts: TextCache
  ) {
    self.query = query
    self.tables = tables
    self.functions = functions
    self.zone = zone
    self.budget = budget
    self.texts = texts
    stageCounts = [Int](repeating: -1, count: query.stageTitles.count)
  }

  func keep(_ dictionary: TextDictionary) -> ObjectIdentifier {
    let identity = ObjectIdentifier(dictionary)
    keptDictionaries[identity] = dictionary
    return identity
  }

  /// The dictionary whose codes are the values of an enumeration in order.
  func dictionary(ofEnumeration name: String) -> TextDictionary {
    if let known = enumerationDictionaries[name] { return known }
    let codes = tables.catalogue.enumeration(name)?.values.map(\.code) ?? []
    let dictionary = TextDictionary(codes)
    enumerationDictionaries[name] = dictionary
    return dictionary
  }

  /// An expression over all rows of a frame as one vector.
  func column(_ expr: Expr, _ frame: Frame) throws -> Vector {
    try column(expr, frame, frame.all)
  }

  func column(_ expr: Expr, _ frame: Frame, _ rows: Selection) throws -> Vector {
    if case .slot(let slot) = expr.kind, case .vector(let vector)? = frame.slots[slot],
      rows.list == nil
    {
      try budget.tick(rows.count)
      return vector.slice(rows.start, rows.count)
    }
    let bound = try bind(expr, frame)
    if rows.count <= Frame.block || bound.isRead {
      try budget.tick(rows.count)
      return try evaluate(bound, frame, rows).dense
    }
    var builder = ColumnBuilder(expr.type, capacity: rows.count)
    try rows.batches(of: Frame.block) { batch, _ in
      try budget.tick(batch.count)
      builder.append(try evaluate(bound, frame, batch))
    }
    return builder.finish()
  }

  func mismatch(_ what: String) -> Diagnostic {
    Diagnostic("K9110", "the engine met a value of another shape in \(what)")
  }
}

/// What is known about dictionaries, kept from query to query for those of stored columns.
final class TextCache {
  private var indexes: [ObjectIdentifier: TextIndex] = [:]

  func index(_ dictionary: TextDictionary) -> TextIndex {
    let identity = ObjectIdentifier(dictionary)
    if let index = indexes[identity] { return index }
    if indexes.count > 256 { indexes.removeAll() }
    let index = TextIndex(dictionary)
    indexes[identity] = index
    return index
  }

  func clear() { indexes.removeAll() }
}

import KithBase
import KithModel
import KithPlan

/// One row of the slow engine: the values of the slots it has; a slot that is missing is empty.
typealias TwinRow = [SlotID: Scalar]

/// What the slow engine gives: the shown rows, and the rows counted at each mark.
struct TwinResult {
  var columns: [[Scalar]]
  var stageCounts: [Int: Int]
}

/// The documents leave open what this gives, so there is nothing to compare (a random sample).
struct TwinUndecided: Error {
  var what: String
}

/// The obvious engine: row by row, nothing shared, nothing fast. It exists so that the real one can
/// be compared with it, and was written from the description of the plan alone.
final class Twin {
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

  /// `columns` of the result are rows of shown values, in order.
  func run(_ query: Query) throws -> TwinResult {
    let run = TwinRun(twin: self, query: query)
    let rows = try run.rows(query.plan)
    let shown = try rows.map { row in try query.output.map { try run.value($0.expr, row) } }
    return TwinResult(columns: shown, stageCounts: run.stageCounts)
  }
}

/// One run of one query, with what was computed on the way.
final class TwinRun {
  let book: TwinBook
  let catalogue: Catalogue
  let functions: FunctionCatalogue
  let zone: TimeZoneTable
  let query: Query
  /// The book of the query itself, and the moment where another one is asked about.
  var today: TwinBook
  var moment: Instant?
  var stageCounts: [Int: Int] = [:]
  var derivedValues: [DerivedKey: [Int32: Scalar]] = [:]
  var derivedPlans: [DerivedKey: [Int32: Scalar]] = [:]
  var subqueryRows: [ObjectIdentifier: [TwinRow]] = [:]
  lazy var tree = TwinReferrals(book: book)

  init(twin: Twin, query: Query) {
    book = twin.book
    today = twin.book
    catalogue = twin.catalogue
    functions = twin.functions
    zone = twin.zone
    self.query = query
  }

  func rows(_ plan: Plan) throws -> [TwinRow] {
    switch plan {
    case .scan(let source): return scan(source)
    case .filter(let input, let filter):
      return try rows(input).filter { try truth(filter.condition, $0) }
    case .compute(let input, let slots):
      return try rows(input).map { try computed(slots, $0) }
    case .window(let input, let slots):
      var all = try rows(input)
      for slot in slots {
        let values = try window(slot.call, all)
        for index in all.indices { all[index][slot.slot] = values[index] }
      }
      return all
    case .aggregate(let input, let aggregation): return try aggregate(rows(input), aggregation)
    case .order(let input, let keys): return try sorted(rows(input), keys)
    case .reverse(let input): return try rows(input).reversed()
    case .limit(let input, let limit): return try limited(rows(input), limit)
    case .expand(let input, let expansion): return try expanded(rows(input), expansion)
    case .join(let left, let right, let join): return try joined(rows(left), rows(right), join)
    case .append(let first, let second, let slots):
      let upper = try rows(first).map { row in try appended(slots, row, first: true) }
      return try upper + rows(second).map { row in try appended(slots, row, first: false) }
    case .walk(let input, let walk): return try walked(rows(input), walk)
    case .duplicates(let input, let keys, let group):
      return try duplicates(rows(input), keys, group)
    case .funnel(let input, let funnel): return try funnelled(rows(input), funnel)
    case .fill(let input, let fill): return try filled(rows(input), fill)
    case .cases(let input, let plan):
      return try rows(input).flatMap { row -> [TwinRow] in
        try plan.cases.filter { try truth($0.condition, row) }.map { part -> TwinRow in
          var new = row
          for (slot, expr) in zip(plan.slots, part.values) {
            new[slot.slot] = try value(expr, row)
          }
          return new
        }
      }
    case .describe(let input, let plan): return try described(rows(input), plan)
    case .histogram(let input, let plan): return try histogram(rows(input), plan)
    case .forecast(let input, let plan): return try forecasted(rows(input), plan)
    case .cohort(let input, let plan): return try cohorts(rows(input), plan)
    case .sequence(let input, let plan): return try sequenced(rows(input), plan)
    case .asOf(let input, let asOf): return try rows(input, asOf: asOf)
    case .mark(let input, let index):
      let all = try rows(input)
      stageCounts[index] = all.count
      return all
    }
  }

  private func scan(_ source: Source) -> [TwinRow] {
    switch source {
    case .entity(let name, let slot): return book.rows(name).map { [slot: .object($0)] }
    case .objects(let name, let ids, let slot):
      return ids.compactMap { book.tables[name]?.row(ofID: $0) }
        .filter { book.hidden[name]?.contains($0) != true }.map { [slot: .object($0)] }
    case .table(let table, let slots):
      return (0..<table.rowCount).map { index in
        var row: TwinRow = [:]
        for (slot, column) in zip(slots, table.columns) {
          row[slot] = column.vector.scalar(index, column.type)
        }
        return row
      }
    case .one: return [[:]]
    }
  }

  func computed(_ slots: [ComputedSlot], _ row: TwinRow) throws -> TwinRow {
    var row = row
    for slot in slots { row[slot.slot] = try value(slot.expr, row) }
    return row
  }

  private func appended(_ slots: [AppendedSlot], _ row: TwinRow, first: Bool) throws -> TwinRow {
    var new: TwinRow = [:]
    for slot in slots {
      if let expr = first ? slot.first : slot.second { new[slot.slot] = try value(expr, row) }
    }
    return new
  }
}

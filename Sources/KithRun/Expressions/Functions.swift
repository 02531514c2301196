import KithBase
import KithPlan

struct StageTestKey: Hashable {
  var comparison: Comparison
  var code: String
}

extension Execution {
  /// A function of the catalogue.
  func call(
    _ function: FunctionSpec, _ arguments: [Bound], _ context: FunctionContext, _ frame: Frame,
    _ rows: Selection
  ) throws -> Column {
    let columns = try arguments.map { try evaluate($0, frame, rows).dense }
    return Column(try function.kernel(columns, rows.count, context))
  }

  // MARK: Stages

  /// A stage against the stage of a code in its own funnel; false where the funnel lacks that code.
  func stageCompare(_ comparison: Comparison, code: String, _ column: Column) throws -> [UInt8] {
    guard case .row(let rows) = column.vector else { throw mismatch("a stage") }
    if comparison == .notEqual {
      return try stageCompare(.equal, code: code, column).map { $0 ^ 1 }
    }
    let key = StageTestKey(comparison: comparison, code: code)
    let flags: [UInt8]
    if let known = stageTests[key] {
      flags = known
    } else {
      let stages = try StageTable(tables)
      flags = (0..<stages.count).map { stage in
        guard stage > 0, let bound = stages.stage(code: code, inFunnelOf: stage) else { return 0 }
        return comparison.holds(stages.position[stage], stages.position[bound]) ? 1 : 0
      }
      stageTests[key] = flags
    }
    return flagged(column, rows, flags)
  }

  /// Two stages by their place; false where the funnels differ.
  func stageOrder(_ comparison: Comparison, _ left: Column, _ right: Column) throws -> [UInt8] {
    if comparison == .notEqual { return try stageOrder(.equal, left, right).map { $0 ^ 1 } }
    let (a, b) = (left.expanded, right.expanded)
    guard case .row(let first) = a.vector, case .row(let second) = b.vector else {
      throw mismatch("a stage")
    }
    let stages = try StageTable(tables)
    return (0..<a.count).map { i in
      let (x, y) = (Int(first[a.start + i]), Int(second[b.start + i]))
      if x == 0 || y == 0 || stages.funnel[x] != stages.funnel[y] { return 0 }
      return comparison.holds(stages.position[x], stages.position[y]) ? 1 : 0
    }
  }
}

/// The stages of all funnels, by row number.
struct StageTable {
  let funnel: [Int32]
  let position: [Int64]
  let codes: [String]
  let winning: [UInt8]
  let plannedConversion: [Double]
  let plannedDays: [Int64]
  var count: Int { funnel.count }

  init(_ tables: Tables) throws {
    try tables.load(
      "stage",
      fields: [
        "code", "position", "funnel", "winning", "planned_conversion", "planned_days", "win",
      ])
    funnel = try tables.rows("stage", "funnel")
    guard case .int(let positions) = try tables.column("stage", "position"),
      case .text(let codes, let dictionary) = try tables.column("stage", "code"),
      case .bool(let winning) = try tables.column("stage", "winning"),
      case .float(let conversions) = try tables.column("stage", "planned_conversion"),
      case .int(let days) = try tables.column("stage", "planned_days")
    else { throw Diagnostic("K9113", "the stages of the book have another shape") }
    position = positions
    self.codes = codes.map { dictionary.string($0) }
    self.winning = winning
    plannedConversion = conversions
    plannedDays = days
  }

  /// The row of the stage with a code in the funnel that a stage belongs to.
  func stage(code: String, inFunnelOf stage: Int) -> Int? {
    let wanted = funnel[stage]
    return (1..<max(1, count)).first { funnel[$0] == wanted && codes[$0] == code }
  }

  /// The stages of a funnel in order of position.
  func stages(ofFunnel row: Int32) -> [Int] {
    (1..<max(1, count)).filter { funnel[$0] == row }.sorted { position[$0] < position[$1] }
  }
}

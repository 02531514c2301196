import KithBase
import KithModel
import KithPlan

/// Funnels whose steps are conditions on rows in time.
extension Execution {
  func eventFunnel(_ input: Frame, _ plan: FunnelPlan) throws -> Frame {
    guard let block = plan.blocks.first, case .events(let object, let entity) = plan.ladder else {
      throw mismatch("a funnel")
    }
    let unit = try column(plan.unit, input)
    let times = try eventTimes(object, entity, input)
    let marks = try marks(block, input)
    let rows = EventRows(
      units: try group([unit], count: input.rowCount), unit: unit, times: times.values,
      marks: marks, keepsAll: plan.rules.order == .strict)
    notes.count(.leftOut, "date|日期", rows.undated)
    notes.count(.leftOut, "unit|单位", rows.homeless)
    try budget.tick(input.rowCount)
    let ladder = FunnelLadder(plan, block, marks: rows.codeMarks, now: times.now, zone)
    let (keyed, keys, groups) = try grouped(input, plan.by)
    let store = HistoryStore(
      rows.events,
      states: [StageHistories.DealState](repeating: .open, count: rows.unitCount), closed: [])
    let trace = FunnelTrace(ladder, store.view)
    func each(_ body: (_ unit: Int, _ row: Int) throws -> Void) throws {
      for unit in 0..<rows.unitCount {
        if unit % Frame.batch == 0 { try budget.tick(Frame.batch) }
        for passage in 0..<trace.follow(unit) {
          trace.take(passage)
          if ladder.rules.excludesEntirely, trace.isExcluded { continue }
          try body(unit, rows.row(at: trace.entryPlace))
        }
      }
    }
    switch plan.result {
    case .steps:
      let planned = StepPlan(steps: block.steps.count)
      let tallies = StepTallies(ladder, planned, store.view, groups: groups.count)
      try each { unit, row in tallies.add(unit, Int(groups.ids[row]), trace, amount: 0) }
      var figures = FunnelFigures()
      figures.begin(block, Array(0..<groups.count), groups)
      for group in 0..<groups.count { try addSteps(tallies, group, ladder, planned, &figures) }
      return figures.frame(plan, keys: keys)
    case .opened(let number, let steps):
      guard let first = steps.first, let step = first, let slot = plan.unitSlot else {
        throw mismatch("a funnel")
      }
      var isKept: [UInt8]?
      if let condition = plan.kept {
        guard case .bool(let flags) = try column(condition, keyed) else { throw mismatch("a test") }
        isKept = flags
      }
      var kept: [Int32] = []
      try each { _, row in
        if trace.isMeant(number, at: step), (isKept?[row] ?? 1) == 1 { kept.append(Int32(row)) }
      }
      var values = unit.gather(kept)
      // Objects come in order of their rows.
      if case .row(let objects) = values { values = .row(objects.sorted()) }
      return Frame(rowCount: kept.count, slots: [slot: .vector(values)])
    }
  }

  /// When each event happened, and the instant that is now beside it: days are compared as days.
  private func eventTimes(
    _ object: Expr, _ entity: String, _ input: Frame
  ) throws -> (values: [Int64], now: Int64) {
    guard let path = tables.catalogue.entity(entity)?.time,
      let moments = try tables.moments(entity, path: path),
      case .row(let rows) = try column(object, input)
    else { throw mismatch("a funnel") }
    var values = rows.map { $0 == 0 ? Int64.max : moments[Int($0)] }
    let now = query.now.microseconds
    guard try isDay(entity, path) else { return (values, now) }
    let day: Int64 = 86_400_000_000
    for index in values.indices where values[index] != Int64.max {
      values[index] = zone.start(of: Day(number: Int32(values[index] / day))).microseconds
    }
    return (values, zone.start(of: Day(number: zone.day(of: now))).microseconds)
  }

  private func isDay(_ entity: String, _ path: String) throws -> Bool {
    var owner = try tables.spec(entity)
    var steps = path.split(separator: ".").map(String.init)
    let last = steps.popLast()
    for step in steps {
      guard let next = owner.toOne.first(where: { $0.name == step }) else { return false }
      owner = try tables.spec(next.target)
    }
    return owner.fields.first { $0.name == last }?.type == .date
  }

  /// By row one bit for each condition that holds, exclusions together.
  private func marks(_ block: FunnelPlan.Block, _ input: Frame) throws -> [UInt64] {
    var marks = [UInt64](repeating: 0, count: input.rowCount)
    func add(_ step: FunnelPlan.Step, _ bit: UInt64) throws {
      guard let condition = step.condition, case .bool(let flags) = try column(condition, input)
      else { throw mismatch("a step") }
      for row in flags.indices where flags[row] == 1 { marks[row] |= bit }
    }
    for (index, step) in block.steps.enumerated() { try add(step, 1 << UInt64(index)) }
    for exclusion in block.exclusions { try add(exclusion, FunnelLadder.exclusion) }
    return marks
  }
}

/// Event rows laid out unit by unit, in time.
private struct EventRows {
  /// As a history: its codes are places in `codeMarks`.
  private(set) var events: ChangeEvents
  private(set) var codeMarks: [UInt64] = [0]
  /// The input row of each event.
  private var rows: [Int32] = []
  private(set) var undated = 0
  private(set) var homeless = 0
  let unitCount: Int

  func row(at place: Int) -> Int { Int(rows[place]) }

  /// - Parameter keepsAll: rows that fulfil nothing count too, as they break a strict order.
  init(units: Groups, unit: Vector, times: [Int64], marks: [UInt64], keepsAll: Bool) {
    unitCount = units.count
    var starts = [Int32](repeating: 0, count: units.count + 1)
    var isKept = [Bool](repeating: false, count: marks.count)
    let isHomeless = units.first.map { unit.isEmpty(at: Int($0)) }
    for row in marks.indices {
      if isHomeless[Int(units.ids[row])] {
        homeless += 1
      } else if times[row] == Int64.max {
        undated += 1
      } else if keepsAll || marks[row] != 0 {
        isKept[row] = true
        starts[Int(units.ids[row]) + 1] += 1
      }
    }
    for index in 0..<units.count { starts[index + 1] += starts[index] }
    var next = starts
    var ordered = [Int32](repeating: 0, count: Int(starts[units.count]))
    for row in marks.indices where isKept[row] {
      let group = Int(units.ids[row])
      ordered[Int(next[group])] = Int32(row)
      next[group] += 1
    }
    Self.order(&ordered, starts, times)
    var codes: [UInt64: Int32] = [0: 0]
    var all: [UInt64] = [0]
    let eventCodes = ordered.map { row -> Int32 in
      let mark = marks[Int(row)]
      if let code = codes[mark], code != 0 { return code }
      // Code 0 is no event, so rows without a mark need a code of their own.
      all.append(mark)
      codes[mark] = Int32(all.count - 1)
      return Int32(all.count - 1)
    }
    codeMarks = all
    events = ChangeEvents(starts: starts, codes: eventCodes, times: ordered.map { times[Int($0)] })
    rows = ordered
  }

  /// Orders the rows of each unit by time; rows of a time keep their order, which is that of ids.
  private static func order(_ rows: inout [Int32], _ starts: [Int32], _ times: [Int64]) {
    for unit in 0..<(starts.count - 1) {
      let range = Int(starts[unit])..<Int(starts[unit + 1])
      if range.count < 2 { continue }
      var isOrdered = true
      for place in range.dropFirst() where times[Int(rows[place - 1])] > times[Int(rows[place])] {
        isOrdered = false
        break
      }
      if isOrdered { continue }
      rows[range].sort {
        times[Int($0)] != times[Int($1)] ? times[Int($0)] < times[Int($1)] : $0 < $1
      }
    }
  }
}

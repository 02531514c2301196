import KithBase
import KithPlan

/// Snapshots: who stands where at an instant.
extension Execution {
  func snapshot(
    _ course: FunnelCourse, _ plan: FunnelPlan, _ at: Instant?, _ units: FunnelUnits,
    _ groups: [Int], _ figures: inout FunnelFigures
  ) throws {
    let count = course.ladder.count
    let tallies = GroupStore(units.groups.count * count, StepTally())
    let amounts = try amounts(plan)
    let then = try amountsThen(plan, at)
    try eachUnit(course, units) { unit, group in
      guard let (step, code) = course.standing(unit, at) else { return }
      let tally = tallies.values + group * count + step
      tally.pointee.now += 1
      guard let amounts else { return }
      let amount = then?.amount(unit) ?? amounts.amounts[unit]
      if amount != Empty.int { tally.pointee.amount += Int128(amount) }
      tally.pointee.weighted += try amounts.weighted(unit, amount: amount, stage: code)
    }
    for group in groups {
      for step in 0..<count {
        let tally = tallies.values[group * count + step]
        figures.add("count", tally.now)
        figures.add("amount", try Self.money(tally.amount))
        figures.add("weighted", try Self.money(tally.weighted))
      }
    }
  }

  func openSnapshot(
    _ course: FunnelCourse, _ at: Instant?, _ units: FunnelUnits, _ step: Int,
    _ keep: (_ row: Int) -> Void
  ) throws {
    for (row, unit) in units.rows.enumerated() {
      if row % Frame.batch == 0 { try budget.tick(Frame.batch) }
      if course.holds(unit), course.standing(Int(unit), at)?.step == step { keep(row) }
    }
  }

  /// The amounts that stage changes wrote down up to an instant; nil for now.
  private func amountsThen(_ plan: FunnelPlan, _ at: Instant?) throws -> AmountsThen? {
    guard let at, case .deals = plan.ladder else { return nil }
    try tables.load("stage_change", fields: ["amount", "at"])
    guard case .int(let amounts) = try tables.column("stage_change", "amount"),
      case .int(let times) = try tables.column("stage_change", "at")
    else { throw mismatch("a funnel") }
    return AmountsThen(
      changes: try tables.relation("stage_change", "opportunity"), amounts: amounts, times: times,
      at: at.microseconds)
  }
}

/// The amount of a deal as it was written down last up to an instant.
private struct AmountsThen {
  let changes: Relation
  let amounts: [Int64]
  let times: [Int64]
  let at: Int64

  /// Nil where nothing was written down.
  func amount(_ deal: Int) -> Int64? {
    var found: Int64?
    for change in changes.children(of: Int32(deal)) {
      let time = times[Int(change)]
      if time == Empty.int || time > at { continue }
      if amounts[Int(change)] != Empty.int { found = amounts[Int(change)] }
    }
    return found
  }
}

extension FunnelCourse {
  /// The step and the code an open unit stood at; nil is now.
  func standing(_ unit: Int, _ at: Instant?) -> (step: Int, code: Int)? {
    guard let at = at?.microseconds else {
      return standing(unit).map { ($0, Int(present[unit])) }
    }
    var code = 0
    for place in view.events(of: unit) {
      if view.times[place] > at { break }
      code = Int(view.stages[place])
    }
    let step = ladder.stepOfCode[code]
    if code == 0 || step < 0 { return nil }
    if view.states[unit] != .open, ladder.lossCode < 0 {
      let closed = view.closedAt(unit)
      if closed == Empty.int || closed <= at { return nil }
    }
    return (Int(step), code)
  }
}

/// Flows: the moves within a time.
extension Execution {
  func flow(
    _ course: FunnelCourse, _ range: Range<Int64>, _ units: FunnelUnits, _ groups: [Int],
    _ figures: inout FunnelFigures
  ) throws {
    let count = course.ladder.count
    // Of each step: entered, forward, lost, stayed.
    let tallies = GroupStore(units.groups.count * count * 4, Int64(0))
    var moves = StepMoves(course, range)
    try eachUnit(course, units) { unit, group in
      moves.follow(unit)
      for move in moves.found {
        tallies.values[(group * count + move.step) * 4 + move.kind.rawValue] += 1
      }
    }
    for group in groups {
      for step in 0..<count {
        let tally = tallies.values + (group * count + step) * 4
        figures.add("entered", tally[0])
        figures.add("forward", tally[1])
        figures.add("lost", tally[2])
        figures.add("stayed", tally[3])
      }
    }
  }

  func openFlow(
    _ course: FunnelCourse, _ range: Range<Int64>, _ units: FunnelUnits,
    _ number: FunnelPlan.Opened, _ step: Int, _ keep: (_ row: Int) -> Void
  ) throws {
    let wanted: StepMoves.Kind =
      switch number {
      case .reached: .entered
      case .lost, .dropped: .lost
      case .open: .stayed
      }
    var moves = StepMoves(course, range)
    for (row, unit) in units.rows.enumerated() {
      if row % Frame.batch == 0 { try budget.tick(Frame.batch) }
      guard course.holds(unit) else { continue }
      moves.follow(Int(unit))
      for move in moves.found where move.step == step && move.kind == wanted { keep(row) }
    }
  }
}

/// The moves of a unit within a time, from step to step.
private struct StepMoves {
  enum Kind: Int { case entered, forward, lost, stayed }

  private(set) var found: [(kind: Kind, step: Int)] = []
  private let course: FunnelCourse
  private let range: Range<Int64>
  /// The step that a win arrives at; `count` where it only leaves.
  private let winningStep: Int

  init(_ course: FunnelCourse, _ range: Range<Int64>) {
    self.course = course
    self.range = range
    let ladder = course.ladder
    let place = ladder.winningPosition
    winningStep =
      ladder.lower.firstIndex(of: Int64.max)
      ?? ladder.lower.indices.first {
        place != Int64.max && place >= ladder.lower[$0] && place < ladder.upper[$0]
      } ?? ladder.count
  }

  mutating func follow(_ unit: Int) {
    found.removeAll(keepingCapacity: true)
    let view = course.view
    let ladder = course.ladder
    let events = view.events(of: unit)
    var current: Int?
    var isClosed = false
    for place in events {
      let (code, time) = (view.stages[place], view.times[place])
      if time >= range.upperBound { break }
      if code == 0 {
        // A closing that something follows was taken back, so it was no win.
        let isLast = place + 1 == events.upperBound
        if isLast, view.states[unit] == .open { continue }
        close(isLast && view.states[unit] == .won, time, &current)
        isClosed = isLast
        continue
      }
      if code == ladder.lossCode {
        close(false, time, &current)
        continue
      }
      let step = Int(ladder.stepOfCode[Int(code)])
      move(to: step < 0 ? nil : step, time, &current)
    }
    if !isClosed, view.states[unit] != .open, ladder.lossCode < 0 {
      let closed = view.closed[unit]
      if closed != Empty.int, closed < range.upperBound {
        close(view.states[unit] == .won, closed, &current)
      }
    }
    if let current { found.append((.stayed, current)) }
  }

  private mutating func move(to step: Int?, _ time: Int64, _ current: inout Int?) {
    if step == current { return }
    if range.contains(time) {
      if let old = current, let step, step > old { found.append((.forward, old)) }
      if let step { found.append((.entered, step)) }
    }
    current = step
  }

  private mutating func close(_ isWin: Bool, _ time: Int64, _ current: inout Int?) {
    if range.contains(time) {
      if !isWin {
        if let current { found.append((.lost, current)) }
      } else if winningStep == course.ladder.count {
        if let current { found.append((.forward, current)) }
      } else if winningStep > current ?? -1 {
        if let current { found.append((.forward, current)) }
        found.append((.entered, winningStep))
      }
    }
    current = nil
  }
}

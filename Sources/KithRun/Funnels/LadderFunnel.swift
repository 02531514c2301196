import KithBase
import KithPlan

/// The histories that a block of a funnel runs over, and what its steps mean there.
struct FunnelCourse {
  let block: FunnelPlan.Block
  let ladder: FunnelLadder
  let planned: StepPlan
  let view: HistoryView
  /// What the view points into.
  let store: HistoryStore
  /// The code of each unit now, and 1 where its history was guessed.
  let present: [Int32]
  let isGuessed: [UInt8]
  /// Of deals: the funnel each follows, and the one of this block.
  let funnels: [Int32]
  let funnel: Int32

  func holds(_ unit: Int32) -> Bool { unit != 0 && (funnel == 0 || funnels[Int(unit)] == funnel) }

  /// The step an open unit stands at.
  func standing(_ unit: Int) -> Int? {
    guard view.states[unit] == .open else { return nil }
    let step = ladder.stepOfCode[Int(present[unit])]
    return step < 0 ? nil : Int(step)
  }
}

/// The units of an input, and the breakdown each row is in.
struct FunnelUnits {
  let rows: [Int32]
  let keys: [Vector]
  let groups: Groups
  let keyed: Frame
}

extension Execution {
  func funnel(_ input: Frame, _ plan: FunnelPlan) throws -> Frame {
    if case .events = plan.ladder {
      return try replace(input, by: try eventFunnel(input, plan))
    }
    let courses = try courses(plan)
    let units = try funnelUnits(input, plan)
    noteStrangers(units.rows, courses)
    switch plan.result {
    case .steps:
      var figures = FunnelFigures()
      for (index, course) in courses.enumerated() {
        let groups = shownGroups(course, units, isOnly: courses.count == 1)
        let isLastHope = index == courses.count - 1 && figures.isEmpty && plan.by.isEmpty
        try count(course, plan, units, isLastHope && groups.isEmpty ? [0] : groups, &figures)
      }
      return try replace(input, by: figures.frame(plan, keys: units.keys))
    case .opened(let number, let steps):
      var kept: [Int32] = []
      for (course, step) in zip(courses, steps) {
        guard let step else { continue }
        let isKept = try keptRows(plan, course, units)
        try open(course, plan, units, number, step) { row in
          if isKept?[row] != 0 { kept.append(Int32(row)) }
        }
      }
      kept.sort()
      return try replace(input, by: input.gather(kept))
    }
  }

  // MARK: Preparing

  private func courses(_ plan: FunnelPlan) throws -> [FunnelCourse] {
    if case .classes = plan.ladder {
      let classes = try classHistories()
      return try plan.blocks.map { block in
        let rungs = Rungs(
          positions: classes.positions, codes: classes.codes, lossCode: classes.lossCode)
        return FunnelCourse(
          block: block, ladder: try FunnelLadder(plan, block, rungs, zone: zone),
          planned: StepPlan(steps: block.steps.count), view: classes.view, store: classes.store,
          present: classes.present, isGuessed: classes.isGuessed, funnels: [], funnel: 0)
      }
    }
    let histories = try stageHistories()
    let stages = histories.stages
    return try plan.blocks.map { block in
      let funnel = try tables.table("funnel").row(ofID: block.funnel ?? 0)
      let own = stages.stages(ofFunnel: funnel)
      let rungs = Rungs(
        positions: (0..<stages.count).map {
          $0 > 0 && stages.funnel[$0] == funnel ? stages.position[$0] : Int64.min
        },
        codes: Dictionary(own.map { (stages.codes[$0], $0) }, uniquingKeysWith: { a, _ in a }),
        winningPosition: histories.winningPosition[Int(funnel)])
      let ladder = try FunnelLadder(plan, block, rungs, zone: zone)
      return FunnelCourse(
        block: block, ladder: ladder, planned: StepPlan(stages, funnel, ladder),
        view: histories.view, store: histories.store, present: histories.present,
        isGuessed: histories.isGuessed, funnels: histories.funnel, funnel: funnel)
    }
  }

  private func funnelUnits(_ input: Frame, _ plan: FunnelPlan) throws -> FunnelUnits {
    guard case .row(let rows) = try column(plan.unit, input) else { throw mismatch("a funnel") }
    let (keyed, keys, groups) = try grouped(input, plan.by)
    return FunnelUnits(rows: rows, keys: keys, groups: groups, keyed: keyed)
  }

  private func noteStrangers(_ rows: [Int32], _ courses: [FunnelCourse]) {
    guard let first = courses.first else { return }
    let wanted = Set(courses.map(\.funnel))
    var others = 0
    var withoutHistory = 0
    for unit in rows where unit != 0 {
      if first.funnel != 0, !wanted.contains(first.funnels[Int(unit)]) {
        others += 1
      } else {
        withoutHistory += Int(first.isGuessed[Int(unit)])
      }
    }
    notes.count(.otherFunnel, "", others)
    notes.count(.noHistory, "", withoutHistory)
  }

  /// The breakdowns whose rows are shown: of several blocks those with a unit of the block.
  private func shownGroups(_ course: FunnelCourse, _ units: FunnelUnits, isOnly: Bool) -> [Int] {
    if isOnly { return Array(0..<units.groups.count) }
    var has = [Bool](repeating: false, count: units.groups.count)
    for (row, unit) in units.rows.enumerated() where course.holds(unit) {
      has[Int(units.groups.ids[row])] = true
    }
    return has.indices.filter { has[$0] }
  }

  /// By input row 0 where a condition on the breakdown fails; nil without one.
  func keptRows(
    _ plan: FunnelPlan, _ course: FunnelCourse, _ units: FunnelUnits
  ) throws -> [UInt8]? {
    guard let condition = plan.kept else { return nil }
    var frame = units.keyed
    if let block = plan.blockSlot {
      let name = Vector.texts([course.block.name])
      frame.slots[block] = .vector(name.repeated(frame.rowCount))
    }
    guard case .bool(let flags) = try column(condition, frame) else { throw mismatch("a test") }
    return flags.map { $0 == 1 ? 1 : 0 }
  }

  /// Calls the body for each unit of the course, in order of the rows; a unit that comes again in the
  /// same breakdown is left out.
  func eachUnit(
    _ course: FunnelCourse, _ units: FunnelUnits,
    _ body: (_ unit: Int, _ group: Int) throws -> Void
  ) throws {
    let rows = units.rows
    // Rows in ascending order of units, as they mostly are, hold each unit once.
    let isAscending = zip(rows, rows.dropFirst()).allSatisfy { $0 < $1 }
    var seen = PairSet(groups: isAscending ? 0 : units.groups.count, values: course.present.count)
    for (row, unit) in rows.enumerated() {
      if row % Frame.batch == 0 { try budget.tick(Frame.batch) }
      guard course.holds(unit) else { continue }
      let group = Int(units.groups.ids[row])
      guard isAscending || seen.insert(group, Int(unit)) else { continue }
      try body(Int(unit), group)
    }
  }

  // MARK: Counting

  private func count(
    _ course: FunnelCourse, _ plan: FunnelPlan, _ units: FunnelUnits, _ groups: [Int],
    _ figures: inout FunnelFigures
  ) throws {
    if groups.isEmpty { return }
    figures.begin(course.block, groups, units.groups)
    switch plan.mode {
    case .cohort: try cohort(course, plan, units, groups, &figures)
    case .snapshot(let at): try snapshot(course, plan, at, units, groups, &figures)
    case .flow(let from, let to):
      try flow(course, from.microseconds..<to.microseconds, units, groups, &figures)
    }
  }

  private func cohort(
    _ course: FunnelCourse, _ plan: FunnelPlan, _ units: FunnelUnits, _ groups: [Int],
    _ figures: inout FunnelFigures
  ) throws {
    let ladder = course.ladder
    let tallies = StepTallies(ladder, course.planned, course.view, groups: units.groups.count)
    let amounts = try amounts(plan)
    let trace = FunnelTrace(ladder, course.view)
    let leavesOut = ladder.rules.excludesEntirely
    try eachUnit(course, units) { unit, group in
      let amount = amounts?.amount(unit) ?? 0
      var isLeftOut = false
      for passage in 0..<trace.follow(unit) {
        trace.take(passage)
        if leavesOut, trace.isExcluded {
          isLeftOut = true
        } else {
          tallies.add(unit, group, trace, amount: amount)
        }
      }
      if !isLeftOut, let step = course.standing(unit) {
        tallies.steps[group * ladder.count + step].now += 1
        if let amounts {
          tallies.steps[group * ladder.count + step].weighted += try amounts.weighted(unit)
        }
      }
    }
    for group in groups { try addSteps(tallies, group, ladder, course.planned, &figures) }
  }

  /// The money of deals; customers have none.
  func amounts(_ plan: FunnelPlan) throws -> DealAmounts? {
    guard case .deals = plan.ladder else { return nil }
    try tables.load("opportunity", fields: ["amount", "manual_win", "stage"])
    guard case .int(let amounts) = try tables.column("opportunity", "amount"),
      case .float(let manual) = try tables.column("opportunity", "manual_win"),
      case .float(let wins) = try tables.column("stage", "win")
    else { throw mismatch("a funnel") }
    return DealAmounts(
      amounts: amounts, manualWin: manual, stageWin: wins,
      stages: try tables.rows("opportunity", "stage"))
  }

  /// The figures of the steps of one breakdown.
  func addSteps(
    _ tallies: StepTallies, _ group: Int, _ ladder: FunnelLadder, _ planned: StepPlan,
    _ figures: inout FunnelFigures
  ) throws {
    func ratio(_ part: Int64, _ whole: Int64) -> Double {
      whole == 0 ? .nan : Double(part) / Double(whole)
    }
    let base = group * ladder.count
    for step in 0..<ladder.count {
      let tally = tallies.steps[base + step]
      let isLast = ladder.next[step] == ladder.count
      figures.add("reached", tally.reached)
      figures.add("advanced", isLast ? Empty.int : tally.advanced)
      figures.add("lost", isLast ? Empty.int : tally.lost)
      figures.add("late", isLast ? Empty.int : tally.late)
      figures.add("open", isLast ? Empty.int : tally.open)
      figures.add("now", tally.now)
      let conversion = isLast ? .nan : ratio(tally.advanced, tally.reached)
      figures.add("conversion", conversion)
      figures.add("resolved", isLast ? .nan : ratio(tally.advanced, tally.reached - tally.open))
      figures.add("cumulative", ratio(tally.reached, tallies.steps[base].reached))
      figures.add("planned", planned.conversion[step])
      figures.add("gap", conversion - planned.conversion[step])
      figures.add("back", tally.back)
      figures.add("skipped", tally.skipped)
      figures.addDays(tallies.lengths[base + step])
      figures.add("planned_days", planned.days[step])
      figures.add(
        "over_plan", planned.days[step] == Empty.int ? Empty.int : tally.overPlan)
      figures.add("amount", try Self.money(tally.amount))
      figures.add("weighted", try Self.money(tally.weighted))
    }
  }

  static func money(_ sum: Int128) throws -> Int64 {
    guard let value = Int64(exactly: sum), value != Empty.int else { throw overflow }
    return value
  }

  // MARK: Opening

  private func open(
    _ course: FunnelCourse, _ plan: FunnelPlan, _ units: FunnelUnits,
    _ number: FunnelPlan.Opened, _ step: Int, _ keep: (_ row: Int) -> Void
  ) throws {
    switch plan.mode {
    case .cohort: break
    case .snapshot(let at):
      return try openSnapshot(course, at, units, step, keep)
    case .flow(let from, let to):
      let range = from.microseconds..<to.microseconds
      return try openFlow(course, range, units, number, step, keep)
    }
    let trace = FunnelTrace(course.ladder, course.view)
    for (row, unit) in units.rows.enumerated() {
      if row % Frame.batch == 0 { try budget.tick(Frame.batch) }
      guard course.holds(unit) else { continue }
      for passage in 0..<trace.follow(Int(unit)) {
        trace.take(passage)
        if trace.isMeant(number, at: step) { keep(row) }
      }
    }
  }
}

extension FunnelTrace {
  /// Whether the passage that was taken is one of those a number of a step counts.
  func isMeant(_ number: FunnelPlan.Opened, at step: Int) -> Bool {
    if ladder.rules.excludesEntirely, isExcluded { return false }
    if times[step] == Empty.int { return false }
    if number == .reached { return true }
    let next = ladder.next[step]
    if next == ladder.count || times[next] != Empty.int { return false }
    switch number {
    case .reached: return true
    case .lost: return end == .lost
    case .open: return end == .open
    case .dropped: return end == .lost || end == .late
    }
  }
}

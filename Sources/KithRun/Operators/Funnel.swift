import KithBase
import KithPlan

extension Execution {
  func funnel(_ input: Frame, _ plan: FunnelPlan) throws -> Frame {
    let histories = try stageHistories()
    guard case .row(let deals) = try column(plan.unit, input) else { throw mismatch("a funnel") }
    let funnelRow = try tables.table("funnel").row(ofID: plan.funnel)
    let positions = try plan.steps.map { step -> Int64 in
      if let stage = histories.stages.stages(ofFunnel: funnelRow).first(where: {
        histories.stages.codes[$0] == step.code
      }) {
        return histories.stages.position[stage]
      }
      guard step.code == "won" else {
        throw Diagnostic("K2107", "the funnel has no stage '\(step.code)'")
      }
      return Int64.max
    }
    let ladder = FunnelLadder(
      plan, positions: positions, funnel: funnelRow, histories, zone: zone)
    var others = 0
    var withoutHistory = 0
    func isUnit(_ deal: Int32) -> Bool {
      if deal == 0 { return false }
      if histories.funnel[Int(deal)] != funnelRow {
        others += 1
        return false
      }
      withoutHistory += Int(histories.isGuessed[Int(deal)])
      return true
    }
    let frame: Frame
    if let wanted = plan.result.step {
      frame = try opened(input, plan.result, wanted, deals, histories, ladder, isUnit)
    } else {
      frame = try steps(input, plan, deals, histories, ladder, funnelRow, isUnit)
    }
    notes.count(.otherFunnel, "", others)
    notes.count(.noHistory, "", withoutHistory)
    return try replace(input, by: frame)
  }

  /// The rows behind one number.
  private func opened(
    _ input: Frame, _ result: FunnelPlan.Result, _ step: Int, _ deals: [Int32],
    _ histories: StageHistories, _ ladder: FunnelLadder, _ isUnit: (Int32) -> Bool
  ) throws -> Frame {
    var kept: [Int32] = []
    let trace = DealTrace(ladder, histories)
    for (row, deal) in deals.enumerated() {
      if row % Frame.batch == 0 { try budget.tick(Frame.batch) }
      guard isUnit(deal) else { continue }
      trace.follow(Int(deal))
      guard trace.reached > step else { continue }
      let end = trace.end(at: step)
      let isMeant =
        switch result {
        case .steps, .reached: true
        case .lost: end == .lost
        case .open: end == .open
        case .dropped: end == .lost || end == .late
        }
      if isMeant { kept.append(Int32(row)) }
    }
    return input.gather(kept)
  }

  // MARK: Counts

  private func steps(
    _ input: Frame, _ plan: FunnelPlan, _ deals: [Int32], _ histories: StageHistories,
    _ ladder: FunnelLadder, _ funnelRow: Int32, _ isUnit: (Int32) -> Bool
  ) throws -> Frame {
    var keyed = input
    var keys: [Vector] = []
    for slot in plan.by {
      let vector = try column(slot.expr, keyed)
      keys.append(vector)
      keyed.slots[slot.slot] = .vector(vector)
    }
    let groups = try group(keys, count: input.rowCount)
    let planned = StepPlan(histories.stages, funnelRow, ladder)
    let amounts = try amounts()
    let tallies = StepTallies(ladder, planned, histories, groups: groups.count)
    // Rows in ascending order of deals, as they mostly are, hold each deal once.
    let isAscending = zip(deals, deals.dropFirst()).allSatisfy { $0 < $1 }
    var seen = PairSet(groups: isAscending ? 0 : groups.count, values: histories.funnel.count)
    let trace = DealTrace(ladder, histories)
    for (row, deal) in deals.enumerated() {
      if row % Frame.batch == 0 { try budget.tick(Frame.batch) }
      let group = Int(groups.ids[row])
      guard deal != 0, isAscending || seen.insert(group, Int(deal)), isUnit(deal) else { continue }
      trace.follow(Int(deal))
      tallies.add(Int(deal), group, trace, amount: amounts.amount(Int(deal)))
      if let step = standing(Int(deal), histories, ladder) {
        tallies.steps[group * ladder.count + step].now += 1
        tallies.steps[group * ladder.count + step].weighted +=
          try amounts.weighted(Int(deal), histories)
      }
    }
    var frame = try stepRows(plan, tallies, planned)
    let rows = (0..<groups.count).flatMap { group in
      [Int32](repeating: group < groups.first.count ? groups.first[group] : -1, count: ladder.count)
    }
    for (slot, vector) in zip(plan.by, keys) {
      frame.slots[slot.slot] = .vector(vector.gatherOrEmpty(rows))
    }
    return frame
  }

  /// The step an open deal stands at.
  private func standing(_ deal: Int, _ histories: StageHistories, _ ladder: FunnelLadder) -> Int? {
    guard histories.state[deal] == .open else { return nil }
    let step = ladder.stepOfStage[Int(histories.present[deal])]
    return step < 0 ? nil : Int(step)
  }

  private func amounts() throws -> DealAmounts {
    try tables.load("opportunity", fields: ["amount", "manual_win", "stage"])
    guard case .int(let amounts) = try tables.column("opportunity", "amount"),
      case .float(let manual) = try tables.column("opportunity", "manual_win"),
      case .float(let wins) = try tables.column("stage", "win")
    else { throw mismatch("a funnel") }
    return DealAmounts(
      amounts: amounts, manualWin: manual, stageWin: wins,
      stages: try tables.rows("opportunity", "stage"))
  }

  // MARK: Rows

  private func stepRows(
    _ plan: FunnelPlan, _ all: StepTallies, _ planned: StepPlan
  ) throws -> Frame {
    let tallies = all.steps
    let steps = plan.steps.count
    let count = tallies.count
    var frame = Frame(rowCount: count)
    func set(_ name: String, _ vector: Vector) {
      if let slot = plan.columns.slot(name) { frame.slots[slot] = .vector(vector) }
    }
    func isLast(_ i: Int) -> Bool { i % steps == steps - 1 }
    func ratio(_ part: Int64, _ whole: Int64) -> Double {
      whole == 0 ? .nan : Double(part) / Double(whole)
    }
    set("stage", Vector.texts((0..<count).map { plan.steps[$0 % steps].label }))
    set("reached", .int(tallies.map(\.reached)))
    func unlessLast(_ value: (StepTally) -> Int64) -> Vector {
      .int((0..<count).map { isLast($0) ? Empty.int : value(tallies[$0]) })
    }
    set("advanced", unlessLast { $0.advanced })
    set("lost", unlessLast { $0.lost })
    set("late", unlessLast { $0.late })
    set("open", unlessLast { $0.open })
    set("now", .int(tallies.map(\.now)))
    let conversion = (0..<count).map { i in
      isLast(i) ? .nan : ratio(tallies[i].advanced, tallies[i].reached)
    }
    set("conversion", .float(conversion))
    set(
      "resolved",
      .float(
        (0..<count).map { i in
          isLast(i) ? .nan : ratio(tallies[i].advanced, tallies[i].reached - tallies[i].open)
        }))
    set(
      "cumulative",
      .float((0..<count).map { ratio(tallies[$0].reached, tallies[$0 / steps * steps].reached) }))
    let plans = (0..<count).map { planned.conversion[$0 % steps] }
    set("planned", .float(plans))
    set("gap", .float((0..<count).map { conversion[$0] - plans[$0] }))
    set("back", .int(tallies.map(\.back)))
    set("skipped", .int(tallies.map(\.skipped)))
    let days = try stepDays(all)
    set("median_days", days.median)
    set("p90_days", days.p90)
    set("planned_days", .int((0..<count).map { planned.days[$0 % steps] }))
    set(
      "over_plan",
      .int(
        (0..<count).map {
          planned.days[$0 % steps] == Empty.int ? Empty.int : tallies[$0].overPlan
        }))
    set("amount", .int(try tallies.map { try Self.money($0.amount) }))
    set("weighted", .int(try tallies.map { try Self.money($0.weighted) }))
    return frame
  }

  private static func money(_ sum: Int128) throws -> Int64 {
    guard let value = Int64(exactly: sum), value != Empty.int else { throw overflow }
    return value
  }

  /// Days between entering a step and entering the next.
  private func stepDays(_ tallies: StepTallies) throws -> (median: Vector, p90: Vector) {
    let day = 86_400_000_000.0
    var median: [Double] = []
    var p90: [Double] = []
    for step in tallies.steps.indices {
      var lengths = tallies.lengths[step]
      if lengths.isEmpty {
        median.append(.nan)
        p90.append(.nan)
        continue
      }
      let (low, high) = Self.middles(of: &lengths)
      median.append((Double(low) / day + Double(high) / day) / 2)
      p90.append(Double(Self.percentile(of: &lengths, 0.9)) / day)
    }
    return (.float(median), .float(p90))
  }
}

extension FunnelPlan.Result {
  /// The step whose rows are meant; nil for the counts.
  var step: Int? {
    switch self {
    case .steps: nil
    case .reached(let step), .lost(let step), .open(let step), .dropped(let step): step
    }
  }
}

import KithBase

/// What is planned for the stages of each step.
struct StepPlan {
  /// Product of the planned conversions from this step's stage up to the next step's; NaN where one
  /// is not planned, and at the last step.
  let conversion: [Double]
  /// Sum of the planned days; empty where none is planned.
  let days: [Int64]
  /// By stage row, microseconds; nil where not planned.
  let length: [Int64?]

  init(_ stages: StageTable, _ funnel: Int32, _ ladder: FunnelLadder) {
    let rows = stages.stages(ofFunnel: funnel)
    func inside(_ step: Int) -> [Int] {
      rows.filter {
        stages.position[$0] >= ladder.lower[step] && stages.position[$0] < ladder.upper[step]
      }
    }
    conversion = (0..<ladder.count).map { step in
      if step == ladder.count - 1 || ladder.isWinning(step) { return .nan }
      // Towards the winning itself only the stages up to the one that wins count.
      let own = inside(step).filter {
        !ladder.isWinning(step + 1)
          || stages.winning[$0] != 1 && !stages.plannedConversion[$0].isNaN
      }
      return own.reduce(own.isEmpty ? .nan : 1) { $0 * stages.plannedConversion[$1] }
    }
    days = (0..<ladder.count).map { step in
      if ladder.isWinning(step) { return Vector.emptyInt }
      let planned = inside(step).map { stages.plannedDays[$0] }.filter { $0 != Vector.emptyInt }
      return planned.isEmpty ? Vector.emptyInt : planned.reduce(0) { $0 &+ $1 }
    }
    length = stages.plannedDays.map {
      $0 == Vector.emptyInt ? nil : $0.multipliedReportingOverflow(by: 86_400_000_000).partialValue
    }
  }
}

/// The money of deals and their chances.
struct DealAmounts {
  let amounts: [Int64]
  let manualWin: [Double]
  let stageWin: [Double]
  let stages: [Int32]

  func amount(_ deal: Int) -> Int64 { amounts[deal] == Vector.emptyInt ? 0 : amounts[deal] }

  /// Of an open deal: its amount by the chance set by hand, else by its stage's; rounded half-even.
  func weighted(_ deal: Int, _ histories: StageHistories) throws -> Int128 {
    if amounts[deal] == Vector.emptyInt { return 0 }
    let manual = manualWin[deal]
    let win = manual.isNaN ? stageWin[Int(stages[deal])] : manual
    if win.isNaN { return 0 }
    guard let money = Rounding.money(Double(amounts[deal]) * win) else { throw Execution.overflow }
    return Int128(money)
  }
}

/// The counts of one step.
struct StepTally {
  var reached: Int64 = 0
  var advanced: Int64 = 0
  var lost: Int64 = 0
  var late: Int64 = 0
  var open: Int64 = 0
  var now: Int64 = 0
  var back: Int64 = 0
  var skipped: Int64 = 0
  var overPlan: Int64 = 0
  var amount: Int128 = 0
  var weighted: Int128 = 0
}

/// The counts of all steps, breakdown by breakdown.
struct StepTallies {
  var steps: [StepTally]
  /// Microseconds from entering a step to entering the next, of those who stood in it, and the
  /// place of that step in `steps`.
  private(set) var lengths: [Int64] = []
  private(set) var lengthSteps: [Int32] = []
  private let ladder: FunnelLadder
  private let planned: StepPlan

  init(_ ladder: FunnelLadder, _ planned: StepPlan, groups: Int) {
    self.ladder = ladder
    self.planned = planned
    steps = [StepTally](repeating: StepTally(), count: groups * ladder.count)
  }

  /// Counts a deal at every step it reached.
  mutating func add(
    _ deal: Int, _ group: Int, _ trace: DealTrace, _ histories: StageHistories, amount: Int64
  ) {
    let base = group * ladder.count
    // One bit a step; funnels have a handful of steps, and those beyond 64 count as visited.
    let visited = countStays(deal, base, trace.reached, histories)
    for step in 0..<trace.reached {
      let place = base + step
      steps[place].reached += 1
      steps[place].amount += Int128(amount)
      switch trace.end(at: step) {
      case .advanced:
        steps[place].advanced += 1
        if step > 63 || visited & (1 << UInt64(step)) != 0 {
          lengths.append(trace.times[step + 1] - trace.times[step])
          lengthSteps.append(Int32(place))
        } else {
          steps[place].skipped += 1
        }
      case .lost: steps[place].lost += 1
      case .late: steps[place].late += 1
      case .open: steps[place].open += 1
      case .last: break
      }
    }
  }

  /// Counts the stays that were too long and the moves back; gives the steps that were visited.
  private mutating func countStays(
    _ deal: Int, _ base: Int, _ reached: Int, _ histories: StageHistories
  ) -> UInt64 {
    var visited: UInt64 = 0
    let last = Int(histories.starts[deal + 1])
    for place in Int(histories.starts[deal])..<last {
      let stage = Int(histories.eventStages[place])
      let step = Int(ladder.stepOfStage[stage])
      if step < 0 { continue }
      if step < 64 { visited |= 1 << UInt64(step) }
      let next = place + 1 < last ? Int(histories.eventStages[place + 1]) : 0
      if next != 0, ladder.position[next] != Int64.min,
        ladder.position[next] < ladder.position[stage]
      {
        steps[base + step].back += 1
      }
      guard step < reached, let limit = planned.length[stage] else { continue }
      if leave(place, last, deal, histories) - histories.eventTimes[place] > limit {
        steps[base + step].overPlan += 1
      }
    }
    return visited
  }

  /// When a stay ended: with the next event, else with the closing, else it goes on till now.
  private func leave(_ place: Int, _ last: Int, _ deal: Int, _ histories: StageHistories) -> Int64 {
    if place + 1 < last { return histories.eventTimes[place + 1] }
    if histories.state[deal] != .open, histories.closed[deal] != Vector.emptyInt {
      return histories.closed[deal]
    }
    return ladder.now
  }
}

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
      if ladder.isWinning(step) { return Empty.int }
      let planned = inside(step).map { stages.plannedDays[$0] }.filter { $0 != Empty.int }
      return planned.isEmpty ? Empty.int : planned.reduce(0) { $0 &+ $1 }
    }
    length = stages.plannedDays.map {
      $0 == Empty.int ? nil : $0.multipliedReportingOverflow(by: 86_400_000_000).partialValue
    }
  }
}

/// The money of deals and their chances.
struct DealAmounts {
  let amounts: [Int64]
  let manualWin: [Double]
  let stageWin: [Double]
  let stages: [Int32]

  func amount(_ deal: Int) -> Int64 { amounts[deal] == Empty.int ? 0 : amounts[deal] }

  /// Of an open deal: its amount by the chance set by hand, else by its stage's; rounded half-even.
  func weighted(_ deal: Int, _ histories: StageHistories) throws -> Int128 {
    if amounts[deal] == Empty.int { return 0 }
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
final class StepTallies {
  /// Of breakdown g and step k at `g * step count + k`.
  var steps: UnsafeMutableBufferPointer<StepTally> {
    UnsafeMutableBufferPointer(start: store.values, count: store.count)
  }
  /// By the same place the microseconds from entering the step to entering the next, of those who
  /// stood in it.
  private(set) var lengths: [[Int64]]
  private let store: GroupStore<StepTally>
  private let ladder: FunnelLadder
  private let limits: GroupStore<Int64>
  private let view: HistoryView

  init(_ ladder: FunnelLadder, _ planned: StepPlan, _ histories: StageHistories, groups: Int) {
    self.ladder = ladder
    view = histories.view
    store = GroupStore(groups * ladder.count, StepTally())
    lengths = [[Int64]](repeating: [], count: groups * ladder.count)
    limits = GroupStore(planned.length.map { $0 ?? Int64.max }, or: Int64.max)
  }

  /// Counts a deal at every step it reached.
  func add(_ deal: Int, _ group: Int, _ trace: DealTrace, amount: Int64) {
    let base = group * ladder.count
    let tallies = store.values + base
    let reached = trace.reached
    // One bit a step; funnels have a handful of steps, and those beyond 64 count as visited.
    let visited = countStays(deal, tallies, reached)
    for step in 0..<reached {
      tallies[step].reached += 1
      tallies[step].amount += Int128(amount)
      if step + 1 < reached {
        tallies[step].advanced += 1
        if step > 63 || visited & (1 << UInt64(step)) != 0 {
          lengths[base + step].append(trace.times[step + 1] - trace.times[step])
        } else {
          tallies[step].skipped += 1
        }
      }
    }
    if reached == 0 { return }
    switch trace.end {
    case .lost: tallies[reached - 1].lost += 1
    case .late: tallies[reached - 1].late += 1
    case .open: tallies[reached - 1].open += 1
    case .advanced, .last: break
    }
  }

  /// Counts the stays that were too long and the moves back; gives the steps that were visited.
  private func countStays(
    _ deal: Int, _ tallies: UnsafeMutablePointer<StepTally>, _ reached: Int
  ) -> UInt64 {
    let view = view
    let position = ladder.position
    let stepOfStage = ladder.stepOfStage
    let limits = limits.values
    var visited: UInt64 = 0
    let last = Int(view.starts[deal + 1])
    for place in Int(view.starts[deal])..<last {
      let stage = Int(view.stages[place])
      let step = Int(stepOfStage[stage])
      if step < 0 { continue }
      if step < 64 { visited |= 1 << UInt64(step) }
      let next = place + 1 < last ? Int(view.stages[place + 1]) : 0
      if next != 0, position[next] != Int64.min, position[next] < position[stage] {
        tallies[step].back += 1
      }
      let limit = limits[stage]
      guard step < reached, limit != Int64.max else { continue }
      if leave(place, last, deal) - view.times[place] > limit { tallies[step].overPlan += 1 }
    }
    return visited
  }

  /// When a stay ended: with the next event, else with the closing, else it goes on till now.
  @inline(__always)
  private func leave(_ place: Int, _ last: Int, _ deal: Int) -> Int64 {
    if place + 1 < last { return view.times[place + 1] }
    if view.states[deal] != .open, view.closed[deal] != Empty.int { return view.closed[deal] }
    return ladder.now
  }
}

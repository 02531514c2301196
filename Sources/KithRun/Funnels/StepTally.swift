import KithBase

/// What is planned for the stages of each step.
struct StepPlan {
  /// Product of the planned conversions from this step's stage up to the next step's; NaN where one
  /// is not planned, and at the last step.
  let conversion: [Double]
  /// Sum of the planned days; empty where none is planned.
  let days: [Int64]
  /// By stage row, the longest stay in microseconds that is not over the plan: whole days count, as
  /// in `over_days`; nil where not planned.
  let length: [Int64?]
  private static let day: Int64 = 86_400_000_000

  /// Nothing is planned.
  init(steps: Int) {
    conversion = [Double](repeating: .nan, count: steps)
    days = [Int64](repeating: Empty.int, count: steps)
    length = []
  }

  init(_ stages: StageTable, _ funnel: Int32, _ ladder: FunnelLadder) {
    let rows = stages.stages(ofFunnel: funnel)
    /// The stages from a step up to the next required one; of the last step all beyond.
    func inside(_ step: Int) -> [Int] {
      let goal = ladder.next[step]
      let upper = goal == ladder.count ? Int64.max : ladder.lower[goal]
      return rows.filter {
        stages.position[$0] >= ladder.lower[step] && stages.position[$0] < upper
      }
    }
    conversion = (0..<ladder.count).map { step in
      let goal = ladder.next[step]
      if goal == ladder.count || ladder.isWinning(step) { return .nan }
      // Towards the winning itself only the stages up to the one that wins count.
      let own = inside(step).filter {
        !ladder.isWinning(goal) || stages.winning[$0] != 1 && !stages.plannedConversion[$0].isNaN
      }
      return own.reduce(own.isEmpty ? .nan : 1) { $0 * stages.plannedConversion[$1] }
    }
    days = (0..<ladder.count).map { step in
      if ladder.isWinning(step) { return Empty.int }
      let planned = inside(step).map { stages.plannedDays[$0] }.filter { $0 != Empty.int }
      return planned.isEmpty ? Empty.int : planned.reduce(0) { $0 &+ $1 }
    }
    length = stages.plannedDays.map { days in
      if days == Empty.int { return nil }
      let (length, overflow) = days.multipliedReportingOverflow(by: Self.day)
      return overflow ? nil : length &+ Self.day &- 1
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
  func weighted(_ deal: Int) throws -> Int128 {
    try weighted(deal, amount: amounts[deal], stage: Int(stages[deal]))
  }

  /// With the amount and the stage of another time.
  func weighted(_ deal: Int, amount: Int64, stage: Int) throws -> Int128 {
    if amount == Empty.int { return 0 }
    let manual = manualWin[deal]
    let win = manual.isNaN ? stageWin[stage] : manual
    if win.isNaN { return 0 }
    guard let money = Rounding.money(Double(amount) * win) else { throw Execution.overflow }
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
  /// By code how long a stay may last.
  private let limits: GroupStore<Int64>
  private let view: HistoryView

  init(_ ladder: FunnelLadder, _ planned: StepPlan, _ view: HistoryView, groups: Int) {
    self.ladder = ladder
    self.view = view
    store = GroupStore(groups * ladder.count, StepTally())
    lengths = [[Int64]](repeating: [], count: groups * ladder.count)
    limits = GroupStore(planned.length.map { $0 ?? Int64.max }, or: Int64.max)
  }

  /// Counts a passage at every step it reached.
  func add(_ unit: Int, _ group: Int, _ trace: FunnelTrace, amount: Int64) {
    let base = group * ladder.count
    let tallies = store.values + base
    let times = trace.times
    let visited = ladder.isOfEvents ? UInt64.max : countStays(unit, tallies, trace)
    for step in 0..<ladder.count where times[step] != Empty.int {
      tallies[step].reached += 1
      tallies[step].amount += Int128(amount)
      let next = ladder.next[step]
      if next == ladder.count { continue }
      if times[next] == Empty.int {
        switch trace.end {
        case .lost: tallies[step].lost += 1
        case .late: tallies[step].late += 1
        case .open: tallies[step].open += 1
        case .last: break
        }
        continue
      }
      tallies[step].advanced += 1
      if visited & (1 << UInt64(step)) == 0 {
        tallies[step].skipped += 1
      } else if times[next] >= times[step] {
        lengths[base + step].append(times[next] - times[step])
      }
    }
  }

  /// Counts the stays that were too long and the moves back; gives the steps that were visited.
  private func countStays(
    _ unit: Int, _ tallies: UnsafeMutablePointer<StepTally>, _ trace: FunnelTrace
  ) -> UInt64 {
    let view = view
    let position = ladder.position
    let stepOfCode = ladder.stepOfCode
    let limits = limits.values
    let times = trace.times
    var visited: UInt64 = 0
    let last = Int(view.starts[unit + 1])
    for place in trace.places {
      let code = Int(view.stages[place])
      let step = Int(stepOfCode[code])
      if step < 0 { continue }
      visited |= 1 << UInt64(step)
      let next = place + 1 < last ? Int(view.stages[place + 1]) : 0
      if next != 0, position[next] != Int64.min, position[next] < position[code] {
        tallies[step].back += 1
      }
      let limit = limits[code]
      guard limit != Int64.max, times[step] != Empty.int else { continue }
      if leave(place, last, unit) - view.times[place] > limit { tallies[step].overPlan += 1 }
    }
    return visited
  }

  /// When a stay ended: with the next event, else with the closing, else it goes on till now.
  @inline(__always)
  private func leave(_ place: Int, _ last: Int, _ unit: Int) -> Int64 {
    if place + 1 < last { return view.times[place + 1] }
    if view.states[unit] != .open, view.closed[unit] != Empty.int { return view.closed[unit] }
    return ladder.now
  }
}

import KithBase

/// What is planned for the stages of each step.
struct StepPlan {
  /// Product of the planned conversions from this step's stage up to the next step's; NaN where one is
  /// not planned, and at the last step.
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
  /// Microseconds from entering this step to entering the next, of those who stood here.
  var lengths: [Int64] = []

  /// Counts a deal that reached the step.
  mutating func add(
    _ trace: DealTrace, _ step: Int, _ visits: [Visit], _ ladder: FunnelLadder, _ planned: StepPlan,
    amount: Int64
  ) {
    reached += 1
    self.amount += Int128(amount)
    var isVisited = false
    for visit in visits
    where visit.position >= ladder.lower[step] && visit.position < ladder.upper[step] {
      isVisited = true
      if let limit = planned.length[Int(visit.stage)],
        (visit.leave ?? ladder.now) - visit.enter > limit
      {
        overPlan += 1
      }
    }
    switch trace.end(at: step) {
    case .advanced:
      advanced += 1
      if isVisited {
        lengths.append(trace.times[step + 1] - trace.times[step])
      } else {
        skipped += 1
      }
    case .lost: lost += 1
    case .late: late += 1
    case .open: open += 1
    case .last: break
    }
  }
}

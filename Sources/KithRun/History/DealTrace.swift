import KithBase
import KithPlan

/// The steps of a funnel as positions in its ladder.
struct FunnelLadder {
  /// The first and the position after the last stage of each step; the winning itself has
  /// `Int64.max`.
  let lower: [Int64]
  let upper: [Int64]
  /// By stage row the step it stands in; -1 for stages of other funnels and those outside the
  /// steps.
  let stepOfStage: UnsafePointer<Int32>
  /// By stage row its position; `Int64.min` for stages of other funnels.
  let position: UnsafePointer<Int64>
  private let stepStore: GroupStore<Int32>
  private let positionStore: GroupStore<Int64>
  let winningPosition: Int64
  let within: Duration?
  let stepWithin: [Int: Duration]
  let hasLimits: Bool
  let now: Int64
  let zone: TimeZoneTable
  var count: Int { lower.count }

  init(
    _ plan: FunnelPlan, positions: [Int64], funnel: Int32, _ histories: StageHistories,
    zone: TimeZoneTable
  ) {
    let lower = positions
    let upper = positions.indices.map { index in
      positions[(index + 1)...].first { $0 > positions[index] } ?? Int64.max
    }
    self.lower = lower
    self.upper = upper
    let stages = histories.stages
    let places = (0..<stages.count).map {
      $0 > 0 && stages.funnel[$0] == funnel ? stages.position[$0] : Int64.min
    }
    positionStore = GroupStore(places, or: Int64.min)
    position = UnsafePointer(positionStore.values)
    stepStore = GroupStore(
      places.map { place in
        if place == Int64.min { return -1 }
        return Int32(lower.indices.first { place >= lower[$0] && place < upper[$0] } ?? -1)
      }, or: -1)
    stepOfStage = UnsafePointer(stepStore.values)
    winningPosition = histories.winningPosition[Int(funnel)]
    within = plan.within
    stepWithin = plan.stepWithin
    hasLimits = plan.within != nil || !plan.stepWithin.isEmpty
    now = plan.now.microseconds
    self.zone = zone
  }

  func isWinning(_ step: Int) -> Bool { lower[step] == Int64.max }

  /// The last instant at which a step may be reached.
  func deadline(_ step: Int, first: Int64, previous: Int64) -> Int64 {
    if !hasLimits { return Int64.max }
    var deadline = Int64.max
    if let within { deadline = min(deadline, Self.adding(within, to: first, zone)) }
    if let own = stepWithin[step] { deadline = min(deadline, Self.adding(own, to: previous, zone)) }
    return deadline
  }

  /// Months move the local date, clamped to the month's end; then days, then microseconds.
  static func adding(_ length: Duration, to time: Int64, _ zone: TimeZoneTable) -> Int64 {
    let dayLength: Int64 = 86_400_000_000
    var result = time
    if length.months != 0 || length.days != 0 {
      let local = zone.day(of: time)
      let clock = time &+ zone.offset(at: time) &- Int64(local) &* dayLength
      let day = Day(number: local)
        .adding(months: Int(clamping: min(max(length.months, -120_000), 120_000)))
        .adding(days: Int(clamping: min(max(length.days, -4_000_000), 4_000_000)))
      let naive = Int64(day.number) &* dayLength &+ clock
      result = naive &- zone.offset(at: naive &- zone.offset(at: naive))
    }
    let (sum, overflow) = result.addingReportingOverflow(length.microseconds)
    return overflow ? (length.microseconds > 0 ? Int64.max : Int64.min) : sum
  }
}

/// What became of a deal on its way through the steps.
final class DealTrace {
  enum End { case advanced, lost, late, open, last }

  /// How many steps were reached, from the first on without a gap.
  private(set) var reached = 0
  /// Why it went no further than the last step reached.
  private(set) var end = End.open
  /// When each of the steps was reached.
  let times: UnsafeMutablePointer<Int64>
  private let timeStore: GroupStore<Int64>
  private let lowerStore: GroupStore<Int64>
  private let ladder: FunnelLadder
  private let view: HistoryView

  init(_ ladder: FunnelLadder, _ histories: StageHistories) {
    self.ladder = ladder
    view = histories.view
    timeStore = GroupStore(ladder.count, 0)
    times = timeStore.values
    lowerStore = GroupStore(ladder.lower, or: 0)
  }

  /// Follows a deal. Steps come one after another: each at its first arrival, there or beyond, not
  /// before that of the step before, and within its limits. A won deal arrives at the winning stage
  /// when it is won, whatever its history says.
  func follow(_ deal: Int) {
    let view = view
    let times = times
    let lower = lowerStore.values
    let position = ladder.position
    let count = lowerStore.count
    let last = Int(view.starts[deal + 1])
    var place = Int(view.starts[deal])
    let won = view.wonAt(deal)
    let isWon = won != Empty.int
    var floor = Int64.min
    var step = 0
    var isLate = false
    var deadline = Int64.max
    while step < count {
      let bound = lower[step]
      // No time is later than this one.
      var time = Int64.max
      if bound == Int64.max {
        if isWon { time = won }
      } else {
        while place < last,
          position[Int(view.stages[place])] < bound || view.times[place] < floor
        {
          place += 1
        }
        if place < last { time = view.times[place] }
        if isWon, ladder.winningPosition >= bound, won >= floor { time = min(time, won) }
      }
      if step > 0, ladder.hasLimits {
        deadline = ladder.deadline(step, first: times[0], previous: times[step - 1])
      }
      if time == Int64.max || time > deadline {
        isLate = time != Int64.max
        break
      }
      times[step] = time
      floor = time
      step += 1
    }
    reached = step
    if step == count {
      end = .last
    } else if isLate {
      end = .late
    } else if view.states[deal] == .lost {
      end = .lost
    } else {
      end = ladder.now > deadline ? .late : .open
    }
  }

  /// What became of it at a step it reached.
  func end(at step: Int) -> End { step + 1 < reached ? .advanced : end }
}

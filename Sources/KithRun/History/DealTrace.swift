import KithBase
import KithPlan

/// The steps of a funnel as positions in its ladder.
struct FunnelLadder {
  /// The first and the position after the last stage of each step; the winning itself has `Int64.max`.
  let lower: [Int64]
  let upper: [Int64]
  let within: Duration?
  let stepWithin: [Int: Duration]
  let now: Int64
  let zone: TimeZoneTable
  var count: Int { lower.count }

  init(_ plan: FunnelPlan, positions: [Int64], zone: TimeZoneTable) {
    lower = positions
    upper = positions.indices.map { index in
      positions[(index + 1)...].first { $0 > positions[index] } ?? Int64.max
    }
    within = plan.within
    stepWithin = plan.stepWithin
    now = plan.now.microseconds
    self.zone = zone
  }

  func isWinning(_ step: Int) -> Bool { lower[step] == Int64.max }

  /// The last instant at which a step may be reached.
  func deadline(_ step: Int, first: Int64, previous: Int64) -> Int64 {
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
struct DealTrace {
  enum End { case advanced, lost, late, open, last }

  /// How many steps were reached, from the first on without a gap.
  var reached = 0
  /// When each of them was.
  var times: [Int64] = []
  /// Why it went no further than the last step reached.
  var end = End.open

  /// An arrival of a deal somewhere on the ladder.
  struct Arrival {
    var time: Int64
    var position: Int64
  }

  private var arrivals: [Arrival] = []

  /// Follows a deal. Steps come one after another: each at its first arrival, there or beyond, not before
  /// that of the step before, and within its limits.
  mutating func follow(
    _ deal: Int, _ visits: [Visit], _ histories: StageHistories, _ ladder: FunnelLadder
  ) {
    reached = 0
    times.removeAll(keepingCapacity: true)
    arrivals.removeAll(keepingCapacity: true)
    for visit in visits { arrivals.append(Arrival(time: visit.enter, position: visit.position)) }
    let won = histories.wonAt(deal)
    if let won {
      // A won deal has reached the winning stage, whatever its history says.
      let position = histories.winningPosition[histories.funnel[deal]] ?? Int64.max - 1
      arrivals.append(Arrival(time: won, position: position))
      arrivals.sort { $0.time < $1.time }
    }
    end = .open
    var place = 0
    for step in 0..<ladder.count {
      var time: Int64?
      if ladder.isWinning(step) {
        time = won
      } else {
        while place < arrivals.count, arrivals[place].position < ladder.lower[step] { place += 1 }
        if place < arrivals.count { time = arrivals[place].time }
      }
      let deadline =
        step == 0
        ? Int64.max : ladder.deadline(step, first: times[0], previous: times[step - 1])
      if let time, time <= deadline {
        times.append(time)
        reached += 1
        continue
      }
      if step == 0 { return }
      if time != nil {
        end = .late
      } else if histories.state[deal] == .lost {
        end = .lost
      } else {
        end = ladder.now > deadline ? .late : .open
      }
      return
    }
    end = .last
  }

  /// What became of it at a step it reached.
  func end(at step: Int) -> End { step + 1 < reached ? .advanced : end }
}

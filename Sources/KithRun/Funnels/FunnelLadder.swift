import KithBase
import KithPlan

/// What the codes of a history mean for a ladder: stage rows of a funnel, or classes.
struct Rungs {
  /// By code its position; `Int64.min` off the ladder. Code 0 is none.
  var positions: [Int64]
  /// The codes by the rung's own code, as a step names it.
  var codes: [String: Int]
  /// Of the rung that a win arrives at; `Int64.max` where there is none.
  var winningPosition = Int64.max
  /// The code that means a loss; -1 where closings do.
  var lossCode: Int32 = -1
}

/// The steps of a funnel as sets of bits: which steps a moment with a code serves.
final class FunnelLadder {
  let count: Int
  /// By step the next required one; `count` after the last.
  let next: [Int]
  let isOptional: [Bool]
  /// The first and the position after the last rung of each step; the winning itself has
  /// `Int64.max`. Empty for events.
  let lower: [Int64]
  let upper: [Int64]
  /// By code the step it stands in, -1 where in none; and its position.
  var stepOfCode: UnsafePointer<Int32> { UnsafePointer(stepStore.values) }
  var position: UnsafePointer<Int64> { UnsafePointer(positionStore.values) }
  /// By code one bit for each step it serves, and `exclusion`.
  var bits: UnsafePointer<UInt64> { UnsafePointer(bitStore.values) }
  /// By code 1 where arriving there is a visit of the first step.
  var isEntry: UnsafePointer<UInt8> { UnsafePointer(entryStore.values) }
  static let exclusion: UInt64 = 1 << 63
  private let stepStore: GroupStore<Int32>
  private let positionStore: GroupStore<Int64>
  private let bitStore: GroupStore<UInt64>
  private let entryStore: GroupStore<UInt8>
  let winningPosition: Int64
  let lossCode: Int32
  /// What a closing serves.
  let winningBits: UInt64
  let losingBits: UInt64
  /// Conditions on event rows: one row serves one step.
  let isOfEvents: Bool
  /// Nothing but the first entry and windows: the short way through a history will do.
  let isPlain: Bool
  let rules: FunnelPlan.Rules
  let hasLimits: Bool
  let now: Int64
  let zone: TimeZoneTable
  private let stepWithin: [Duration?]

  /// Steps that are rungs.
  init(
    _ plan: FunnelPlan, _ block: FunnelPlan.Block, _ rungs: Rungs, zone: TimeZoneTable
  ) throws {
    let lower = try block.steps.map { step -> Int64 in
      if let code = rungs.codes[step.code] { return rungs.positions[code] }
      guard step.code == "won" else {
        throw Diagnostic("K2107", "the funnel has no stage '\(step.code)'")
      }
      return Int64.max
    }
    self.lower = lower
    upper = lower.indices.map { index in
      lower[(index + 1)...].first { $0 > lower[index] } ?? Int64.max
    }
    let upper = upper
    positionStore = GroupStore(rungs.positions, or: Int64.min)
    stepStore = GroupStore(
      rungs.positions.map { place in
        if place == Int64.min { return -1 }
        return Int32(lower.indices.first { place >= lower[$0] && place < upper[$0] } ?? -1)
      }, or: -1)
    let isExact = plan.rules.countsOnlyRealVisits
    let excluded = Set(block.exclusions.compactMap { rungs.codes[$0.code] })
    func served(_ place: Int64) -> UInt64 {
      lower.indices.reduce(0) { bits, step in
        let isServed =
          place != Int64.min && (isExact ? place == lower[step] : place >= lower[step])
        return isServed ? bits | 1 << UInt64(step) : bits
      }
    }
    bitStore = GroupStore(
      rungs.positions.enumerated().map { code, place in
        served(place) | (excluded.contains(code) ? Self.exclusion : 0)
      }, or: 0)
    entryStore = GroupStore(rungs.positions.map { $0 == lower.first ? 1 : 0 }, or: 0)
    winningPosition = rungs.winningPosition
    lossCode = rungs.lossCode
    // Where no stage wins, a win is beyond them all.
    let wins = lower.indices.reduce(UInt64(0)) { bits, step in
      let isServed = lower[step] == Int64.max || !isExact && lower[step] <= rungs.winningPosition
      return isServed ? bits | 1 << UInt64(step) : bits
    }
    func excludes(_ code: String) -> Bool {
      block.exclusions.contains { $0.code == code } && rungs.codes[code] == nil
    }
    winningBits = wins | (excludes("won") ? Self.exclusion : 0)
    losingBits = excludes("lost") ? Self.exclusion : 0
    isOfEvents = false
    isOptional = block.steps.map(\.isOptional)
    next = Self.next(block.steps)
    rules = plan.rules
    stepWithin = block.steps.map(\.within)
    hasLimits = plan.rules.within != nil || block.steps.contains { $0.within != nil }
    isPlain =
      plan.rules.order == .ordered && plan.rules.entry == .first && block.exclusions.isEmpty
      && !isExact && !block.steps.contains(where: \.isOptional)
    count = block.steps.count
    now = plan.now.microseconds
    self.zone = zone
  }

  /// Steps that are conditions: by code the conditions that hold, exclusions as one bit.
  init(
    _ plan: FunnelPlan, _ block: FunnelPlan.Block, marks: [UInt64], now: Int64,
    _ zone: TimeZoneTable
  ) {
    lower = []
    upper = []
    positionStore = GroupStore(marks.count, Int64.min)
    stepStore = GroupStore(marks.count, -1)
    bitStore = GroupStore(marks, or: 0)
    entryStore = GroupStore(marks.map { UInt8($0 & 1) }, or: 0)
    winningPosition = Int64.max
    lossCode = -1
    winningBits = 0
    losingBits = 0
    isOfEvents = true
    isPlain = false
    isOptional = block.steps.map(\.isOptional)
    next = Self.next(block.steps)
    rules = plan.rules
    stepWithin = block.steps.map(\.within)
    hasLimits = plan.rules.within != nil || block.steps.contains { $0.within != nil }
    count = block.steps.count
    self.now = now
    self.zone = zone
  }

  private static func next(_ steps: [FunnelPlan.Step]) -> [Int] {
    steps.indices.map { index in
      steps[(index + 1)...].firstIndex { !$0.isOptional } ?? steps.count
    }
  }

  func isWinning(_ step: Int) -> Bool { step < lower.count && lower[step] == Int64.max }

  /// The last instant at which a step may be reached.
  func deadline(_ step: Int, first: Int64, previous: Int64) -> Int64 {
    if !hasLimits { return Int64.max }
    var deadline = Int64.max
    if let within = rules.within { deadline = Self.adding(within, to: first, zone) }
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

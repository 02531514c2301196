import KithBase
import KithPlan

/// What became of a unit on its way through the steps: its passages, one after another.
final class FunnelTrace {
  enum End { case lost, late, open, last }

  /// When each step was reached; the empty time where it was not.
  let times: UnsafeMutablePointer<Int64>
  /// The last required step that was reached.
  private(set) var furthest = -1
  /// Why it went no further.
  private(set) var end = End.open
  /// Stopped by an exclusion.
  private(set) var isExcluded = false
  /// The events of the history that belong to this passage.
  private(set) var places = 0..<0
  /// The event it began with.
  private(set) var entryPlace = 0

  let ladder: FunnelLadder
  private let view: HistoryView
  private let timeStore: GroupStore<Int64>
  private let lowerStore: GroupStore<Int64>
  private var journey: Journey
  /// Of the journey: where its passages begin.
  private var entries: [Int] = []
  private var state = StageHistories.DealState.open

  init(_ ladder: FunnelLadder, _ view: HistoryView) {
    self.ladder = ladder
    self.view = view
    timeStore = GroupStore(ladder.count, Empty.int)
    times = timeStore.values
    lowerStore = GroupStore(ladder.lower, or: 0)
    journey = Journey(ladder)
  }

  /// How many passages a unit has; `take` goes through one of them. With one it is taken already.
  func follow(_ unit: Int) -> Int {
    if ladder.isPlain {
      followPlainly(unit)
      return furthest < 0 ? 0 : 1
    }
    state = view.states[unit]
    journey.read(unit, view)
    journey.findEntries(&entries)
    if entries.isEmpty { return 0 }
    switch ladder.rules.entry {
    case .first: take(from: entries[0], to: journey.count)
    case .each: if entries.count == 1 { take(0) } else { return entries.count }
    case .best: takeBest()
    }
    return 1
  }

  func take(_ passage: Int) {
    guard !ladder.isPlain, ladder.rules.entry == .each else { return }
    let isLast = passage + 1 == entries.count
    take(from: entries[passage], to: isLast ? journey.count : entries[passage + 1])
  }

  private func takeBest() {
    var best = 0
    var depth = -1
    for (index, entry) in entries.enumerated() {
      take(from: entry, to: journey.count)
      if furthest > depth {
        depth = furthest
        best = index
      }
    }
    if best + 1 < entries.count { take(from: entries[best], to: journey.count) }
  }

  private func take(from entry: Int, to bound: Int) {
    let walk = journey.walk(
      from: entry, to: bound, times, isClosedLost: state == .lost && bound == journey.count)
    furthest = walk.furthest
    end = walk.end
    isExcluded = walk.isExcluded
    entryPlace = journey.place(entry)
    let whole = view.events(of: journey.unit)
    let upper = bound == journey.count ? whole.upperBound : journey.place(bound)
    places = (ladder.rules.entry == .first ? whole.lowerBound : entryPlace)..<upper
  }

  /// The short way. Steps come one after another: each at its first arrival, there or beyond, not
  /// before that of the step before, and within its limits. A won deal arrives at the winning stage
  /// when it is won, whatever its history says.
  private func followPlainly(_ unit: Int) {
    let view = view
    let times = times
    let lower = lowerStore.values
    let position = ladder.position
    let count = lowerStore.count
    let last = Int(view.starts[unit + 1])
    var place = Int(view.starts[unit])
    places = place..<last
    let won = view.wonAt(unit)
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
    furthest = step - 1
    if step == count {
      end = .last
      return
    }
    for rest in step..<count { times[rest] = Empty.int }
    if isLate {
      end = .late
    } else if view.states[unit] == .lost {
      end = .lost
    } else {
      end = ladder.now > deadline ? .late : .open
    }
  }
}

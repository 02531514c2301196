import KithBase
import KithPlan

/// Something a unit lived through.
struct TwinMoment {
  var at: Instant
  /// Where it came to on its ladder; nil for a closing, an event and what is off the ladder.
  var place: Int64?
  /// The steps it is an arrival at.
  var serves: Set<Int> = []
  var excludes = false
  /// A visit of the first step.
  var opens = false
  /// It left the ladder for good.
  var isLoss = false
  /// The row of an event.
  var row: Int?
}

/// A deal, a customer, or what events share.
struct TwinUnit {
  /// The input row; of events the first.
  var row: Int
  var moments: [TwinMoment]
  /// Of each step the rung's place.
  var places: [Int64]
  var isLost = false
  var isOfEvents = false
  var deal: Int32?
  var funnel: Int32?
  /// Where a customer stands now.
  var present: Int64?
  /// Another now, of events that have days only.
  var now: Instant?
}

/// A unit, or one visit of it, on its way through a funnel.
struct TwinPassage {
  var row: Int
  var unit: TwinUnit
  /// When each step was reached, as far as it was.
  var times: [Int: Instant]
  /// What became of it at the last required step it reached; nil if that is the last of all.
  var fate: TwinFate?
  var isExcluded = false
  /// The moments that belong to it.
  var moments: Range<Int>
}

enum TwinFate { case lost, late, open }

extension TwinRun {
  func passages(
    _ unit: TwinUnit, _ block: FunnelPlan.Block, _ plan: FunnelPlan
  ) -> [TwinPassage] {
    let moments = unit.moments
    guard let first = moments.indices.first(where: { moments[$0].serves.contains(0) }) else {
      return []
    }
    var entries = [first]
    for index in moments.indices where index > first && moments[index].opens {
      // Staying at the same rung is no new visit.
      let before = moments[..<index].last { $0.place != nil || $0.isLoss }
      if unit.isOfEvents || before?.place != moments[index].place { entries.append(index) }
    }
    let all: [TwinPassage]
    switch plan.rules.entry {
    case .first: all = [passage(unit, first, moments.count, block, plan)]
    case .best:
      let tried = entries.map { passage(unit, $0, moments.count, block, plan) }
      let depths = tried.map { passage in
        block.steps.indices.filter { !block.steps[$0].isOptional && passage.times[$0] != nil }.count
      }
      let deepest = depths.max() ?? 0
      all = depths.firstIndex(of: deepest).map { [tried[$0]] } ?? []
    case .each:
      all = entries.indices.map { index in
        let bound = index + 1 < entries.count ? entries[index + 1] : moments.count
        return passage(unit, entries[index], bound, block, plan)
      }
    }
    return all.filter { !(plan.rules.excludesEntirely && $0.isExcluded) }
  }

  /// How far it got from an entry on, judged by the moments before `bound`.
  private func passage(
    _ unit: TwinUnit, _ entry: Int, _ bound: Int, _ block: FunnelPlan.Block, _ plan: FunnelPlan
  ) -> TwinPassage {
    let moments = unit.moments
    let steps = block.steps
    let required = steps.indices.filter { !steps[$0].isOptional }
    var reached: [Int: Int] = [0: entry]
    let barrier = (entry..<bound).first { moments[$0].excludes }
    var fate: TwinFate?
    var isExcluded = false
    for (before, goal) in zip(required, required.dropFirst()) {
      guard let last = reached[before] else { break }
      let limits = self.limits(goal, moments[entry].at, moments[last].at, steps, plan)
      func fits(_ index: Int) -> Bool { limits.allSatisfy { moments[index].at <= $0 } }
      let (next, breaks) = arrival(goal, before, last, entry, bound, unit, reached, plan)
      let decisive = next ?? breaks
      if let barrier, barrier <= decisive ?? Int.max, fits(barrier) {
        (fate, isExcluded) = (.late, true)
      } else if let next, fits(next) {
        reached[goal] = next
      } else if decisive != nil || bound < moments.count {
        fate = .late
      } else if unit.isLost {
        fate = .lost
      } else {
        fate = limits.contains { unit.now ?? plan.now > $0 } ? .late : .open
      }
      let until = reached[goal].map { unit.isOfEvents ? $0 : $0 + 1 } ?? bound
      optional(before, goal, min(until, barrier ?? until), entry, unit, steps, plan, &reached)
      if fate != nil { break }
    }
    if fate == nil, let last = required.last {
      optional(
        last, steps.count, min(bound, barrier ?? bound), entry, unit, steps, plan, &reached)
    }
    let range =
      switch plan.rules.entry {
      case .first: 0..<bound
      case .best, .each: entry..<bound
      }
    return TwinPassage(
      row: moments[entry].row ?? unit.row, unit: unit,
      times: reached.mapValues { moments[$0].at }, fate: fate, isExcluded: isExcluded,
      moments: range)
  }

  /// The moment a required step is reached at, or the one that makes it impossible.
  private func arrival(
    _ goal: Int, _ before: Int, _ last: Int, _ entry: Int, _ bound: Int, _ unit: TwinUnit,
    _ reached: [Int: Int], _ plan: FunnelPlan
  ) -> (next: Int?, breaks: Int?) {
    let moments = unit.moments
    let begin = plan.rules.order == .any ? entry : last
    // An event is spent on the step it served.
    let spent = unit.isOfEvents ? Set(reached.values) : []
    let next = (begin..<bound).first { moments[$0].serves.contains(goal) && !spent.contains($0) }
    guard plan.rules.order == .strict, next != last else { return (next, nil) }
    var between = before
    for index in (last + 1)..<max(last + 1, next ?? bound) {
      let step = ((between + 1)..<max(between + 1, goal)).first {
        moments[index].serves.contains($0)
      }
      guard let step else { return (nil, index) }
      between = step
    }
    return (next, nil)
  }

  /// Optional steps between two required ones.
  private func optional(
    _ before: Int, _ goal: Int, _ until: Int, _ entry: Int, _ unit: TwinUnit,
    _ steps: [FunnelPlan.Step], _ plan: FunnelPlan, _ reached: inout [Int: Int]
  ) {
    guard let last = reached[before] else { return }
    var begin = plan.rules.order == .any ? entry : last
    for step in (before + 1)..<max(before + 1, goal) {
      let spent = unit.isOfEvents ? Set(reached.values) : []
      let limits = self.limits(step, unit.moments[entry].at, unit.moments[last].at, steps, plan)
      let found = (begin..<max(begin, until)).first {
        unit.moments[$0].serves.contains(step) && !spent.contains($0)
      }
      guard let found, limits.allSatisfy({ unit.moments[found].at <= $0 }) else { continue }
      reached[step] = found
      if unit.isOfEvents, plan.rules.order != .any { begin = found }
    }
  }

  /// Until when a step must be reached.
  private func limits(
    _ step: Int, _ entry: Instant, _ last: Instant, _ steps: [FunnelPlan.Step], _ plan: FunnelPlan
  ) -> [Instant] {
    [plan.rules.within.map { later(entry, $0) }, steps[step].within.map { later(last, $0) }]
      .compactMap { $0 }
  }

  /// The step that is required next.
  func goal(_ step: Int, _ block: FunnelPlan.Block) -> Int? {
    block.steps.indices.first { $0 > step && !block.steps[$0].isOptional }
  }

  // MARK: The units of a number

  func meant(
    _ number: FunnelPlan.Opened, _ step: Int, _ units: [TwinUnit], _ block: FunnelPlan.Block,
    _ plan: FunnelPlan
  ) -> [TwinPassage] {
    switch plan.mode {
    case .cohort:
      return units.flatMap { passages($0, block, plan) }.filter { passage in
        guard passage.times[step] != nil else { return false }
        if number == .reached { return true }
        guard let goal = goal(step, block), passage.times[goal] == nil else { return false }
        switch number {
        case .reached: return true
        case .lost: return passage.fate == .lost
        case .open: return passage.fate == .open
        case .dropped: return passage.fate == .lost || passage.fate == .late
        }
      }
    case .snapshot(let at):
      return units.filter { standing($0, block, at, plan)?.step == step }.map(whole)
    case .flow(let from, let to):
      return units.flatMap { unit in
        let moves = self.moves(unit, block, from, to)
        let fits =
          switch number {
          case .reached: moves.entered
          case .lost, .dropped: moves.lost
          case .open: moves.stayed
          }
        return fits.filter { $0 == step }.map { _ in whole(unit) }
      }
    }
  }

  private func whole(_ unit: TwinUnit) -> TwinPassage {
    TwinPassage(row: unit.row, unit: unit, times: [:], moments: unit.moments.indices)
  }
}

import KithBase
import KithPlan

/// The moments of one unit in time, with the steps each serves, and the walk through them that obeys
/// every rule. The short way of `FunnelTrace` gives the same where only the plain rules hold.
struct Journey {
  private let ladder: FunnelLadder
  private(set) var unit = 0
  private var times: [Int64] = []
  private var bits: [UInt64] = []
  /// Where the moment stands among the events; a closing stands at the place it came before.
  private var places: [Int] = []
  private var isEntry: [Bool] = []
  /// Moments that served a step already, where order is free.
  private var isTaken: [Bool] = []

  var count: Int { times.count }

  struct Walk {
    var furthest: Int
    var end: FunnelTrace.End
    var isExcluded: Bool
  }

  /// How the search for a step ends: at the moment that serves it, or at one that breaks the order.
  private enum Found {
    case at(Int)
    case broken(Int)
    case none

    /// No moment before this one decides.
    var place: Int {
      switch self {
      case .at(let place), .broken(let place): place
      case .none: Int.max
      }
    }
  }

  init(_ ladder: FunnelLadder) { self.ladder = ladder }

  func place(_ moment: Int) -> Int { places[moment] }

  // MARK: Reading

  mutating func read(_ unit: Int, _ view: HistoryView) {
    self.unit = unit
    times.removeAll(keepingCapacity: true)
    bits.removeAll(keepingCapacity: true)
    places.removeAll(keepingCapacity: true)
    isEntry.removeAll(keepingCapacity: true)
    var closing = Empty.int
    var closingBits: UInt64 = 0
    switch view.states[unit] {
    case .won: (closing, closingBits) = (view.closedAt(unit), ladder.winningBits)
    case .lost: (closing, closingBits) = (view.closedAt(unit), ladder.losingBits)
    case .open: break
    }
    if closingBits == 0 { closing = Empty.int }
    var before = -1
    for place in view.events(of: unit) {
      let (code, time) = (Int(view.stages[place]), view.times[place])
      if code == 0 { continue }
      if closing != Empty.int, closing < time {
        append(closing, closingBits, place, false)
        closing = Empty.int
      }
      append(
        time, ladder.bits[code], place,
        ladder.isEntry[code] != 0 && (ladder.isOfEvents || code != before))
      before = code
    }
    if closing != Empty.int {
      append(closing, closingBits, view.events(of: unit).upperBound, false)
    }
  }

  private mutating func append(_ time: Int64, _ bits: UInt64, _ place: Int, _ isEntry: Bool) {
    times.append(time)
    self.bits.append(bits)
    places.append(place)
    self.isEntry.append(isEntry)
  }

  /// The first arrival at step 1 or beyond, and every later visit of step 1.
  func findEntries(_ entries: inout [Int]) {
    entries.removeAll(keepingCapacity: true)
    guard let first = bits.firstIndex(where: { $0 & 1 != 0 }) else { return }
    entries.append(first)
    if ladder.rules.entry == .first { return }
    for moment in (first + 1)..<max(first + 1, count) where isEntry[moment] {
      entries.append(moment)
    }
  }

  // MARK: Walking

  /// Follows the steps from an entry up to a bound (the next entry, or the end).
  mutating func walk(
    from entry: Int, to bound: Int, _ reached: UnsafeMutablePointer<Int64>, isClosedLost: Bool
  ) -> Walk {
    for step in 0..<ladder.count { reached[step] = Empty.int }
    reached[0] = times[entry]
    if ladder.rules.order == .any { isTaken = [Bool](repeating: false, count: count) }
    let barrier = (entry..<bound).first { bits[$0] & FunnelLadder.exclusion != 0 } ?? Int.max
    var step = 0
    var place = entry
    while ladder.next[step] < ladder.count {
      let goal = ladder.next[step]
      let deadline = ladder.deadline(goal, first: times[entry], previous: reached[step])
      let found = find(goal, after: step, at: place, entry: entry, to: bound)
      let isHindered = barrier <= found.place && barrier < bound && times[barrier] <= deadline
      if !isHindered, case .at(let moment) = found, times[moment] <= deadline {
        let limit = ladder.isOfEvents ? moment : moment + 1
        markOptional(step, from: place, entry: entry, to: min(limit, barrier), reached)
        take(moment)
        reached[goal] = times[moment]
        (step, place) = (goal, moment)
        continue
      }
      markOptional(step, from: place, entry: entry, to: min(bound, barrier), reached)
      if isHindered { return Walk(furthest: step, end: .late, isExcluded: true) }
      let end: FunnelTrace.End =
        if case .none = found {
          bound < count
            ? .late : isClosedLost ? .lost : ladder.now > deadline ? .late : .open
        } else { .late }
      return Walk(furthest: step, end: end, isExcluded: false)
    }
    markOptional(step, from: place, entry: entry, to: min(bound, barrier), reached)
    return Walk(furthest: step, end: .last, isExcluded: false)
  }

  private mutating func take(_ moment: Int) {
    if ladder.rules.order == .any, ladder.isOfEvents { isTaken[moment] = true }
  }

  /// The moment that serves a required step.
  private func find(
    _ goal: Int, after step: Int, at place: Int, entry: Int, to bound: Int
  ) -> Found {
    let bit: UInt64 = 1 << UInt64(goal)
    // One event serves one step; an arrival at a rung is one at all below it.
    let own = ladder.isOfEvents ? 1 : 0
    switch ladder.rules.order {
    case .ordered:
      for moment in (place + own)..<max(place + own, bound) where bits[moment] & bit != 0 {
        return .at(moment)
      }
      return .none
    case .any:
      for moment in (entry + own)..<max(entry + own, bound)
      where bits[moment] & bit != 0 && !isTaken[moment] {
        return .at(moment)
      }
      return .none
    case .strict:
      if own == 0, bits[place] & bit != 0 { return .at(place) }
      var optional = step + 1
      for moment in (place + 1)..<max(place + 1, bound) {
        if bits[moment] & bit != 0 { return .at(moment) }
        // Optional steps may stand between, in their order.
        guard let served = (optional..<goal).first(where: { bits[moment] & 1 << UInt64($0) != 0 })
        else { return .broken(moment) }
        optional = served + 1
      }
      return .none
    }
  }

  /// Marks the optional steps between a required one and the next that a moment before `end` serves.
  private mutating func markOptional(
    _ step: Int, from place: Int, entry: Int, to end: Int,
    _ reached: UnsafeMutablePointer<Int64>
  ) {
    let own = ladder.isOfEvents ? 1 : 0
    var start = (ladder.rules.order == .any ? entry : place) + own
    for optional in (step + 1)..<max(step + 1, ladder.next[step]) {
      let bit: UInt64 = 1 << UInt64(optional)
      let deadline = ladder.deadline(optional, first: times[entry], previous: reached[step])
      let isFree = ladder.rules.order == .any
      guard
        let moment = (start..<max(start, end)).first(where: {
          bits[$0] & bit != 0 && !(isFree && isTaken[$0])
        }), times[moment] <= deadline
      else { continue }
      reached[optional] = times[moment]
      take(moment)
      if ladder.isOfEvents, !isFree { start = moment + 1 }
    }
  }
}

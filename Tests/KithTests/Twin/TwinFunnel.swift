import KithBase
import KithModel
import KithPlan

/// A move in the history of a deal.
struct TwinArrival {
  var at: Instant
  /// Nil at the closing.
  var stage: Int32?
  var won: Bool
}

/// A unit on its way through a funnel.
private struct Passage {
  var row: Int
  var deal: Int32
  /// When each step was reached, as far as it was.
  var times: [Instant]
  /// What became of it at the last step it reached; the last step of all has none.
  var fate: Fate?
  /// The steps that were passed without a visit: no time was spent in them.
  var unvisited: Set<Int>
}

private enum Fate { case lost, late, open }

extension TwinRun {
  /// Every move and closing of a deal, in time. One without a history came to its present stage
  /// when it was created, and was closed when it says.
  func history(_ deal: Int32) -> [TwinArrival] {
    let changes = book.rows("stage_change").filter {
      book.stored("stage_change", $0, "opportunity") == .object(deal)
    }
    if changes.isEmpty { return assumedHistory(deal) }
    return inTimeOrder(changes, "stage_change").compactMap { change in
      guard case .time(let at) = book.stored("stage_change", change, "at") else { return nil }
      let won = book.stored("stage_change", change, "state") == .code("won")
      if case .object(let stage) = book.stored("stage_change", change, "to") {
        return TwinArrival(at: at, stage: stage, won: won)
      }
      return TwinArrival(at: at, stage: nil, won: won)
    }
  }

  private func assumedHistory(_ deal: Int32) -> [TwinArrival] {
    var arrivals: [TwinArrival] = []
    if case .object(let stage) = book.stored("opportunity", deal, "stage"),
      case .time(let created) = book.stored("opportunity", deal, "created")
    {
      arrivals.append(TwinArrival(at: created, stage: stage, won: false))
    }
    let state = book.stored("opportunity", deal, "state")
    if state != .code("open"), case .time(let at) = book.stored("opportunity", deal, "closed") {
      arrivals.append(TwinArrival(at: at, stage: nil, won: state == .code("won")))
    }
    return arrivals
  }

  /// A stage's place; a won closing is the winning stage of the funnel, or beyond all stages.
  func position(_ arrival: TwinArrival, _ funnel: Int32) -> Int64? {
    if let stage = arrival.stage {
      return TwinValues.integer(book.stored("stage", stage, "position"))
    }
    return arrival.won ? winning(funnel) : nil
  }

  private func winning(_ funnel: Int32) -> Int64 {
    let stage = book.rows("stage").first {
      book.stored("stage", $0, "funnel") == .object(funnel)
        && book.stored("stage", $0, "winning") == .bool(true)
    }
    return stage.flatMap { TwinValues.integer(book.stored("stage", $0, "position")) } ?? Int64.max
  }

  /// The place of a step of a funnel; `won` is the closing.
  func position(ofCode code: String, inFunnel funnel: Int32) -> Int64? {
    let stage = book.rows("stage").first {
      book.stored("stage", $0, "funnel") == .object(funnel)
        && TwinValues.same(book.stored("stage", $0, "code"), .text(code))
    }
    if let stage { return TwinValues.integer(book.stored("stage", stage, "position")) }
    return code == "won" ? winning(funnel) : nil
  }

  /// An instant and a length of time later.
  func later(_ instant: Instant, _ duration: Duration) -> Instant {
    let days = moved(instant) {
      $0.adding(months: Int(duration.months)).adding(days: Int(duration.days))
    }
    return Instant(microseconds: days.microseconds + duration.microseconds)
  }

  func funnelled(_ rows: [TwinRow], _ plan: FunnelPlan) throws -> [TwinRow] {
    guard let funnel = book.tables["funnel"]?.row(ofID: plan.funnel) else { return [] }
    let keyed = try rows.map { try computed(plan.by, $0) }
    var passages: [Passage] = []
    for (index, row) in keyed.enumerated() {
      guard case .object(let deal) = try value(plan.unit, row),
        book.stored("opportunity", deal, "funnel") == .object(funnel)
      else { continue }
      if let passage = passage(deal, row: index, plan, funnel) { passages.append(passage) }
    }
    let last = plan.steps.count - 1
    func kept(_ step: Int, _ fits: (Passage) -> Bool) -> [TwinRow] {
      passages.filter { $0.times.count > step && fits($0) }.map { rows[$0.row] }
    }
    func stopped(_ passage: Passage, _ step: Int, _ fates: [Fate]) -> Bool {
      passage.times.count == step + 1 && step < last && passage.fate.map(fates.contains) == true
    }
    switch plan.result {
    case .reached(let step): return kept(step) { _ in true }
    case .lost(let step): return kept(step) { stopped($0, step, [.lost]) }
    case .open(let step): return kept(step) { stopped($0, step, [.open]) }
    case .dropped(let step): return kept(step) { stopped($0, step, [.lost, .late]) }
    case .steps:
      let keys = plan.by.map { Expr(.slot($0.slot), $0.expr.type) }
      var blocks = try groups(keyed, by: keys)
      if plan.by.isEmpty { blocks = [([], Array(keyed.indices))] }
      return try blocks.flatMap { block in
        let members = Set(block.rows)
        let units = passages.filter { members.contains($0.row) }
        return try plan.steps.indices.map { step in
          var new = try self.row(step, units, block.rows.map { keyed[$0] }, plan, funnel)
          for (slot, value) in zip(plan.by, block.key) { new[slot.slot] = value }
          return new
        }
      }
    }
  }

  /// How far a deal got; nil if it never arrived at the first step or beyond.
  private func passage(
    _ deal: Int32, row: Int, _ plan: FunnelPlan, _ funnel: Int32
  ) -> Passage? {
    let arrivals = history(deal).filter { position($0, funnel) != nil }
    let places = plan.steps.map { position(ofCode: $0.code, inFunnel: funnel) ?? Int64.max }
    func arrival(_ step: Int, from: Int) -> Int? {
      arrivals.indices.first { index in
        if index < from { return false }
        // The step `won` is the closing itself.
        if plan.steps[step].code == "won" { return arrivals[index].stage == nil }
        return (position(arrivals[index], funnel) ?? 0) >= places[step]
      }
    }
    guard let first = arrival(0, from: 0) else { return nil }
    var times = [arrivals[first].at]
    var at = first
    var limits: [Instant] = []
    var cameTooLate = false
    for step in places.indices.dropFirst() {
      limits = self.limits(step, times, plan)
      guard let next = arrival(step, from: at) else { break }
      cameTooLate = limits.contains { arrivals[next].at > $0 }
      if cameTooLate { break }
      times.append(arrivals[next].at)
      at = next
    }
    var fate: Fate?
    if times.count < plan.steps.count {
      switch book.stored("opportunity", deal, "state") {
      case _ where cameTooLate: fate = .late
      case .code("lost"), .code("abandoned"): fate = .lost
      default: fate = limits.contains { plan.now > $0 } ? .late : .open
      }
    }
    let visited = Set(arrivals.filter { $0.stage != nil }.compactMap { position($0, funnel) })
    let unvisited = places.indices.filter { $0 < times.count && !visited.contains(places[$0]) }
    return Passage(row: row, deal: deal, times: times, fate: fate, unvisited: Set(unvisited))
  }

  /// Until when a step must be reached.
  private func limits(_ step: Int, _ times: [Instant], _ plan: FunnelPlan) -> [Instant] {
    var limits: [Instant] = []
    if let within = plan.within, let first = times.first { limits.append(later(first, within)) }
    if let within = plan.stepWithin[step], let last = times.last {
      limits.append(later(last, within))
    }
    return limits
  }

  /// The figures that the description of funnels defines; the other columns stay empty.
  private func row(
    _ step: Int, _ units: [Passage], _ rows: [TwinRow], _ plan: FunnelPlan, _ funnel: Int32
  ) throws -> TwinRow {
    var new: TwinRow = [:]
    func set(_ name: String, _ value: Scalar) {
      if let slot = plan.columns.slot(name) { new[slot] = value }
    }
    func ratio(_ part: Int, _ whole: Int) -> Scalar {
      whole == 0 ? .empty : .float(Double(part) / Double(whole))
    }
    let isLast = step == plan.steps.count - 1
    let reached = units.filter { $0.times.count > step }
    let advanced = units.filter { $0.times.count > step + 1 }.count
    func ended(_ fate: Fate) -> Int {
      reached.filter { $0.times.count == step + 1 && $0.fate == fate }.count
    }
    set("stage", .text(plan.steps[step].label))
    set("reached", .int(Int64(reached.count)))
    let entered = units.filter { !$0.times.isEmpty }.count
    set("cumulative", ratio(reached.count, entered))
    set(
      "amount",
      try sum(
        reached.compactMap { book.stored("opportunity", $0.deal, "amount") }.filter { !$0.isEmpty },
        .money))
    let passedOver = reached.filter { $0.times.count > step + 1 && $0.unvisited.contains(step) }
    set("skipped", .int(Int64(passedOver.count)))
    if isLast { return new }
    set("advanced", .int(Int64(advanced)))
    set("lost", .int(Int64(ended(.lost))))
    set("late", .int(Int64(ended(.late))))
    set("open", .int(Int64(ended(.open))))
    set("conversion", ratio(advanced, reached.count))
    set("resolved", ratio(advanced, reached.count - ended(.open)))
    let days = reached.filter { $0.times.count > step + 1 && !$0.unvisited.contains(step) }
      .map { passage in
        Double(passage.times[step + 1].microseconds - passage.times[step].microseconds)
          / 86_400_000_000
      }.sorted()
    set("median_days", median(days))
    set("p90_days", days.isEmpty ? .empty : .float(days[percentile(days.count)]))
    return new
  }

  private func median(_ values: [Double]) -> Scalar {
    if values.isEmpty { return .empty }
    let middle = values.count / 2
    return .float(
      values.count % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2)
  }

  private func percentile(_ count: Int) -> Int {
    (0..<count).first { Double($0 + 1) / Double(count) >= 0.9 } ?? count - 1
  }
}

import KithBase
import KithModel
import KithPlan

/// Forecasts, cohorts, sequences and earlier days, each in the plainest way.
extension TwinRun {
  // MARK: as of

  func rows(_ plan: Plan, asOf: AsOf) throws -> [TwinRow] {
    let book = today.past(asOf.moment, catalogue, zone)
    var earlier = query
    earlier.now = asOf.moment
    earlier.today = asOf.day
    let twin = Twin(book: book, catalogue: catalogue, functions: functions, zone: zone)
    let run = TwinRun(twin: twin, query: earlier)
    run.today = today
    run.moment = asOf.moment
    let rows = try run.rows(plan)
    for (index, count) in run.stageCounts { stageCounts[index, default: 0] += count }
    return rows
  }

  // MARK: forecast

  func forecasted(_ rows: [TwinRow], _ plan: ForecastPlan) throws -> [TwinRow] {
    let keyed = try rows.map { try computed(plan.by, $0) }
    var groups = try groups(keyed, by: plan.by.map { Expr(.slot($0.slot), $0.expr.type) })
    if plan.by.isEmpty { groups = [([], Array(keyed.indices))] }
    let target = try plan.target.map { TwinValues.integer(try value($0, [:])) }
    return try groups.map { group in
      var new: TwinRow = [:]
      for (slot, value) in zip(plan.by, group.key) { new[slot.slot] = value }
      let members = group.rows.map { keyed[$0] }
      for figure in plan.figures { new[figure.slot] = try aggregate(figure.call, members) }
      var met: Set<Scalar> = []
      let deals = try members.filter { met.insert(try value(plan.unit, $0)).inserted }
      let totals = try totals(deals, plan)
      for quantile in plan.quantiles {
        var sum = 0.0
        let reached = totals.first { total in
          sum += total.chance
          return sum >= quantile.share - 1e-12
        }
        new[quantile.slot] = .money(reached?.total ?? 0)
      }
      if let slot = plan.chance, case .some(.some(let target)) = target {
        new[slot] = .float(totals.filter { $0.total >= target }.reduce(0) { $0 + $1.chance })
      }
      return new
    }
  }

  /// Every sum of wins with its probability, ascending: deal by deal each sum goes on as won and as lost.
  private func totals(_ deals: [TwinRow], _ plan: ForecastPlan) throws -> [(
    total: Int64, chance: Double
  )] {
    var chances: [Int64: Double] = [0: 1]
    for deal in deals {
      guard case .money(let amount) = try value(plan.amount, deal),
        case .float(let win) = try value(plan.win, deal)
      else { continue }
      var next: [Int64: Double] = [:]
      for (total, chance) in chances {
        let p = min(1, max(0, win))
        if p > 0 { next[total + amount, default: 0] += chance * p }
        if p < 1 { next[total, default: 0] += chance * (1 - p) }
      }
      chances = next
      if chances.count > 300_000 { throw TwinUndecided(what: "a simulated forecast") }
    }
    return chances.map { ($0.key, $0.value) }.sorted { $0.0 < $1.0 }
  }

  // MARK: cohort

  func cohorts(_ rows: [TwinRow], _ plan: CohortPlan) throws -> [TwinRow] {
    var met: Set<Scalar> = []
    let members = try rows.filter { row in
      guard case .period = try value(plan.key, row) else { return false }
      guard let unit = plan.unit else { return true }
      let object = try value(unit, row)
      return !object.isEmpty && met.insert(object).inserted
    }
    return try groups(members, by: [plan.key]).map { group in
      guard case .period(let cohort)? = group.key.first else { return [:] }
      var new: TwinRow = [plan.cohort: .period(cohort), plan.size: .int(Int64(group.rows.count))]
      for (number, slot) in plan.shares.enumerated() {
        let first = cohort.start.adding(number, plan.length)
        let end = cohort.start.adding(number + 1, plan.length)
        if end > plan.over { continue }
        let active = try group.rows.filter { place in
          try days(members[place], plan).contains { $0 >= first && $0 < end }
        }
        new[slot] = .float(Double(active.count) / Double(group.rows.count))
      }
      return new
    }
  }

  private func days(_ row: TwinRow, _ plan: CohortPlan) throws -> [Day] {
    guard let through = plan.activity.through, let date = plan.activity.arguments.first else {
      return []
    }
    var found = try children(through, row)
    if let filter = plan.activity.filter { found = try found.filter { try truth(filter, $0) } }
    return try found.compactMap { child in
      if case .date(let day) = try value(date, child) { return day }
      return nil
    }
  }

  // MARK: sequence

  func sequenced(_ rows: [TwinRow], _ plan: SequencePlan) throws -> [TwinRow] {
    try rows.compactMap { row in
      guard case .object(let deal) = try value(plan.unit, row) else { return nil }
      let funnel = book.stored("opportunity", deal, "funnel")
      let moves = history(deal).compactMap { arrival -> (code: String, at: Instant)? in
        guard let stage = arrival.stage else { return arrival.won ? ("won", arrival.at) : nil }
        guard book.stored("stage", stage, "funnel") == funnel,
          case .text(let code) = book.stored("stage", stage, "code")
        else { return nil }
        return (code, arrival.at)
      }
      guard let found = complete([], moves[...], plan, strict: false) else { return nil }
      var new = row
      new[plan.from] = .time(found[0])
      new[plan.to] = .time(found[found.count - 1])
      return new
    }
  }

  /// The times of the steps, tried in order: earliest beginning, then earliest end.
  private func complete(
    _ times: [Instant], _ moves: ArraySlice<(code: String, at: Instant)>, _ plan: SequencePlan,
    strict: Bool
  ) -> [Instant]? {
    let step = times.count
    if step == plan.stages.count { return times }
    var best: [Instant]?
    for (place, move) in zip(moves.indices, moves) {
      if strict, place != moves.startIndex { break }
      guard move.code == plan.stages[step] else { continue }
      if let within = plan.within, let first = times.first, move.at > later(first, within) {
        continue
      }
      if let within = plan.stepWithin[step], let last = times.last, move.at > later(last, within) {
        continue
      }
      let rest = moves[(place + 1)...]
      guard let found = complete(times + [move.at], rest, plan, strict: plan.strict) else {
        continue
      }
      if step == 0 { return found }
      if best == nil || found[found.count - 1] < best?.last ?? found[0] { best = found }
    }
    return best
  }
}

import KithBase
import KithPlan

extension Execution {
  /// A row per group: its figures, quantiles of what it may bring in, the chance of a target.
  func forecast(_ input: Frame, _ plan: ForecastPlan) throws -> Frame {
    let (keyed, keys, groups) = try grouped(input, plan.by)
    noteEmptyKeys(keys, groups)
    var frame = Frame(rowCount: groups.count)
    for (slot, vector) in zip(plan.by, keys) {
      frame.slots[slot.slot] = .vector(vector.gather(groups.first))
    }
    for figure in plan.figures {
      frame.slots[figure.slot] = .vector(try aggregate(figure.call, keyed, groups))
    }
    let target = try plan.target.map { try self.target($0) }
    var quantiles = plan.quantiles.map { _ in [Int64]() }
    var chances: [Double] = []
    var simulated = 0
    let prospects = try Prospects(self, plan, keyed, groups)
    for group in 0..<groups.count {
      let outcome = try OutcomeDistribution(prospects[group], budget)
      simulated += outcome.isSimulated ? 1 : 0
      for (place, quantile) in plan.quantiles.enumerated() {
        quantiles[place].append(outcome.quantile(quantile.share))
      }
      if let target { chances.append(target.map { outcome.chance(ofAtLeast: $0) } ?? .nan) }
    }
    for (quantile, values) in zip(plan.quantiles, quantiles) {
      frame.slots[quantile.slot] = .vector(.int(values))
    }
    if let slot = plan.chance { frame.slots[slot] = .vector(.float(chances)) }
    notes.count(
      .simulated, String(OutcomeDistribution.seed), simulated, detail: OutcomeDistribution.draws)
    return try replace(input, by: frame)
  }

  /// Fen; nil where the target is empty.
  private func target(_ expr: Expr) throws -> Int64? {
    guard case .int(let values) = try column(expr, Frame(rowCount: 1)), let fen = values.first
    else { throw mismatch("a target") }
    return fen == Empty.int ? nil : fen
  }
}

/// The prospects of each group, each deal once.
private struct Prospects {
  private let lists: GroupedPositions
  private let amounts: [Int64]
  private let chances: [Double]

  init(_ execution: Execution, _ plan: ForecastPlan, _ frame: Frame, _ groups: Groups) throws {
    guard case .row(let deals) = try execution.column(plan.unit, frame),
      case .int(let amounts) = try execution.column(plan.amount, frame),
      case .float(let chances) = try execution.column(plan.win, frame)
    else { throw execution.mismatch("a forecast") }
    let isAscending = zip(deals, deals.dropFirst()).allSatisfy { $0 < $1 }
    var seen = PairSet(
      groups: isAscending ? 0 : groups.count, values: Int(deals.max() ?? 0) + 1)
    let isMeant = deals.indices.map { row in
      deals[row] != 0 && amounts[row] != Empty.int && !chances[row].isNaN
        && (isAscending || seen.insert(Int(groups.ids[row]), Int(deals[row])))
    }
    lists = GroupedPositions(groups.ids, groups: groups.count) { isMeant[$0] }
    self.amounts = amounts
    self.chances = chances
  }

  subscript(group: Int) -> [Prospect] {
    lists.range(group).map {
      let row = Int(lists.positions[$0])
      return Prospect(amount: amounts[row], chance: chances[row])
    }
  }
}

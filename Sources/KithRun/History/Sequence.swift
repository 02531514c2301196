import KithBase
import KithPlan

extension Execution {
  /// The rows whose deal went through a sequence of stages.
  func sequence(_ input: Frame, _ plan: SequencePlan) throws -> Frame {
    let histories = try stageHistories()
    guard case .row(let deals) = try column(plan.unit, input) else { throw mismatch("a sequence") }
    let wanted = SequenceSearch(plan, histories, zone)
    var visits: [Visit] = []
    var kept: [Int32] = []
    var from: [Int64] = []
    var to: [Int64] = []
    for (row, deal) in deals.enumerated() {
      if row % Frame.batch == 0 { try budget.tick(Frame.batch) }
      if deal == 0 { continue }
      histories.visits(of: Int(deal), into: &visits)
      let won = histories.wonAt(Int(deal))
      guard let found = try wanted.first(in: visits, won: won, budget) else { continue }
      kept.append(Int32(row))
      from.append(found.from)
      to.append(found.to)
    }
    var frame = input.gather(kept)
    frame.slots[plan.from] = .vector(.int(from))
    frame.slots[plan.to] = .vector(.int(to))
    return try replace(input, by: frame)
  }
}

/// Looks for a sequence among the visits of one deal.
private struct SequenceSearch {
  private let plan: SequencePlan
  private let zone: TimeZoneTable
  /// For each step which stages it means, by row; nobody's row 0 stands for the winning.
  private let isMeant: [[Bool]]
  private let hasLimits: Bool

  init(_ plan: SequencePlan, _ histories: StageHistories, _ zone: TimeZoneTable) {
    self.plan = plan
    self.zone = zone
    let codes = histories.stages.codes
    isMeant = plan.stages.map { code in
      (0..<max(1, histories.stages.count)).map { $0 == 0 ? code == "won" : codes[$0] == code }
    }
    hasLimits = plan.within != nil || !plan.stepWithin.isEmpty
  }

  /// The beginning and the end of the first place where the sequence stands.
  func first(in visits: [Visit], won: Int64?, _ budget: Budget) throws -> (from: Int64, to: Int64)?
  {
    var moves = visits.map { (stage: Int($0.stage), at: $0.enter) }
    if let won {
      let place = moves.firstIndex { $0.at > won } ?? moves.count
      moves.insert((0, won), at: place)
    }
    if moves.count < plan.stages.count { return nil }
    for start in moves.indices where isMeant[0][moves[start].stage] {
      if let end = end(from: start, moves) { return (moves[start].at, end) }
      try budget.tick(moves.count)
      // Without limits a later start finds nothing that the first one does not.
      if !hasLimits, !plan.strict { return nil }
    }
    return nil
  }

  /// When the sequence that starts at a move is first complete.
  private func end(from start: Int, _ moves: [(stage: Int, at: Int64)]) -> Int64? {
    var reached = [start]
    for step in plan.stages.indices.dropFirst() {
      var next: [Int] = []
      // The latest move of the step before is the one that a limit allows the most.
      var before = 0
      for place in (reached[0] + 1)..<max(reached[0] + 1, moves.count) {
        while before + 1 < reached.count, reached[before + 1] < place { before += 1 }
        let previous = reached[before]
        guard previous < place, isMeant[step][moves[place].stage] else { continue }
        if plan.strict, previous + 1 != place { continue }
        if isLate(moves[place].at, plan.within, after: moves[start].at) { continue }
        if isLate(moves[place].at, plan.stepWithin[step], after: moves[previous].at) { continue }
        next.append(place)
      }
      if next.isEmpty { return nil }
      reached = next
    }
    return moves[reached[0]].at
  }

  private func isLate(_ time: Int64, _ limit: Duration?, after start: Int64) -> Bool {
    guard let limit else { return false }
    return time > FunnelLadder.adding(limit, to: start, zone)
  }
}

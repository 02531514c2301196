import KithBase
import KithPlan

extension Execution {
  /// A derived field of the engine as a whole column, index 0 empty.
  func derivedColumn(_ algorithm: DerivedAlgorithm, entity: String) throws -> Vector {
    switch algorithm {
    case .generation: return try generations(entity)
    case .usualDays: return try usualDays()
    case .missingRoles: return try missingRoles()
    case .root: return try roots()
    case .daysIn(let stage):
      return try dealInts { histories, deal, visits, now in
        var total: Int64 = 0
        var isVisited = false
        for visit in visits where histories.stages.codes[Int(visit.stage)] == stage {
          isVisited = true
          total += max(0, (visit.leave ?? now) - visit.enter)
        }
        return isVisited ? total / 86_400_000_000 : Empty.int
      }
    case .entered(let stage):
      return try dealInts { histories, deal, visits, _ in
        if stage == "won", let won = histories.wonAt(deal) { return won }
        return visits.first { histories.stages.codes[Int($0.stage)] == stage }?.enter
          ?? Empty.int
      }
    case .currentDays:
      return try dealInts { histories, deal, visits, now in
        guard histories.state[deal] == .open, let last = visits.last else { return Empty.int }
        return max(0, now - last.enter) / 86_400_000_000
      }
    case .reached(let stage, let days): return try reached(stage, withinDays: days)
    case .skipped(let stage): return try skipped(stage)
    }
  }

  private typealias DealValue = (
    _ histories: StageHistories, _ deal: Int, _ visits: [Visit], _ now: Int64
  ) -> Int64

  /// A whole number or time for each deal.
  private func dealInts(_ value: DealValue) throws -> Vector {
    let histories = try stageHistories()
    var result = [Int64](repeating: Empty.int, count: histories.funnel.count)
    var visits: [Visit] = []
    for deal in 1..<max(1, result.count) {
      if deal % Frame.batch == 0 { try budget.tick(Frame.batch) }
      histories.visits(of: deal, into: &visits)
      result[deal] = value(histories, deal, visits, query.now.microseconds)
    }
    return .int(result)
  }

  /// When a deal first stood at a position or beyond, its winning included.
  private func arrival(
    _ histories: StageHistories, _ deal: Int, _ visits: [Visit], at position: Int64?
  ) -> Int64? {
    let won = histories.wonAt(deal)
    guard let position else { return won }
    let visited = visits.first { $0.position >= position }?.enter
    guard let won, histories.winningPosition[Int(histories.funnel[deal])] >= position
    else {
      return visited
    }
    return min(visited ?? won, won)
  }

  /// By funnel the position of the stage with a code.
  private func positions(of code: String, _ stages: StageTable) -> [Int32: Int64] {
    var result: [Int32: Int64] = [:]
    for stage in 1..<max(1, stages.count) where stages.codes[stage] == code {
      result[stages.funnel[stage]] = stages.position[stage]
    }
    return result
  }

  private func reached(_ stage: String, withinDays days: Int64?) throws -> Vector {
    let histories = try stageHistories()
    let positions = positions(of: stage, histories.stages)
    var result = [UInt8](repeating: Empty.bool, count: histories.funnel.count)
    var visits: [Visit] = []
    for deal in 1..<max(1, result.count) {
      if deal % Frame.batch == 0 { try budget.tick(Frame.batch) }
      let position = positions[histories.funnel[deal]]
      if position == nil, stage != "won" {
        result[deal] = 0
        continue
      }
      histories.visits(of: deal, into: &visits)
      let time = arrival(histories, deal, visits, at: position)
      guard let days else {
        result[deal] = time == nil ? 0 : 1
        continue
      }
      let created = histories.created[deal]
      if created == Empty.int { continue }
      let deadline = FunnelLadder.adding(Duration(days: days), to: created, zone)
      // A deal that is younger cannot be judged yet.
      if deadline > query.now.microseconds { continue }
      result[deal] = time.map { $0 <= deadline ? 1 : 0 } ?? 0
    }
    return .bool(result)
  }

  /// Whether a stage, or any, was passed over: the deal got beyond it and never stood there. Winning is
  /// the last rung: where no stage wins, a won deal is beyond all of them.
  private func skipped(_ stage: String?) throws -> Vector {
    let histories = try stageHistories()
    var ladders: [Int32: [Int64]] = [:]
    for row in 1..<max(1, histories.stages.count)
    where stage == nil || histories.stages.codes[row] == stage {
      ladders[histories.stages.funnel[row], default: []].append(histories.stages.position[row])
    }
    var result = [UInt8](repeating: Empty.bool, count: histories.funnel.count)
    var visits: [Visit] = []
    for deal in 1..<max(1, result.count) {
      if deal % Frame.batch == 0 { try budget.tick(Frame.batch) }
      histories.visits(of: deal, into: &visits)
      var highest = visits.map(\.position).max() ?? Int64.min
      let winning = histories.winningPosition[Int(histories.funnel[deal])]
      if histories.wonAt(deal) != nil { highest = max(highest, winning) }
      let isSkipped = (ladders[histories.funnel[deal]] ?? []).contains { position in
        position < highest && !visits.contains { $0.position == position }
      }
      result[deal] = isSkipped ? 1 : 0
    }
    return .bool(result)
  }

  /// By stage the median length in whole days of the visits that ended.
  private func usualDays() throws -> Vector {
    let histories = try stageHistories()
    var lengths: [Int64] = []
    var ids: [Int32] = []
    var visits: [Visit] = []
    for deal in 1..<max(1, histories.funnel.count) {
      if deal % Frame.batch == 0 { try budget.tick(Frame.batch) }
      histories.visits(of: deal, into: &visits)
      for visit in visits {
        guard let leave = visit.leave else { continue }
        lengths.append(leave - visit.enter)
        ids.append(visit.stage)
      }
    }
    let (medians, _) = try percentiles(
      .int(lengths), ids, histories.stages.count, share: nil, .duration(.microseconds))
    guard case .int(let values) = medians else { throw mismatch("a median") }
    return .int(values.map { $0 == Empty.int ? $0 : $0 / 86_400_000_000 })
  }

  /// By deal the decision roles nobody is known for.
  private func missingRoles() throws -> Vector {
    let wanted = ["coach", "user", "technical", "economic"]
    try tables.load("role", fields: ["role", "contact", "opportunity"])
    guard case .text(let codes, let roles) = try tables.column("role", "role") else {
      throw mismatch("a role")
    }
    let deals = try tables.rows("role", "opportunity")
    let contacts = try tables.rows("role", "contact")
    let bits = roles.strings().map { code in wanted.firstIndex(of: code).map { UInt8(1 << $0) } ?? 0
    }
    var known = [UInt8](repeating: 0, count: try tables.table("opportunity").count + 1)
    for row in codes.indices where contacts[row] != 0 {
      known[Int(deals[row])] |= bits[Int(codes[row])]
    }
    let dictionary = dictionary(ofEnumeration: "role")
    let places = dictionary.strings()
    let wantedCodes = wanted.map { Int32(places.firstIndex(of: $0) ?? 0) }
    var offsets: [Int32] = [0, 0]
    var elements: [Int32] = []
    for deal in 1..<max(1, known.count) {
      for (bit, code) in wantedCodes.enumerated() where known[deal] & UInt8(1 << bit) == 0 {
        elements.append(code)
      }
      offsets.append(Int32(elements.count))
    }
    return .list(offsets, .text(elements, dictionary))
  }

  /// Depth in the forest of first referrals: 0 for a root. A referral is one below its stated
  /// parent, the first of a chain is 1.
  private func generations(_ entity: String) throws -> Vector {
    if entity == "customer" {
      let graph = try referralGraph()
      return .int(
        (0...graph.customerCount).map { $0 == 0 ? Empty.int : Int64(graph.generation[$0]) })
    }
    let parents = try tables.rows("referral", "parent")
    var result = [Int64](repeating: Empty.int, count: parents.count)
    var isOnWay = [Bool](repeating: false, count: parents.count)
    for row in 1..<max(1, result.count) where result[row] == Empty.int {
      var way: [Int] = []
      var current = row
      while current != 0, result[current] == Empty.int, !isOnWay[current] {
        way.append(current)
        isOnWay[current] = true
        current = Int(parents[current])
      }
      if current != 0, isOnWay[current], let entry = way.firstIndex(of: current) {
        // In a closed ring everyone has all the others above.
        let size = Int64(way.count - entry)
        for member in way[entry...] { result[member] = size }
        way.removeSubrange(entry...)
      }
      var depth = current == 0 ? 0 : result[current]
      for member in way.reversed() {
        depth += 1
        result[member] = depth
      }
    }
    return .int(result)
  }
}

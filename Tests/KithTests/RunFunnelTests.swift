import KithBase
import KithPlan
import KithRun
import Testing

/// A funnel over five deals, followed by hand. Stages A to D of funnel 1, D winning; now is 21
/// November.
///
/// 1. created 1 Sep in A, B on 11 Sep, C on 1 Oct, won 10 Oct without standing in D
/// 2. created 1 Sep in A, B on 3 Sep, back to A on 10 Sep, lost 20 Sep
/// 3. created 1 Nov in A, C on 5 Nov (B passed over), still open
/// 4. created 10 Nov in A, still open
/// 5. no history: created 1 Aug, stands in B
@Suite struct RunFunnelTests {
  private let deal = Make.slot(1, .object("opportunity"))

  private func source() -> MemorySource {
    let source = MemorySource()
    source.set("funnel", ["name": [.text("main")]])
    source.set(
      "stage",
      [
        "code": ["A", "B", "C", "D"].map { .text($0) },
        "position": [1, 2, 3, 4].map { .int($0) },
        "funnel": [Scalar](repeating: .int(1), count: 4),
        "planned_conversion": [.float(0.8), .float(0.5), .float(0.5), .empty],
        "planned_days": [.int(7), .int(14), .empty, .empty],
        "win": [.float(0.1), .float(0.25), .float(0.5), .float(0.9)],
        "winning": [.bool(false), .bool(false), .bool(false), .bool(true)],
      ])
    source.set(
      "opportunity",
      [
        "funnel": [Scalar](repeating: .int(1), count: 5),
        "stage": [.int(3), .int(1), .int(3), .int(1), .int(2)],
        "state": ["won", "lost", "open", "open", "open"].map { .code($0) },
        "created": [
          Make.noon(9, 1), Make.noon(9, 1), Make.noon(11, 1), Make.noon(11, 10), Make.noon(8, 1),
        ],
        "closed": [Make.noon(10, 10), Make.noon(9, 20), .empty, .empty, .empty],
        "amount": [.money(100), .money(200), .money(401), .empty, .money(1_000)],
        "manual_win": [.empty, .empty, .empty, .empty, .float(0.3)],
      ])
    let moves: [(deal: Int64, from: Int64?, to: Int64?, at: Scalar)] = [
      (1, nil, 1, Make.noon(9, 1)), (1, 1, 2, Make.noon(9, 11)), (1, 2, 3, Make.noon(10, 1)),
      (1, 3, nil, Make.noon(10, 10)), (2, nil, 1, Make.noon(9, 1)), (2, 1, 2, Make.noon(9, 3)),
      (2, 2, 1, Make.noon(9, 10)), (2, 1, nil, Make.noon(9, 20)), (3, nil, 1, Make.noon(11, 1)),
      (3, 1, 3, Make.noon(11, 5)), (4, nil, 1, Make.noon(11, 10)),
    ]
    source.set(
      "stage_change",
      [
        "opportunity": moves.map { .int($0.deal) },
        "from": moves.map { $0.from.map { .int($0) } ?? .empty },
        "to": moves.map { $0.to.map { .int($0) } ?? .empty }, "at": moves.map(\.at),
      ])
    return source
  }

  private func plan(
    _ codes: [String], within: Duration? = nil, step: [Int: Duration] = [:],
    _ result: FunnelPlan.Result = .steps
  ) -> FunnelPlan {
    var next = 20
    var rules = FunnelPlan.Rules()
    rules.within = within
    let steps = codes.enumerated().map { index, code in
      FunnelPlan.Step(code: code, label: code, within: step[index])
    }
    return FunnelPlan(
      unit: deal, blocks: [FunnelPlan.Block(funnel: 1, steps: steps)], rules: rules, now: Make.now,
      result: result,
      columns: FunnelColumns(.deals, .cohort) {
        next += 1
        return SlotID(next)
      })
  }

  private var deals: Plan { .scan(.entity("opportunity", SlotID(1))) }

  private func column(_ name: String, _ funnel: FunnelPlan) throws -> [Scalar] {
    let column = try #require(funnel.columns.all.first { $0.name == name })
    let query = Make.query(.funnel(deals, funnel), [Expr(.slot(column.slot), column.type)])
    return try run(query, Make.engine(source()))[0]
  }

  private func ints(_ name: String, _ funnel: FunnelPlan) throws -> [Int64?] {
    try column(name, funnel).map { value in
      switch value {
      case .int(let number), .money(let number): number
      default: nil
      }
    }
  }

  @Test func everyReachedDealIsAdvancedLostLateOrOpen() throws {
    let funnel = plan(["A", "B", "C", "D"])
    #expect(try ints("reached", funnel) == [5, 4, 2, 1])
    #expect(try ints("advanced", funnel) == [4, 2, 1, nil])
    #expect(try ints("lost", funnel) == [0, 1, 0, nil])
    #expect(try ints("late", funnel) == [0, 0, 0, nil])
    #expect(try ints("open", funnel) == [1, 1, 1, nil])
    #expect(try ints("now", funnel) == [1, 1, 1, 0])
  }

  @Test func ratesPlansAndMoney() throws {
    let funnel = plan(["A", "B", "C", "D"])
    #expect(try column("conversion", funnel) == [.float(0.8), .float(0.5), .float(0.5), .empty])
    #expect(
      try column("resolved", funnel) == [.float(1), .float(2.0 / 3), .float(1), .empty])
    #expect(
      try column("cumulative", funnel) == [.float(1), .float(0.8), .float(0.4), .float(0.2)])
    #expect(try column("planned", funnel) == [.float(0.8), .float(0.5), .float(0.5), .empty])
    #expect(try ints("planned_days", funnel) == [7, 14, nil, nil])
    #expect(try ints("amount", funnel) == [1_701, 1_701, 501, 100])
    // Deal 3 stands in C: 401 × 0.5 = 200.5, half-even 200. Deal 5 in B: 1,000 × 0.3 by hand.
    #expect(try ints("weighted", funnel) == [0, 300, 200, 0])
  }

  @Test func movesAndTimes() throws {
    let funnel = plan(["A", "B", "C", "D"])
    #expect(try ints("back", funnel) == [0, 1, 0, 0])
    // Deal 5 has no history before B, deal 3 passed over B; deal 1 won without standing in D.
    #expect(try ints("skipped", funnel) == [1, 1, 0, 0])
    // A to B: deal 1 in 10 days, 2 in 2, 3 in 4 (to C). B to C: deal 1 in 20.
    #expect(try column("median_days", funnel) == [.float(4), .float(20), .float(9), .empty])
    #expect(try column("p90_days", funnel)[0] == .float(10))
    // Stays in A: 10, 2 and 10, 4 and 11 days, three of them over 7; in B 20, 7 and, of deal 5,
    // 112.
    #expect(try ints("over_plan", funnel) == [3, 2, nil, nil])
  }

  @Test func windowsMakeDealsLate() throws {
    let funnel = plan(["A", "B", "C"], within: Duration(days: 30))
    // Deal 1 reached C 30 days after A, deal 5 has stood in B for more than 30 days.
    #expect(try ints("reached", funnel) == [5, 4, 2])
    #expect(try ints("late", funnel) == [0, 1, nil])
    let tight = plan(["A", "B", "C"], step: [1: Duration(days: 5)])
    #expect(try ints("reached", tight) == [5, 3, 1])
    // Deal 1 took 10 days to B, and deal 4 has been in A for 11.
    #expect(try ints("late", tight) == [2, 0, nil])
    #expect(try ints("open", tight) == [0, 1, nil])
  }

  @Test func aNumberOpensIntoItsRows() throws {
    func ids(_ result: FunnelPlan.Result) throws -> [Scalar] {
      let query = Make.query(
        .funnel(deals, plan(["A", "B", "C", "D"], result)), [Make.field(deal, "id", .int)])
      return try run(query, Make.engine(source()))[0]
    }
    #expect(try ids(.opened(.reached, [2])) == [.int(1), .int(3)])
    #expect(try ids(.opened(.lost, [1])) == [.int(2)])
    #expect(try ids(.opened(.open, [1])) == [.int(5)])
    #expect(try ids(.opened(.dropped, [1])) == [.int(2)])
  }

  @Test func derivedFieldsOfDeals() throws {
    func values(_ algorithm: DerivedAlgorithm, _ type: KithType) throws -> [Scalar] {
      let key = DerivedKey(entity: "opportunity", name: "field")
      let query = Make.query(
        deals, [Expr(.derived(deal, key), type)], derived: [key: .algorithm(algorithm)])
      return try run(query, Make.engine(source()))[0]
    }
    // Deal 2 stood in A from 1 to 3 and from 10 to 20 September.
    #expect(
      try values(.daysIn(stage: "A"), .int) == [.int(10), .int(12), .int(4), .int(11), .empty])
    #expect(
      try values(.entered(stage: "B"), .time)
        == [Make.noon(9, 11), Make.noon(9, 3), .empty, .empty, Make.noon(8, 1)])
    #expect(
      try values(.reached(stage: "B", withinDays: nil), .bool)
        == [true, true, true, false, true].map { .bool($0) })
    // Deals 3 and 4 are younger than 30 days.
    #expect(
      try values(.reached(stage: "D", withinDays: 40), .bool)
        == [.bool(true), .bool(false), .empty, .empty, .bool(false)])
    #expect(
      try values(.currentDays, .int) == [.empty, .empty, .int(16), .int(11), .int(112)])
    #expect(
      try values(.skipped(stage: "B"), .bool)
        == [false, false, true, false, false].map { .bool($0) })
  }
}

import KithBase
import KithPlan
import KithRun
import Testing

/// Walks over a small graph, drawn by hand:
///
///     neighbour → 1 → 2, 1 → 3, a contact of 3 → 4
///     5 → 6 → 7 → 5 is a closed loop, and 7 → 8; later 5 referred 2 again
///     9 stands alone
@Suite struct RunReferralTests {
  private let customer = Make.slot(1, .object("customer"))

  private func source() -> MemorySource {
    let source = MemorySource()
    source.set("customer", ["name": "abcdefghi".map { .text(String($0)) }])
    source.set("contact", ["customer": [.int(3)]])
    source.set(
      "referrer",
      [
        "name": [.text("neighbour"), .empty, .empty, .empty, .empty, .empty],
        "customer": [.empty, .int(1), .empty, .int(5), .int(6), .int(7)],
        "contact": [.empty, .empty, .int(1), .empty, .empty, .empty],
      ])
    source.set(
      "referral",
      [
        "referrer": [1, 2, 2, 3, 4, 5, 6, 6, 4].map { .int($0) },
        "customer": [1, 2, 3, 4, 6, 7, 5, 8, 2].map { .int($0) },
        "referred": (1...9).map { Make.noon(1, $0) },
      ])
    return source
  }

  private func walk(
    _ mode: Walk.Mode, from ids: [Int64], entity: String = "customer"
  ) throws -> (customers: [Int64], levels: [Int64?], notes: [String], sizes: [Int64?]) {
    let start = Make.slot(1, .object(entity))
    let walk = Walk(
      mode: mode, start: start, customer: SlotID(2), referrer: SlotID(3), level: SlotID(4),
      via: SlotID(5), group: SlotID(6), size: SlotID(7))
    let input = Plan.scan(.objects(entity, ids: ids, SlotID(1)))
    let id = Make.field(Make.slot(2, .object("customer")), "id", .int)
    let query = Make.query(
      .walk(input, walk), [id, Make.slot(4, .int), Make.slot(7, .int)])
    let result = try Make.engine(source()).run(query, budget: Budget())
    func numbers(_ column: Int) -> [Int64?] {
      (0..<result.shownRows).map { row in
        if case .int(let number) = result.columns[column].scalar(row, .int) { number } else { nil }
      }
    }
    return (numbers(0).map { $0 ?? 0 }, numbers(1), result.notes.map(\.english), numbers(2))
  }

  @Test func downstream() throws {
    let all = try walk(.downstream(levels: nil), from: [1])
    #expect(all.customers == [2, 3, 4])
    #expect(all.levels == [1, 1, 2])
    #expect(all.notes == ["1 customer was referred twice; the first referral counts"])
    #expect(try walk(.downstream(levels: 1), from: [1]).customers == [2, 3])
    #expect(
      try walk(.downstream(levels: nil), from: [1], entity: "referrer").customers == [1, 2, 3, 4])
  }

  @Test func aLoopNeitherHangsNorLosesAnyone() throws {
    let around = try walk(.downstream(levels: nil), from: [6])
    #expect(around.customers == [7, 5, 8])
    #expect(around.levels == [1, 2, 2])
    #expect(around.notes.first == "1 loop of 3; counted once")
    #expect(try walk(.upstream(levels: nil), from: [8]).customers == [7, 6, 5])
    #expect(try walk(.roots, from: [1, 2, 3, 4, 5, 6, 7, 8, 9]).customers == [5, 9])
    // 5 has the smallest id of its loop and counts as its root.
    #expect(try walk(.chain, from: [8]).customers == [5, 6, 7, 8])
    #expect(try walk(.chain, from: [8]).levels == [0, 1, 2, 3])
  }

  @Test func startsBelowOtherStartsAreRowsToo() throws {
    #expect(try walk(.downstream(levels: nil), from: [1, 3]).customers == [2, 3, 4])
    let tree = try walk(.tree, from: [3, 1])
    #expect(tree.customers == [1, 2, 3, 4])
    #expect(tree.levels == [0, 1, 1, 2])
  }

  @Test func aPersonWhoIsNoCustomerIsARowWithoutOne() throws {
    let up = try walk(.upstream(levels: nil), from: [4])
    #expect(up.customers == [3, 1, 0])
    #expect(up.levels == [1, 2, 3])
  }

  @Test func circlesAndLoops() throws {
    let circles = try walk(.circles, from: [9, 8, 7, 4, 1])
    // 2 was referred from both sides, which makes one circle of nine people: 1 to 8 and the
    // neighbour.
    #expect(circles.customers == [8, 7, 4, 1])
    #expect(circles.sizes == [9, 9, 9, 9])
    let loops = try walk(.loops, from: [1, 2, 3, 4, 5, 6, 7, 8, 9])
    #expect(loops.sizes == [3])
  }

  @Test func shortestPathGoesEitherWay() throws {
    let path = try walk(
      .path(
        from: ObjectReference(entity: "customer", id: 4),
        to: ObjectReference(entity: "customer", id: 8)), from: [])
    #expect(path.customers == [4, 3, 1, 2, 5, 7, 8])
    let none = try walk(
      .path(
        from: ObjectReference(entity: "customer", id: 4),
        to: ObjectReference(entity: "customer", id: 9)), from: [])
    #expect(none.customers.isEmpty)
    #expect(none.notes == ["no chain of referrals joins the two"])
  }

  /// Below 1 are 2, 3, 4; below 3 is 4; below each of the loop are the two others and 8.
  @Test func rollupCountsEveryoneBelowOnce() throws {
    let below = Through(
      object: customer, steps: [.downstream(from: "customer")], child: SlotID(2),
      entity: "customer", distinct: true)
    let count = Expr(.aggregate(AggregateCall(.count, through: below, type: .int)), .int)
    let key = DerivedKey(entity: "customer", name: "generation")
    let query = Make.query(
      .scan(.entity("customer", SlotID(1))), [count, Expr(.derived(customer, key), .int)],
      derived: [key: .algorithm(.generation)])
    let rows = try run(query, Make.engine(source()))
    #expect(rows[0] == [3, 0, 1, 0, 3, 3, 3, 0, 0].map { .int($0) })
    // The neighbour is no customer but stands above 1.
    #expect(rows[1] == [1, 2, 2, 3, 0, 1, 2, 3, 0].map { .int($0) })
  }

  /// Deals of 1, 2, 4, 6 and 8. Below 1: those of 2 and 4; below the loop's 5: those of 6 and 8.
  @Test func rollupSumsWhatStandsBelow() throws {
    let source = source()
    source.set(
      "opportunity",
      [
        "customer": [1, 2, 4, 6, 8, 2].map { .int($0) },
        "amount": [.money(1), .money(10), .money(100), .money(1_000), .money(10_000), .empty],
      ])
    let deal = Make.slot(3, .object("opportunity"))
    let below = Through(
      object: customer,
      steps: [
        .downstream(from: "customer"), .many(entity: "opportunity", key: "customer"),
      ], child: SlotID(3), entity: "opportunity", distinct: true)
    let amount = Make.field(deal, "amount", .money)
    let sum = AggregateCall(.sum, through: below, arguments: [amount], type: .money)
    let filled = AggregateCall(.count, through: below, arguments: [amount], type: .int)
    let most = AggregateCall(.max, through: below, arguments: [amount], type: .money)
    let query = Make.query(
      .scan(.entity("customer", SlotID(1))),
      [sum, filled, most].map { Expr(.aggregate($0), $0.type) })
    let engine = Make.engine(source)
    let rows = try run(query, engine)
    #expect(
      rows[0] == [110, 0, 100, 0, 11_000, 10_000, 11_000, 0, 0].map { Scalar.money($0) })
    #expect(rows[1] == [2, 0, 1, 0, 2, 1, 2, 0, 0].map { Scalar.int($0) })
    #expect(
      rows[2] == [
        .money(100), .empty, .money(100), .empty, .money(10_000), .money(10_000), .money(10_000),
        .empty, .empty,
      ])
    // A second query is answered from what was kept of the first.
    #expect(try run(query, engine) == rows)
  }

  /// A chain of 60,000: deep enough that recursion would end the program.
  @Test func aDeepChainIsWalkedWithoutRecursion() throws {
    let count: Int64 = 60_000
    let source = MemorySource()
    source.set("customer", ["name": (0..<count).map { .text("c\($0)") }])
    source.set("referrer", ["customer": (1...count).map { .int($0) }])
    source.set(
      "referral",
      ["referrer": (1..<count).map { .int($0) }, "customer": (2...count).map { .int($0) }])
    let engine = Make.engine(source)
    func rows(_ mode: Walk.Mode, _ id: Int64) throws -> Int {
      let walk = Walk(
        mode: mode, start: customer, customer: SlotID(2), referrer: SlotID(3), level: SlotID(4),
        via: SlotID(5), group: SlotID(6), size: SlotID(7))
      let plan = Plan.walk(.scan(.objects("customer", ids: [id], SlotID(1))), walk)
      return try engine.run(Make.query(plan, []), budget: Budget()).rowCount
    }
    #expect(try rows(.downstream(levels: nil), 1) == 59_999)
    #expect(try rows(.chain, count) == 60_000)
    #expect(try rows(.tree, 1) == 60_000)
    #expect(try rows(.loops, 1) == 0)
    #expect(try rows(.circles, 1) == 1)
  }
}

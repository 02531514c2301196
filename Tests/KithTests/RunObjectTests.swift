import KithBase
import KithPlan
import KithRun
import Testing

/// Objects, their children and derived fields; every expected value was worked out by hand.
@Suite struct RunObjectTests {
  private let customer = Make.slot(1, .object("customer"))
  private let deal = Make.slot(2, .object("opportunity"))

  /// Ids with gaps: rows are 10, 20, 30; deals 5 (of 20), 6 (of 20), 7 (of 10), 8 (of nobody), 9
  /// (of an id that is not there).
  private func source() -> MemorySource {
    let source = MemorySource()
    source.set(
      "customer", ids: [10, 20, 30],
      [
        "name": [.text("云图"), .text("ＡＢＣ"), .text("東方實業")],
        "city": [.text("深圳"), .empty, .text("广州")],
      ])
    source.set(
      "opportunity", ids: [5, 6, 7, 8, 9],
      [
        "customer": [.int(20), .int(20), .int(10), .empty, .int(99)],
        "amount": [.money(100), .money(300), .empty, .money(1_000), .money(5)],
        "created": [
          Make.noon(3, 2), Make.noon(3, 1), Make.noon(1, 1), Make.noon(1, 1), Make.noon(1, 1),
        ],
      ])
    return source
  }

  private var customers: Plan { .scan(.entity("customer", SlotID(1))) }

  private var deals: Through {
    Through(
      object: customer, steps: [.many(entity: "opportunity", key: "customer")], child: SlotID(2),
      entity: "opportunity", distinct: false)
  }

  private func over(_ plan: Plan, _ call: AggregateCall, _ engine: Engine) throws -> [Scalar] {
    try run(Make.query(plan, [Expr(.aggregate(call), call.type)]), engine)[0]
  }

  @Test func pathsThroughNobodyAreEmpty() throws {
    let opportunities = Plan.scan(.entity("opportunity", SlotID(2)))
    let path = Make.field(Make.field(deal, "customer", .object("customer")), "name", .text)
    let names = try run(Make.query(opportunities, [path]), Make.engine(source()))[0]
    #expect(names == [.text("ＡＢＣ"), .text("ＡＢＣ"), .text("云图"), .empty, .empty])
  }

  @Test func oneObjectAndListsKeepTheGivenOrder() throws {
    let some = Plan.scan(.objects("customer", ids: [30, 99, 10], SlotID(1)))
    let ids = try run(Make.query(some, [Make.field(customer, "id", .int)]), Make.engine(source()))
    #expect(ids == [[.int(30), .int(10)]])
  }

  @Test func aggregatesOverChildren() throws {
    let engine = Make.engine(source())
    let amount = Make.field(deal, "amount", .money)
    #expect(
      try over(customers, AggregateCall(.count, through: deals, type: .int), engine)
        == [.int(1), .int(2), .int(0)])
    #expect(
      try over(
        customers, AggregateCall(.sum, through: deals, arguments: [amount], type: .money), engine)
        == [.money(0), .money(400), .money(0)])
    #expect(
      try over(
        customers, AggregateCall(.max, through: deals, arguments: [amount], type: .money), engine)
        == [.empty, .money(300), .empty])
    #expect(
      try over(customers, AggregateCall(.none, through: deals, type: .bool), engine)
        == [.bool(false), .bool(false), .bool(true)])
    // Deal 6 was created before deal 5.
    let list = AggregateCall(
      .list, through: deals, arguments: [Make.field(deal, "id", .int)], type: .list(.int))
    #expect(
      try over(customers, list, engine) == [
        .list([.int(7)]), .list([.int(6), .int(5)]), .list([]),
      ])
  }

  /// A few parents are answered from their lists, many by a pass over the children; both must
  /// agree.
  @Test func fewAndManyParentsAgree() throws {
    let source = MemorySource()
    let count = 400
    source.set("customer", ["name": (0..<count).map { .text("c\($0)") }])
    source.set(
      "opportunity",
      [
        "customer": (0..<3_000).map { .int(Int64($0 * 7 % count + 1)) },
        "amount": (0..<3_000).map { $0 % 5 == 0 ? .empty : .money(Int64($0)) },
      ])
    let engine = Make.engine(source)
    let sum = AggregateCall(
      .sum, through: deals,
      filter: Make.call(
        .compare(.greater), [Make.field(deal, "amount", .money), Make.literal(.money(50), .money)]),
      arguments: [Make.field(deal, "amount", .money)], type: .money)
    let all = try over(customers, sum, engine)
    let expected = (0..<count).map { customer -> Scalar in
      let own = (0..<3_000).filter { $0 * 7 % count == customer && $0 % 5 != 0 && $0 > 50 }
      return .money(Int64(own.reduce(0, +)))
    }
    #expect(all == expected)
    for id in [1, 57, 400] {
      let one = Plan.scan(.objects("customer", ids: [Int64(id)], SlotID(1)))
      #expect(try over(one, sum, engine) == [expected[id - 1]])
    }
  }

  @Test func aChildMayBeComparedWithItsParent() throws {
    // Deals that are not of the customer's own id minus 15: nonsense, but it needs both sides.
    let isMatch = Make.call(
      .compare(.equal),
      [
        Make.field(deal, "id", .int),
        Make.call(.subtract, [Make.field(customer, "id", .int), Make.int(15)], .int),
      ])
    let call = AggregateCall(.count, through: deals, filter: isMatch, type: .int)
    // Customer 20 has deal 5.
    #expect(try over(customers, call, Make.engine(source())) == [.int(0), .int(1), .int(0)])
  }

  @Test func derivedFieldsOfNobodyAreEmpty() throws {
    let key = DerivedKey(entity: "customer", name: "has_deals")
    let child = Through(
      object: Make.slot(3, .object("customer")),
      steps: [.many(entity: "opportunity", key: "customer")], child: SlotID(4),
      entity: "opportunity", distinct: false)
    let body = Expr(.aggregate(AggregateCall(.any, through: child, type: .bool)), .bool)
    let owner = Make.field(deal, "customer", .object("customer"))
    let query = Make.query(
      .scan(.entity("opportunity", SlotID(2))), [Expr(.derived(owner, key), .bool)],
      derived: [key: .expr(object: SlotID(3), body)])
    #expect(
      try run(query, Make.engine(source()))[0]
        == [.bool(true), .bool(true), .bool(true), .empty, .empty])
  }

  @Test func expandKeepsLonelyParentsOnlyIfAsked() throws {
    let engine = Make.engine(source())
    let output = [Make.field(customer, "id", .int), Make.field(deal, "id", .int)]
    let inner = try run(
      Make.query(.expand(customers, Expansion(through: deals, outer: false)), output), engine)
    #expect(inner == [[.int(10), .int(20), .int(20)], [.int(7), .int(6), .int(5)]])
    let outer = try run(
      Make.query(.expand(customers, Expansion(through: deals, outer: true)), output), engine)
    #expect(outer[0] == [.int(10), .int(20), .int(20), .int(30)])
    #expect(outer[1] == [.int(7), .int(6), .int(5), .empty])
  }

  @Test func textComparisonsFoldWhatTheyShould() throws {
    let engine = Make.engine(source())
    let name = Make.field(customer, "name", .text)
    func ids(_ operation: Operation, _ text: String) throws -> [Scalar] {
      let test = Make.call(operation, [name, Make.literal(.text(text), .text)])
      return try run(
        Make.query(.filter(customers, Filter(test)), [Make.field(customer, "id", .int)]), engine)[0]
    }
    #expect(try ids(.compare(.equal), "ABC") == [.int(20)])
    #expect(try ids(.compare(.equal), "abc") == [])
    #expect(try ids(.contains, "bc") == [.int(20)])
    #expect(try ids(.contains, "东方") == [.int(30)])
    #expect(try ids(.startsWith, "東") == [.int(30)])
    #expect(try ids(.endsWith, "实业") == [.int(30)])
    #expect(try ids(.matches("^.{2}$"), "") == [.int(10)])
  }

  @Test func columnsAreReadOnceUntilTheBookChanges() throws {
    let source = source()
    let engine = Make.engine(source)
    let query = Make.query(customers, [Make.field(customer, "city", .text)])
    #expect(try run(query, engine)[0] == [.text("深圳"), .empty, .text("广州")])
    let reads = source.readCount
    _ = try run(query, engine)
    #expect(source.readCount == reads)
    source.set("customer", ids: [10], ["city": [.text("上海")]])
    source.version = 2
    #expect(try run(query, engine)[0] == [.text("上海")])
    #expect(try engine.row(ofID: 10, in: "customer") == 1)
    #expect(try engine.row(ofID: 20, in: "customer") == 0)
  }

  @Test func valuesForCompletionAreCounted() throws {
    let source = MemorySource()
    source.set(
      "customer", ["city": ["深圳", "广州", "深圳", "上海", "广州", "深圳"].map { .text($0) }])
    let values = try Make.engine(source).values(of: "customer", field: "city", limit: 2)
    #expect(values.map(\.text) == ["深圳", "广州"])
    #expect(values.map(\.count) == [3, 2])
  }
}

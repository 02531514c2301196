import KithBase
import KithPlan
import KithRun
import Testing

/// Aggregates over groups; every expected value was worked out by hand.
@Suite struct RunAggregateTests {
  private let key = Make.slot(1, .int)
  private let value = Make.slot(2, .int)

  private func grouped(_ call: AggregateCall, _ columns: [[Int64?]], keyed: Bool = true) -> Plan {
    .aggregate(
      Make.table(columns),
      Aggregation(
        keys: keyed ? [ComputedSlot(SlotID(10), key)] : [],
        aggregates: [AggregateSlot(SlotID(11), call)]))
  }

  private func result(_ call: AggregateCall, _ columns: [[Int64?]], keyed: Bool = true) throws
    -> [Scalar]
  {
    try run(Make.query(grouped(call, columns, keyed: keyed), [Make.slot(11, call.type)]))[0]
  }

  private let rows: [[Int64?]] = [[7, 7, 5, nil, 7, 5], [1, 2, 10, 4, nil, 20]]

  @Test func groupsStandInOrderOfFirstAppearance() throws {
    let sum = AggregateCall(.sum, arguments: [value], type: .int)
    let plan = grouped(sum, rows)
    #expect(
      try runInts(plan, [Make.slot(10, .int), Make.slot(11, .int)]) == [[7, 5, nil], [3, 30, 4]])
  }

  @Test func functions() throws {
    #expect(try result(AggregateCall(.count, type: .int), rows) == [.int(3), .int(2), .int(1)])
    #expect(
      try result(AggregateCall(.count, arguments: [value], type: .int), rows)
        == [.int(2), .int(2), .int(1)])
    #expect(
      try result(AggregateCall(.avg, arguments: [value], type: .float), rows)
        == [.float(1.5), .float(15), .float(4)])
    #expect(
      try result(AggregateCall(.min, arguments: [value], type: .int), rows)
        == [.int(1), .int(10), .int(4)])
    #expect(
      try result(AggregateCall(.max, arguments: [value], type: .int), rows)
        == [.int(2), .int(20), .int(4)])
    #expect(
      try result(AggregateCall(.median, arguments: [value], type: .float), rows)
        == [.float(1.5), .float(15), .float(4)])
    #expect(
      try result(AggregateCall(.first, arguments: [value], type: .int), rows)
        == [.int(1), .int(10), .int(4)])
    #expect(
      try result(AggregateCall(.last, arguments: [value], type: .int), rows)
        == [.int(2), .int(20), .int(4)])
    #expect(
      try result(AggregateCall(.list, arguments: [value], type: .list(.int)), rows)
        == [.list([.int(1), .int(2)]), .list([.int(10), .int(20)]), .list([.int(4)])])
  }

  @Test func nothingSumsToZeroAndHasNoMean() throws {
    let none: [[Int64?]] = [[], []]
    #expect(
      try result(AggregateCall(.sum, arguments: [value], type: .int), none, keyed: false) == [
        .int(0)
      ])
    #expect(try result(AggregateCall(.count, type: .int), none, keyed: false) == [.int(0)])
    #expect(
      try result(AggregateCall(.avg, arguments: [value], type: .float), none, keyed: false) == [
        .empty
      ])
    #expect(
      try result(AggregateCall(.max, arguments: [value], type: .int), none, keyed: false) == [
        .empty
      ])
    #expect(try result(AggregateCall(.none, type: .bool), none, keyed: false) == [.bool(true)])
    #expect(try result(AggregateCall(.any, type: .bool), none, keyed: false) == [.bool(false)])
  }

  /// 1 to 10 and their tenths: the smallest value with at least the share at or below it.
  @Test func percentiles() throws {
    let columns: [[Int64?]] = [[Int64?](repeating: 1, count: 10), [4, 9, 1, 10, 2, 8, 3, 7, 6, 5]]
    func percentile(_ share: Double) throws -> Scalar {
      try result(AggregateCall(.percentile(share), arguments: [value], type: .int), columns)[0]
    }
    #expect(try percentile(0.1) == .int(1))
    #expect(try percentile(0.11) == .int(2))
    #expect(try percentile(0.9) == .int(9))
    #expect(try percentile(0.91) == .int(10))
    #expect(try percentile(0) == .int(1))
    #expect(try percentile(1) == .int(10))
    // 10 % of 30 is 3, although 0.1 × 30 is 3.0000000000000004 in binary.
    let thirty: [[Int64?]] = [[Int64?](repeating: 1, count: 30), (1...30).map { Int64?($0) }]
    #expect(
      try result(AggregateCall(.percentile(0.1), arguments: [value], type: .int), thirty)[0]
        == .int(3))
  }

  /// 2, 4, 4, 4, 5, 5, 7, 9 have squares about their mean 5 of 32 together; 32 / 7 under the root.
  @Test func standardDeviationDividesByOneLess() throws {
    let columns: [[Int64?]] = [[Int64?](repeating: 1, count: 8), [2, 4, 4, 4, 5, 5, 7, 9]]
    let call = AggregateCall(.stdev, arguments: [value], type: .float)
    #expect(try result(call, columns) == [.float((32.0 / 7).squareRoot())])
    #expect(try result(call, [[1], [5]]) == [.empty])
  }

  @Test func meanOfMoneyRoundsHalfEven() throws {
    let money = Make.slot(2, .money)
    let call = AggregateCall(.avg, arguments: [money], type: .money)
    // 5/2 = 2.5 to 2, 7/2 = 3.5 to 4, -5/2 = -2.5 to -2.
    #expect(
      try result(call, [[1, 1, 2, 2, 3, 3], [2, 3, 3, 4, -2, -3]])
        == [.money(2), .money(4), .money(-2)])
  }

  @Test func sumsGoBeyond64BitsInsideAndAreCheckedOnce() throws {
    let call = AggregateCall(.sum, arguments: [value], type: .int)
    let big = Int64.max
    #expect(try result(call, [[1, 1, 1], [big, big, -big]]) == [.int(big)])
    #expect(throws: Diagnostic.self) { try result(call, [[1, 1], [big, 1]]) }
  }

  @Test func exactMoneyIsRoundedOncePerResult() throws {
    // 10 % of 5, 15, 25 fen in tenths: 5 + 15 + 25 = 45 tenths, 4.5 fen, half-even 4.
    let exact = Make.slot(2, .exactMoney(scale: 1))
    let call = AggregateCall(.sum, arguments: [exact], type: .money)
    #expect(try result(call, [[1, 1, 1], [5, 15, 25]]) == [.money(4)])
  }

  @Test func rateLeavesOutWhatIsNotKnown() throws {
    let known = Make.call(.compare(.equal), [value, Make.int(1)])
    let flag = Expr(
      .choose(
        [Choice(condition: Make.call(.isEmpty, [value]), value: Make.literal(.empty, .bool))],
        otherwise: known), .bool)
    let call = AggregateCall(.rate, arguments: [flag], type: .percent)
    #expect(
      try result(call, [[1, 1, 1, 1, 2], [1, 0, 0, nil, nil]]) == [.float(1.0 / 3), .empty])
  }

  @Test func filterAndEmptiesAreNoted() throws {
    let call = AggregateCall(
      .avg, filter: Make.call(.compare(.notEqual), [value, Make.int(100)]), arguments: [value],
      type: .float, label: "revenue|收入|customers|客户")
    let plan = grouped(call, [[1, 1, 1, 1], [100, nil, nil, 6]])
    let output = try Make.engine().run(Make.query(plan, [Make.slot(11, .float)]), budget: Budget())
    #expect(output.columns[0].scalar(0, .float) == .float(6))
    #expect(output.notes.map(\.english) == ["2 customers have no revenue; not in the average"])
    #expect(output.notes.map(\.chinese) == ["2 个客户没有收入；未计入平均"])
  }

  @Test func severalKeysAndManyGroups() throws {
    // 300 × 300 pairs, each met twice: 90,000 groups of two.
    let first = (0..<180_000).map { Int64?($0 % 300 * 1_000_003) }
    let second = (0..<180_000).map { Int64?($0 / 300 % 300 * 7_000_001) }
    let plan = Plan.aggregate(
      Make.table([first, second]),
      Aggregation(
        keys: [ComputedSlot(SlotID(10), key), ComputedSlot(SlotID(12), value)],
        aggregates: [AggregateSlot(SlotID(11), AggregateCall(.count, type: .int))]))
    let counts = try runInts(plan, [Make.slot(11, .int)])[0]
    #expect(counts.count == 90_000)
    #expect(counts.allSatisfy { $0 == 2 })
  }
}

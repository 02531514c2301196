import KithBase
import KithPlan
import KithRun
import Testing

/// Windows, joins and the operators that make new rows; every expected value was worked out by
/// hand.
@Suite struct RunTableTests {
  private let a = Make.slot(1, .int)
  private let b = Make.slot(2, .int)

  private func window(
    _ function: WindowCall.Function, _ columns: [[Int64?]], arguments: [Expr] = [],
    partition: [Expr] = [], sort: [SortKey] = [], type: KithType = .int
  ) throws -> [Scalar] {
    let call = WindowCall(
      function, arguments: arguments, partition: partition, sort: sort, type: type)
    let plan = Plan.window(Make.table(columns), [WindowSlot(SlotID(9), call)])
    return try run(Make.query(plan, [Make.slot(9, type)]))[0]
  }

  private let rows: [[Int64?]] = [[1, 2, 1, 2, 1], [30, 5, 10, nil, 30]]

  @Test func windows() throws {
    #expect(
      try window(.rank, rows, partition: [a], sort: [SortKey(b, descending: true)])
        == [.int(1), .int(1), .int(3), .empty, .int(1)])
    #expect(
      try window(.rowNumber, rows, partition: [a], sort: [SortKey(b)])
        == [.int(2), .int(1), .int(1), .int(2), .int(3)])
    #expect(
      try window(.running, rows, arguments: [b], partition: [a])
        == [.int(30), .int(5), .int(40), .int(5), .int(70)])
    #expect(
      try window(.previous, rows, arguments: [b], partition: [a])
        == [.empty, .empty, .int(30), .int(5), .int(10)])
    #expect(
      try window(.next, rows, arguments: [b]) == [.int(5), .int(10), .empty, .int(30), .empty])
    #expect(
      try window(.share, rows, arguments: [b], partition: [a], type: .percent)
        == [.float(30.0 / 70), .float(1), .float(10.0 / 70), .empty, .float(30.0 / 70)])
    let sum = AggregateCall(.sum, arguments: [b], type: .int)
    #expect(
      try window(.aggregate(sum), rows, partition: [a])
        == [.int(70), .int(5), .int(70), .int(5), .int(70)])
  }

  /// Of 100 the sums before the rows are 0, 50, 80, 95: those below 80 are the first two.
  @Test func untilAShare() throws {
    let values: [[Int64?]] = [[50, 30, 15, 5]]
    #expect(
      try window(.untilShare(0.8), values, arguments: [a], type: .bool)
        == [.bool(true), .bool(true), .bool(false), .bool(false)])
    #expect(
      try window(.untilAmount(81), values, arguments: [a], type: .bool)
        == [.bool(true), .bool(true), .bool(true), .bool(false)])
  }

  private func joined(_ kind: Join.Kind) throws -> (rows: [[Int64?]], notes: [String]) {
    let left = Make.table([[1, 2, nil, 3, 2], [10, 20, 30, 40, 50]])
    let table = ColumnTable(
      columns: [
        TableColumn(name: "", type: .int, vector: .int([2, 4, 2, Vector.emptyInt, 1])),
        TableColumn(name: "", type: .int, vector: .int([100, 200, 300, 400, 500])),
      ], rowCount: 5)
    let right = Plan.scan(.table(table, [SlotID(3), SlotID(4)]))
    let plan = Plan.join(
      left, right, Join(kind, leftKeys: [a], rightKeys: [Make.slot(3, .int)]))
    let isHalf = kind == .semi || kind == .anti
    let output = isHalf ? [b] : [b, Make.slot(4, .int)]
    let result = try Make.engine().run(Make.query(plan, output), budget: Budget())
    let columns = result.columns.map { vector in
      (0..<vector.count).map { row -> Int64? in
        if case .int(let number) = vector.scalar(row, .int) { number } else { nil }
      }
    }
    return (columns, result.notes.map(\.kind))
  }

  @Test func joins() throws {
    let inner = try joined(.inner)
    #expect(inner.rows == [[10, 20, 20, 50, 50], [500, 100, 300, 100, 300]])
    #expect(Set(inner.notes) == ["repeated", "keys", "left_out"])
    #expect(
      try joined(.left).rows
        == [[10, 20, 20, 30, 40, 50, 50], [500, 100, 300, nil, nil, 100, 300]])
    #expect(
      try joined(.full).rows
        == [
          [10, 20, 20, 30, 40, 50, 50, nil, nil], [500, 100, 300, nil, nil, 100, 300, 200, 400],
        ])
    #expect(try joined(.semi).rows == [[10, 20, 50]])
    #expect(try joined(.anti).rows == [[30, 40]])
  }

  @Test func textKeysOfTwoTablesMeetByTheirFoldedForms() throws {
    func table(_ texts: [String], _ numbers: [Int64], _ slots: [SlotID]) -> Plan {
      let table = ColumnTable(
        columns: [
          TableColumn(name: "", type: .text, vector: Make.texts(texts)),
          TableColumn(name: "", type: .int, vector: .int(numbers)),
        ], rowCount: texts.count)
      return .scan(.table(table, slots))
    }
    let plan = Plan.join(
      table(["ABC", "e\u{301}"], [1, 2], [SlotID(1), SlotID(2)]),
      table(["\u{E9}", "ＡＢＣ", "abc"], [10, 20, 30], [SlotID(3), SlotID(4)]),
      Join(.inner, leftKeys: [Make.slot(1, .text)], rightKeys: [Make.slot(3, .text)]))
    #expect(try runInts(plan, [b, Make.slot(4, .int)]) == [[1, 2], [20, 10]])
  }

  @Test func appendReadsEitherSide() throws {
    let plan = Plan.append(
      Make.table([[1, 2]]), Make.table([[7], [8]]),
      [
        AppendedSlot(SlotID(5), .int, first: a, second: b),
        AppendedSlot(SlotID(6), .int, first: nil, second: a),
      ])
    #expect(
      try runInts(plan, [Make.slot(5, .int), Make.slot(6, .int)]) == [[1, 2, 8], [nil, nil, 7]])
  }

  @Test func fillAddsTheMonthsBetween() throws {
    let months = [Day(year: 2026, month: 1, day: 1), Day(year: 2026, month: 4, day: 1)]
      .compactMap { $0?.number }
    let table = ColumnTable(
      columns: [
        TableColumn(name: "", type: .period(.month), vector: .day(months)),
        TableColumn(name: "", type: .int, vector: .int([5, 6])),
        TableColumn(name: "", type: .int, vector: .int([7, 8])),
      ], rowCount: 2)
    let filled = Plan.fill(
      .scan(.table(table, [SlotID(1), SlotID(2), SlotID(3)])),
      Fill(
        key: SlotID(1), keyType: .period(.month), values: .periods(.month, nil), otherKeys: [],
        zero: [SlotID(2)]))
    let month = Make.slot(1, .period(.month))
    let rows = try run(
      Make.query(.order(filled, [SortKey(month)]), [month, b, Make.slot(3, .int)]))
    #expect(
      rows[0].map { if case .period(let period) = $0 { period.text } else { "" } }
        == ["2026-01", "2026-02", "2026-03", "2026-04"])
    #expect(rows[1] == [.int(5), .int(0), .int(0), .int(6)])
    #expect(rows[2] == [.int(7), .empty, .empty, .int(8)])
  }

  @Test func histogramKeepsEmptyBuckets() throws {
    let plan = Plan.histogram(
      Make.table([[1, 4, 12, 13, nil, -1]]),
      HistogramPlan(
        expr: a, width: .fixed(5), from: SlotID(2), to: SlotID(3), count: SlotID(4)))
    #expect(
      try runInts(plan, [b, Make.slot(3, .int), Make.slot(4, .int)])
        == [[-5, 0, 5, 10], [0, 5, 10, 15], [1, 2, 0, 2]])
    // A range of 0 to 73 in about ten buckets: 7.3 is rounded up to 10.
    let automatic = Plan.histogram(
      Make.table([[0, 73]]),
      HistogramPlan(expr: a, width: .automatic, from: SlotID(2), to: SlotID(3), count: SlotID(4)))
    #expect(try runInts(automatic, [b])[0] == [0, 10, 20, 30, 40, 50, 60, 70])
  }

  @Test func likelyTheSame() throws {
    let names = [
      "深圳云图有限公司", "Acme Co., Ltd", "云图（深圳）", "深圳云图股份有限公司", "ACME", "广州电华集团", "廣州電華",
      "138-0000-0001", "+86 13800000001", "A@x.com", "a@X.com",
    ]
    let table = ColumnTable(
      columns: [TableColumn(name: "", type: .text, vector: Make.texts(names))],
      rowCount: names.count)
    let name = Make.slot(1, .text)
    let plan = Plan.duplicates(
      .scan(.table(table, [SlotID(1)])), keys: [name], group: SlotID(2))
    let rows = try run(Make.query(plan, [b, name]))
    #expect(rows[0] == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5].map { Scalar.int($0) })
    #expect(
      rows[1]
        == [
          "深圳云图有限公司", "深圳云图股份有限公司", "Acme Co., Ltd", "ACME", "广州电华集团", "廣州電華", "138-0000-0001",
          "+86 13800000001", "A@x.com", "a@X.com",
        ].map { Scalar.text($0) })
  }

  @Test func describeCounts() throws {
    let slots = (11...18).map { SlotID($0) }
    let plan = Plan.describe(
      Make.table([[3, 1, 3, nil]]),
      DescribePlan(columns: [LabelledExpr(label: "n", expr: a)], slots: slots))
    let types: [KithType] = [.text, .text, .int, .int, .text, .text, .text, .text]
    let row = try run(Make.query(plan, zip(slots, types).map { Make.slot($0.number, $1) })).map {
      $0[0]
    }
    #expect(
      row == [
        .text("n"), .text("int"), .int(3), .int(2), .text("1"), .text("3"), .text("3"),
        .text("3 (2), 1 (1)"),
      ])
  }
}

import KithBase
import KithModel
import KithStore
import Testing

@Suite struct StoreColumnTests {
  private func noRows(_ entity: String) -> IDMap { IDMap(ids: []) }

  @Test func everyTypeIsReadWithItsEmptyValue() throws {
    let book = try Book.inMemory()
    try book.connection.execute(
      """
      INSERT INTO customer (id, name, city, size, high_risk, budget_fen, headcount, wallet_share,
        left_on, created_at)
      VALUES (1, '甲', '深圳', 'large', 1, 12345, 10, 0.25, '2026-02-28', '2026-11-21T09:30:00Z'),
        (2, ' 乙 ', '  ', NULL, NULL, NULL, NULL, NULL, NULL, NULL),
        (3, '甲', '深圳', 'small', 0, -5, 0, 0.0, '1969-12-31', '1970-01-01 00:00:00.25');
      """)
    let names = [
      "name", "city", "size", "high_risk", "budget", "headcount", "wallet_share", "left", "created",
    ]
    let read = try book.readColumns(.customer, fields: names, rowOf: noRows)
    #expect(read.ids == [1, 2, 3])
    #expect(read.problemCount == 0)
    func cells(_ name: String, _ type: KithType) -> [Scalar] {
      (0...3).compactMap { read.columns[name]?.scalar($0, type) }
    }
    #expect(cells("name", .text) == [.empty, .text("甲"), .text("乙"), .text("甲")])
    #expect(cells("city", .text) == [.empty, .text("深圳"), .empty, .text("深圳")])
    #expect(
      cells("size", .enumeration("size")) == [.empty, .code("large"), .empty, .code("small")])
    #expect(cells("high_risk", .bool) == [.empty, .bool(true), .empty, .bool(false)])
    #expect(cells("budget", .money) == [.empty, .money(12345), .empty, .money(-5)])
    #expect(cells("headcount", .int) == [.empty, .int(10), .empty, .int(0)])
    #expect(cells("wallet_share", .percent) == [.empty, .float(0.25), .empty, .float(0)])
    // 28 February 2026 is day 20,512: 56 years of 365 days, 14 leap days, 31 + 27 days.
    #expect(
      cells("left", .date)
        == [.empty, .date(Day(number: 20_512)), .empty, .date(Day(number: -1))])
    #expect(
      cells("created", .time)
        == [
          .empty, .time(Instant(microseconds: (1_795_219_200 + 9 * 3600 + 1800) * 1_000_000)),
          .empty, .time(Instant(microseconds: 250_000)),
        ])
    // An enumeration's code is its place in the order: small 1, medium 2, large 3.
    if case .text(let codes, _)? = read.columns["size"] {
      #expect(codes == [0, 3, 0, 1])
    } else {
      Issue.record("an enumerated column is a text vector")
    }
  }

  @Test func referencesBecomeRowNumbers() throws {
    let book = try Book.inMemory()
    try book.connection.execute(
      """
      PRAGMA foreign_keys = OFF;
      INSERT INTO member (id, name) VALUES (10, 'a'), (20, 'b'), (30, 'c');
      INSERT INTO customer (id, name, owner_id, merged_into_id)
      VALUES (-4, 'w', 20, NULL), (100, 'x', 30, NULL), (200, 'y', NULL, NULL),
        (300, 'z', 15, NULL),
        (400, 'merged', 10, 100);
      INSERT INTO opportunity (id, name, funnel_id, stage_id, customer_id)
      VALUES (1, 'o', 1, 3, 300), (2, 'p', 1, NULL, 400), (3, 'q', 1, 1, -4);
      """)
    func map(_ name: String) throws -> IDMap {
      let entity = try #require(book.catalogue.entity(name))
      return IDMap(ids: try book.readIDs(entity))
    }
    let customers = try book.readColumns(.customer, fields: ["owner", "parent"], rowOf: map)
    #expect(customers.ids == [-4, 100, 200, 300])
    guard case .row(let owners)? = customers.columns["owner"] else {
      Issue.record("a path is a row vector")
      return
    }
    // 15 is no member; the merged customer is left out.
    #expect(owners == [0, 2, 3, 0, 0])
    let deals = try book.readColumns(.opportunity, fields: ["stage", "customer"], rowOf: map)
    if case .row(let stages)? = deals.columns["stage"] { #expect(stages == [0, 3, 0, 1]) }
    if case .row(let rows)? = deals.columns["customer"] { #expect(rows == [0, 4, 0, 1]) }
  }

  @Test func whatAnotherToolWroteWrongIsEmptyAndReported() throws {
    let book = try Book.inMemory()
    try book.connection.execute(
      """
      PRAGMA ignore_check_constraints = ON;
      INSERT INTO customer (id, name, left_on, created_at, high_risk, wallet_share) VALUES
        (1, 'a', '2026-02-30', '2026-11-21', 7, 9e999), (2, 'b', '21.11.2026', 'soon', 1, 0.5),
        (3, 'c', '2026-1-01', '2026-11-21T24:00:00Z', NULL, NULL);
      """)
    let read = try book.readColumns(
      .customer, fields: ["left", "created", "high_risk", "wallet_share"], rowOf: noRows)
    #expect(read.problemCount == 8)
    #expect(read.problems.filter { $0.field == "left" }.map(\.id) == [1, 2, 3])
    #expect(
      read.problems.first?.diagnostic.message
        == "customer 1: '2026-02-30' in column left_on is no value of 'left'")
    for row in 1...3 { #expect(read.columns["left"]?.scalar(row, .date) == .empty) }
    #expect(read.columns["high_risk"]?.scalar(2, .bool) == .bool(true))
    #expect(read.columns["high_risk"]?.scalar(1, .bool) == .empty)
  }

  @Test func unknownCodesAndListsAreKept() throws {
    let book = try Book.inMemory()
    try book.connection.execute("INSERT INTO customer (id, name, size) VALUES (1, 'a', 'gigantic')")
    let size = try book.readColumns(.customer, fields: ["size"], rowOf: noRows).columns["size"]
    #expect(size?.scalar(1, .enumeration("size")) == .code("gigantic"))
    try book.connection.execute("UPDATE stage SET jobs = ' director ,, unheard_of' WHERE id = 2")
    let jobs = try book.readColumns(.stage, fields: ["jobs"], rowOf: noRows).columns["jobs"]
    let type = KithType.list(.enumeration("job"))
    #expect(jobs?.count == 7)
    #expect(jobs?.scalar(0, type) == .list([]))
    #expect(jobs?.scalar(2, type) == .list([.code("director"), .code("unheard_of")]))
    #expect(jobs?.scalar(3, type) == .list([.code("account_manager"), .code("consultant")]))
    #expect(jobs?.scalar(5, type) == .list([]))
  }

  @Test func aTextInTwoTonguesFallsBackToTheOther() throws {
    let book = try Book.inMemory()
    try book.connection.execute("UPDATE stage SET name_en = ' ' WHERE id = 1")
    func name(_ tongue: Tongue, _ row: Int, field: String = "name") throws -> Scalar? {
      try book.readColumns(.stage, fields: [field], tongue: tongue, rowOf: noRows)
        .columns[field]?.scalar(row, .text)
    }
    #expect(try name(.english, 2) == .text("Confirm"))
    #expect(try name(.chinese, 2) == .text("确认商机"))
    #expect(try name(.english, 1) == .text("了解商机"))
    #expect(try name(.english, 1, field: "name_en") == .empty)
    #expect(diagnosticCode { _ = try name(.english, 1, field: "tier") } == "K6021")
  }

  /// SQLite's own calendar is the judge.
  @Test func datesAndTimesAgreeWithSQLite() throws {
    let book = try Book.inMemory()
    try book.connection.execute(
      """
      WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 4000)
      INSERT INTO customer (name, left_on, created_at)
      SELECT 'c', date('0001-01-01', (i * 913) || ' days'),
        strftime('%Y-%m-%dT%H:%M:%SZ', '1900-01-01', (i * 1234567) || ' seconds') FROM n
      """)
    let read = try book.readColumns(.customer, fields: ["left", "created"], rowOf: noRows)
    #expect(read.problemCount == 0)
    let statement = try book.connection.prepare(
      "SELECT id, julianday(left_on) - 2440587.5, strftime('%s', created_at) FROM customer")
    var count = 0
    while try statement.step() {
      let row = Int(statement.int(0) ?? 0)
      let day = Day(number: Int32(statement.double(1) ?? 0))
      let seconds = Int64(statement.text(2) ?? "") ?? 0
      #expect(read.columns["left"]?.scalar(row, .date) == .date(day))
      #expect(
        read.columns["created"]?.scalar(row, .time)
          == .time(Instant(microseconds: seconds * 1_000_000)))
      count += 1
    }
    #expect(count == 4001)
  }

  @Test func aZoneMovesATimeToUTC() throws {
    let book = try Book.inMemory()
    let instant = (1_795_219_200 as Int64) * 1_000_000
    let spellings: [(String, Int64?)] = [
      ("2026-11-21T08:00:00+08:00", instant), ("2026-11-20 19:30-04:30", instant),
      ("2026-11-21T00:00Z", instant), ("2026-11-21 00:00:00.000001", instant + 1),
      ("2026-11-21T00:00:00.123456789Z", instant + 123_456), ("2026-11-21T00:00:00.Z", nil),
      ("2026-11-21T00:00:00+0800", nil), ("2026-11-21T00:60:00Z", nil), ("2026-11-21T0", nil),
    ]
    let insert = try book.connection.prepare(
      "INSERT INTO customer (name, created_at) VALUES ('a', ?)")
    for (text, _) in spellings {
      try insert.bind(1, text)
      try insert.run()
    }
    let read = try book.readColumns(.customer, fields: ["created"], rowOf: noRows).columns[
      "created"]
    for (index, (text, expected)) in spellings.enumerated() {
      let value = expected.map { Scalar.time(Instant(microseconds: $0)) } ?? .empty
      #expect(read?.scalar(index + 1, .time) == value, "\(text)")
    }
  }

  @Test(arguments: [[], [1, 2, 3], [2, 3, 9], [-7, 0, 5], [1, 4_000_000_000]] as [[Int64]])
  func idsMapToTheirPlace(_ ids: [Int64]) {
    let map = IDMap(ids: ids)
    for (index, id) in ids.enumerated() { #expect(map.row(id) == Int32(index + 1)) }
    for id in [-8, -1, 0, 1, 4, 10, 3_999_999_999, .max, .min] as [Int64] where !ids.contains(id) {
      #expect(map.row(id) == 0)
    }
  }
}

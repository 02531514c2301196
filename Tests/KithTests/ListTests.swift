import Kith
import KithBase
import KithLanguage
import KithModel
import KithPlan
import KithShow
import KithStore
import Testing

/// Kept lists: who entered and left is what two independent readings of the book say.
@Suite struct ListTests {
  private func session(_ book: Book, today: String, writes: Bool = true) throws -> Session {
    var options = Options()
    options.evaluationDate = today
    options.access = writes ? .write : .read
    return try Session(book: book, options: options)
  }

  /// The ids of a query's rows, by the row engine.
  private func slowly(_ text: String, _ session: Session) throws -> Set<Int64> {
    let source = SourceText(text + " | select id")
    guard case .pipeline(let pipeline)? = parse(source).program.statements.first?.kind else {
      throw Diagnostic("K9001", "no pipeline")
    }
    let query = try Interpreter(session, parameters: [:]).checked(pipeline, source)
    let twin = Twin(
      book: try TwinBook(session.book), catalogue: session.book.catalogue,
      functions: session.functions)
    return Set(
      try twin.run(query).columns.compactMap { row in
        if case .int(let id)? = row.first { id } else { nil }
      })
  }

  private func ids(_ table: Table, _ change: String) -> Set<Int64> {
    let kinds = table.column("change") ?? []
    let found = table.column("id") ?? []
    return Set(
      zip(kinds, found).compactMap { kind, id in
        if case .int(let number) = id, kind == .text(change) { number } else { nil }
      })
  }

  @Test(arguments: [
    #"customers | where city = "深圳" or city = "上海""#,
    "customers | where none(activities where done in last 90 days) and class != target",
    "customers | where revenue > 5万 | top 15 by revenue",
    "opportunities | where open and amount > 10万 and customer.class = on_net",
  ])
  func sinceAgreesWithTheRowEngine(query: String) throws {
    let book = try Book.inMemory()
    try book.makeDemo(customers: 80, seed: 7) { _, _ in }
    let first = try session(book, today: "2026-10-01")
    let before = try slowly(query, first)
    try first.run("list \"x\" = \(query)")
    // Other programs write too: not every change is in the log.
    for statement in [
      #"UPDATE "customer" SET "city" = '上海' WHERE "id" % 5 = 0"#,
      #"UPDATE "customer" SET "city" = '北京' WHERE "id" % 7 = 0"#,
      #"UPDATE "customer" SET "class" = 'target' WHERE "id" % 6 = 1"#,
      #"UPDATE "purchase" SET "amount_fen" = "amount_fen" * 3 WHERE "id" % 4 = 0"#,
      #"UPDATE "opportunity" SET "amount_fen" = 99900000 WHERE "id" % 3 = 0"#,
    ] { try book.connection.execute(statement) }
    let second = try session(book, today: "2026-11-20")
    let after = try slowly(query, second)
    let table = try second.run("list \"x\" since 2026-10-15 | select id, change, why")
    #expect(ids(table, "entered") == after.subtracting(before), "\(query)")
    #expect(ids(table, "left") == before.subtracting(after), "\(query)")
    #expect(ids(table, "moved").isSubset(of: before.intersection(after)))
    #expect(before != after, "the changes must matter for \(query)")
    for case .empty in table.column("why") ?? [] { Issue.record("no reason given for \(query)") }
  }

  @Test func aRunKeepsASnapshotAndAReaderKeepsNone() throws {
    let book = try Book.inMemory()
    try book.makeDemo(customers: 50, seed: 3) { _, _ in }
    let writer = try session(book, today: "2026-11-01")
    let table = try writer.run(
      "list \"all\" = customers | where headcount > 0 or headcount is empty")
    let entries = try book.connection.int(#"SELECT count(*) FROM "list_entry""#)
    #expect(entries == Int64(table.totalRowCount) && table.totalRowCount == 50)
    let reader = try session(book, today: "2026-11-02", writes: false)
    #expect(try reader.run("list \"all\"").totalRowCount == 50)
    #expect(try book.connection.int(#"SELECT count(*) FROM "list_entry""#) == entries)
    try session(book, today: "2026-11-02").run("list \"all\"")
    #expect(try book.connection.int(#"SELECT count(*) FROM "list_entry""#) == 100)
    // The same day again: its snapshot is replaced, not doubled.
    try session(book, today: "2026-11-02").run("list \"all\"")
    #expect(try book.connection.int(#"SELECT count(*) FROM "list_entry""#) == 100)
    let overview = try reader.listOverview()
    #expect(overview.column("rows") == [.int(50)])
  }

  @Test func anEmptyRunCounts() throws {
    let book = try Book.inMemory()
    try book.makeDemo(customers: 20, seed: 3) { _, _ in }
    try session(book, today: "2026-11-01").run("list \"none\" = customers | where headcount = -1")
    try book.connection.execute(#"UPDATE "customer" SET "headcount" = NULL WHERE "id" <= 2"#)
    let later = try session(book, today: "2026-11-05")
    try later.run("list \"none\" = customers | where headcount is empty and id <= 2")
    let table = try later.run("list \"none\" since 2026-11-02 | select id, change")
    #expect(ids(table, "entered") == [1, 2])
  }

  @Test func changesAreReported() throws {
    let book = try Book.inMemory()
    try book.makeDemo(customers: 20, seed: 3) { _, _ in }
    func changed(_ text: String, _ today: String) throws -> [Bool] {
      var found: [Bool] = []
      let script = Interpreter(try session(book, today: today), parameters: [:])
      try script.run(SourceText(text)) { event in
        if case .list(let hasChanged) = event { found.append(hasChanged) }
      }
      return found
    }
    #expect(try changed("list \"few\" = customers | where id <= 5", "2026-11-01") == [false])
    #expect(try changed("list \"few\"", "2026-11-02") == [false])
    #expect(try changed("list \"few\" = customers | where id <= 6", "2026-11-03") == [true])
    #expect(try changed("list \"few\" since 2026-11-01; customers | count", "2026-11-03") == [true])
    #expect(try changed("list \"few\" since 2026-11-03", "2026-11-03") == [false])
  }

  @Test func reasonsSpeakBothTongues() throws {
    let book = try Book.inMemory()
    try book.connection.execute(
      #"INSERT INTO "customer" ("id", "name", "city", "headcount") VALUES (1, '华强', '深圳', 40)"#)
    let english = try session(book, today: "2026-11-21")
    let asked = #"customers | where city = "上海" and headcount is not empty"#
    #expect(
      try english.run("why customer 1 in \(asked)").notes
        == [#"customer 1 华强 leaves at stage 1, where: city = "深圳", asked "上海""#])
    #expect(
      try english.run("why customer 1 in customers | where headcount between 30 and 50").notes
        == ["customer 1 华强 is in the result: its condition holds"])
    #expect(
      try english.run("why customer 1 in customers | take 1 | skip 1").notes
        == ["customer 1 华强 leaves at stage 2, skip: row 1 of 1"])
    english.options.language = .chinese
    #expect(
      try english.run("为何 客户 1 在 客户 | 其中 城市 = \"上海\"").notes
        == ["客户 1 华强 在第 1 步“其中”离开：城市 = \"深圳\"，要求 \"上海\""])
  }
}

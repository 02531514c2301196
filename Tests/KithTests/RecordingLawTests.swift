import Foundation
import Kith
import KithBase
import KithStore
import Testing

/// Laws of the statements that change a book, over random sequences of them.
@Suite struct RecordingLawTests {
  private static let log: Set<String> = ["batch", "change"]

  private func session(_ seed: UInt64) throws -> Session {
    let book = try Book.inMemory()
    try book.makeDemo(customers: 40, seed: seed) { _, _ in }
    var options = Options()
    options.access = .write
    options.evaluationDate = "2026-11-21"
    return try Session(book: book, options: options)
  }

  /// One statement of many kinds, some of which fail.
  private func statement(_ random: inout SplitMix, _ number: Int) -> String {
    func pick(_ count: Int) -> Int { 1 + Int(random.next() % UInt64(count)) }
    let (a, b) = (pick(40), pick(40))
    switch random.next() % 14 {
    case 0: return "set customer \(a) owner = member \(pick(5)), budget = \(pick(90))万"
    case 1: return "set (customers | where city = \"深圳\") wallet_share = \(pick(90))%"
    case 2: return "add customer name = \"新\(number)\", city = \"深圳\", relationship = \(pick(5))"
    case 3: return "add opportunity name = \"机\(number)\", customer = customer \(a), amount = 5万"
    case 4:
      return "advance opportunity \(pick(80)) to \(["A", "B", "C", "D", "E", "F"][pick(6) - 1])"
    case 5: return "advance opportunity \(pick(80)) to \(["won", "lost", "abandoned"][pick(3) - 1])"
    case 6: return "log visit customer \(a), result = \"谈\(number)\""
    case 7: return "refer \"荐\(number)\" by customer \(a)"
    case 8: return "refer customer \(a) by customer \(b)"
    case 9: return "claim customer \(a) by member \(pick(5)) until 2026-12-31"
    case 10: return "merge customer \(a) into customer \(b)"
    case 11: return "remove (activities | where customer = customer \(a))"
    case 12: return "remove opportunity \(pick(80))"
    default: return "advance customer \(a) to \(["listed", "intent", "order"][pick(3) - 1])"
    }
  }

  @Test("undo after any sequence of writes restores every table", arguments: [1, 2, 3, 4, 5, 6])
  func undoRestores(_ seed: UInt64) throws {
    let session = try session(seed)
    let connection = session.book.connection
    var random = SplitMix(seed: seed &* 977)
    var dumps = [try bookDump(connection, without: Self.log)]
    var statements: [String] = []
    for number in 1...25 {
      let text = statement(&random, number)
      let table: Table
      do { table = try session.run(text) } catch {
        #expect(error.code.hasPrefix("K2") || error.code.hasPrefix("K43"), "\(text): \(error)")
        #expect(try bookDump(connection, without: Self.log) == dumps.last, "half of \(text)")
        continue
      }
      guard table.totalRowCount > 0 else { continue }
      dumps.append(try bookDump(connection, without: Self.log))
      statements.append(text)
    }
    #expect(statements.count > 8)
    #expect(try connection.int("SELECT count(*) FROM pragma_foreign_key_check") == 0)
    // Each undo leads back to the book as it was before its statement.
    while let text = statements.popLast() {
      dumps.removeLast()
      try session.run("undo")
      let now = try bookDump(connection, without: Self.log)
      #expect(now == dumps.last, "\(text) was not taken back: \(difference(now, dumps.last ?? []))")
      guard now == dumps.last else { return }
    }
    do {
      try session.run("undo")
      Issue.record("nothing was left to take back")
    } catch { #expect(error.code == "K6041") }
  }

  private func difference(_ a: [String], _ b: [String]) -> String {
    let (x, y) = (Set(a), Set(b))
    return x.subtracting(y).prefix(3).joined(separator: "; ") + " <> "
      + y.subtracting(x).prefix(3).joined(separator: "; ")
  }

  @Test("a rehearsal changes nothing and shows what would change")
  func rehearsal() throws {
    let session = try session(7)
    session.options.dryRun = true
    let before = try bookDump(session.book.connection)
    let table = try session.run(#"set (customers | where city = "深圳") high_risk = true"#)
    #expect(table.totalRowCount > 0)
    #expect(table.notes.first?.hasSuffix("nothing was kept") == true)
    #expect(try bookDump(session.book.connection) == before)
  }

  @Test("undo does not go over what was changed since")
  func conflict() throws {
    let session = try session(8)
    try session.run(#"set customer 1 city = "北京""#)
    try session.book.connection.execute("UPDATE customer SET city = '天津' WHERE id = 1")
    do {
      try session.run("undo")
      Issue.record("the later change was lost")
    } catch {
      #expect(error.code == "K6043")
      #expect(error.description.contains("天津"))
    }
  }

  @Test("an import is not taken back by undo")
  func importIsLast() throws {
    let session = try session(9)
    try session.book.connection.execute(
      "INSERT INTO batch (kind, at) VALUES ('import', '2026-11-21T00:00:00Z')")
    do { try session.run("undo") } catch { #expect(error.code == "K6042") }
  }

  @Test("reading is the default")
  func access() throws {
    let session = try session(10)
    session.options.access = .read
    do {
      try session.run("set customer 1 city = empty")
      Issue.record("written without access")
    } catch {
      #expect(error.code == "K6013")
      #expect(error.description.contains("--write"))
    }
    let other = try Session.bare(options: Options(), interruption: Interruption())
    do { try other.run("undo") } catch {
      #expect(error.diagnostics.map(\.code).contains("K2413"))
    }
  }

  @Test("another open session sees what was written, and says whose change it was")
  func twoSessions() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("a.book")
    try Session.makeDemo(at: path, customers: 20, seed: 1) { _, _ in }
    var options = Options()
    let reader = try Session.open(path, options: options)
    let question = "customer 1 | select owner, n = count(changes)"
    let before = try reader.run(question)
    options.access = .write
    options.author = "王伟华"
    let writer = try Session.open(path, options: options)
    let name = try writer.run("members | where id = 4 | select name")[0, 0]
    try writer.run("set customer 1 owner = member 4")
    let after = try reader.run(question)
    #expect(after[0, 0] == name && before[0, 0] != name)
    #expect(
      try writer.run("changes | where batch is not empty | select author")[0, 0] == .text("王伟华"))
    writer.options.author = "没有这人"
    do { try writer.run("undo") } catch { #expect(error.code == "K2108") }
  }
}

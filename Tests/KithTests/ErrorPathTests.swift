import Foundation
import Glibc
import Kith
import KithBase
import KithStore
import Testing

/// Errors that need a file, a book or an embedding program.
@Suite struct ErrorPathTests {
  private func session(folder: String? = nil) throws -> Session {
    let book = try Book.inMemory()
    try book.makeDemo(customers: 20, seed: 1) { _, _ in }
    var options = Options()
    options.evaluationDate = "2026-11-21"
    options.workingFolder = folder
    return try Session(book: book, options: options)
  }

  private func expect(_ code: String, _ body: () throws -> Void) {
    do {
      try body()
      Issue.record("no error, but \(code) is expected")
    } catch let error as KithError {
      #expect(error.diagnostics.map(\.code).contains(code), "\(error)")
    } catch let diagnostic as Diagnostic {
      #expect(diagnostic.code == code, "\(diagnostic)")
    } catch {
      Issue.record("\(error)")
    }
  }

  private func inFolder(_ body: (String) throws -> Void) throws {
    let folder = NSTemporaryDirectory() + "/kith-errors-\(UUID().uuidString)"
    mkdir(folder, 0o700)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  @Test func exports() throws {
    try inFolder { folder in
      let session = try self.session(folder: folder)
      expect("K7011") { try session.run(#"members | export "a.xyz""#) }
      expect("K7012") { try session.run(#"members | export "none/a.csv""#) }
      expect("K7013") { try session.run(#"members | export "/a.csv""#) }
      // A folder stands where the file should.
      mkdir(folder + "/taken.csv", 0o700)
      expect("K7014") { try session.run(#"members | export "taken.csv""#) }
      let left = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(left == ["taken.csv"], "nothing half-written stays")
    }
  }

  @Test func imports() throws {
    try inFolder { folder in
      try Data(#"import "b.kith""#.utf8).write(to: URL(filePath: folder + "/a.kith"))
      try Data(#"import "a.kith""#.utf8).write(to: URL(filePath: folder + "/b.kith"))
      let session = try self.session(folder: folder)
      expect("K2303") { try session.run(#"import "a.kith""#) }
      expect("K7001") { try session.run(#"import "none.kith""#) }
    }
  }

  @Test func largeFiles() throws {
    try inFolder { folder in
      try Data(repeating: 0x61, count: 100).write(to: URL(filePath: folder + "/a.kith"))
      expect("K7002") { _ = try FileText.bytes(folder + "/a.kith", limit: 10) }
    }
  }

  @Test func books() throws {
    try inFolder { folder in
      expect("K6012") { _ = try Session.create(folder + "/none/a.book") }
    }
  }

  @Test func damagedCells() throws {
    let book = try Book.inMemory()
    try book.connection.execute(
      "INSERT INTO customer (id, name, left_on) VALUES (1, '甲', 'soon'), (2, '乙', '2026-01-31')")
    let session = try Session(book: book, options: Options())
    // K4010: the cell counts as empty, and the result says so.
    let table = try session.run("customers | select left")
    #expect(table.rendered(as: .tsv) == "left\n\n2026-01-31\n")
    #expect(table.notes.contains { $0.contains("'soon'") && $0.contains("customer 1") })
  }

  @Test func definitions() throws {
    let session = try self.session()
    // Each definition uses the one before it, which is more than a checker follows.
    var text = "def f0(x) = x + 1\n"
    for number in 1...60 { text += "def f\(number)(x) = f\(number - 1)(x) + 1\n" }
    expect("K2301") { try session.run(text + "print f60(1)") }
    let chain = "1" + String(repeating: " + headcount", count: 400)
    let codes = session.check(SourceText("customers | where \(chain) > 1")).map(\.code)
    #expect(Set(codes) == ["K2302"], "\(codes)")
  }

  @Test func pivots() throws {
    let session = try self.session()
    let list = (0..<201).map { "\"\($0)\"" }.joined(separator: ", ")
    expect("K2208") { try session.run("customers | pivot city in (\(list)): count()") }
    expect("K2209") { try session.run(#"customers | pivot city in ("深圳"): count(opportunities)"#) }
  }

  // MARK: The embedding program

  private struct Refusal: Error {}

  @Test func hostFunctions() throws {
    let session = try self.session()
    session.register(
      HostFunction("fails", parameters: [.text], result: .int) { _ in throw Refusal() })
    session.register(
      HostFunction("lies", parameters: [.text], result: .int) { _ in .text("seven") })
    session.register(
      HostFunction("never", parameters: [.text], result: .date) { _ in .date("2026-02-30") })
    expect("K4101") { try session.run("members | select fails(name)") }
    expect("K4102") { try session.run("members | select lies(name)") }
    expect("K4102") { try session.run("members | select never(name)") }
  }

  @Test func hostTables() throws {
    let session = try self.session()
    expect("K4103") {
      try session.register(
        table: "prices",
        columns: [("a", .int, [.int(1)]), ("b", .int, [.int(1), .int(2)])])
    }
    expect("K4104") { try session.register(table: "客户", columns: [("a", .int, [.int(1)])]) }
    try session.register(table: "prices", columns: [("a", .int, [.int(1), .int(2)])])
    #expect(try session.run("prices | summarize s = sum(a)").rendered(as: .tsv) == "s\n3\n")
  }
}

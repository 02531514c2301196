import Foundation
import Kith
import KithBase
import KithLanguage
import KithStore
import Testing

/// Loops, over the desk of the golden tests. Expectations are worked out by hand from its rows.
@Suite struct ScriptLoopTests {
  private func session() throws -> Session {
    let book = try Book.inMemory()
    let url = GoldenFile.top.appending(path: "data/desk.sql")
    try book.connection.execute(String(contentsOf: url, encoding: .utf8))
    var options = Options()
    options.evaluationDate = "2026-11-21"
    return try Session(book: book, options: options)
  }

  /// What is printed, and the shown tables as lines.
  private func run(_ text: String) throws -> [String] {
    var lines: [String] = []
    let interpreter = Interpreter(try session(), parameters: [:])
    try interpreter.run(SourceText(text)) { event in
      switch event {
      case .text(let text): lines.append(text)
      case .table(let table):
        lines += table.rendered(as: .tsv).split(separator: "\n").map(String.init)
      default: break
      }
    }
    return lines
  }

  private func codes(_ text: String) throws -> [String] {
    do {
      _ = try run(text)
      return []
    } catch let error as KithError { return error.diagnostics.map(\.code) }
  }

  @Test func overRowsWithColumns() throws {
    let english = """
      for m in opportunities | where won or lost | summarize total = sum(amount), n = count() by state {
        print f"{m.state}: {m.n} for {m.total}, {m.total / m.n} each"
      }
      """
    #expect(
      try run(english) == [
        "won: 2 for 80000.05, 40000.02 each", "lost: 1 for 60000.00, 60000.00 each",
        "abandoned: 1 for 50000.00, 50000.00 each",
      ])
    let chinese = """
      遍历 行 在 商机 | 其中 赢单 | 汇总 总额 = 合计(金额), 计数() 按 负责人 {
        打印 f"{行.负责人.团队.名称} {行.总额} {行.计数}"
      }
      """
    #expect(try run(chinese) == ["华南 0.05 1", "华南 80000.00 1"])
  }

  @Test func aRowIsPartOfAQuery() throws {
    let text = """
      for m in opportunities | summarize latest = max(created) by owner | where owner is not empty {
        opportunities | where created = m.latest and owner = m.owner | select id
      }
      """
    // By name: Ann's last deal is 8, 李雷's 7, 王芳's 1.
    #expect(try run(text) == ["id", "8", "id", "7", "id", "1"])
  }

  @Test func overValues() throws {
    #expect(try run("for x in [1, 2, 3] { print x * 2 }") == ["2", "4", "6"])
    #expect(try run("let xs = [\"a\", \"b\"]\nfor x in xs { print x + \"!\" }") == ["a!", "b!"])
    #expect(
      try run("for n in [1, 2] { customers | take n | select id }") == ["id", "1", "id", "1", "2"])
    #expect(
      try run("for s in opportunities | where won | distinct state | select state { print s }")
        == ["won"])
    #expect(
      try run("for t in customers | where id in (2, 8) | distinct created { print t is empty }")
        == ["false", "true"])
    #expect(
      try run("for r in [{a: 1, b: \"x\"}, {a: 2, b: \"y\"}] { print f\"{r.a}{r.b}\" }") == [
        "1x", "2y",
      ])
    #expect(try run("for x in customers | where id = 0 { print x.name }").isEmpty)
  }

  @Test func overObjects() throws {
    #expect(
      try run("for c in customers | where city = \"深圳\" { print c.name }") == ["华强电子", "云图"])
    #expect(
      try run(
        "for c in customers | extend n = count(opportunities) | where n > 1 { print f\"{c.name} {c.n}\" }"
      ) == ["华强电子 2", "ＡＢＣ科技 2"])
    #expect(
      try run("for m in members | where id < 3 { customers | where owner = m | count }") == [
        "count", "2", "count", "2",
      ])
    #expect(
      try run("for c in customers | where id = 1 { c | select id, name }") == [
        "id\tname", "1\t华强电子",
      ])
    #expect(
      try run(
        "for c in customers | where id = 1 | expand contacts as p { print f\"{c.name} {c.p.name}\" }"
      )
        == ["华强电子 张伟", "华强电子 刘洋"])
  }

  @Test func mistakesAreFoundBeforeAnythingRuns() throws {
    let rows = "for m in opportunities | summarize total = sum(amount) by state "
    #expect(try codes("print 1\n" + rows + "{ print m.totl }") == ["K2104"])
    #expect(try codes(rows + "{ print m }") == ["K2117"])
    #expect(try codes(rows + "{ print m.total + \"x\" }") == ["K2110"])
    #expect(try codes("for m in custmers { print m.x }") == ["K2101"])
  }
}

import Kith
import KithBase
import KithLanguage
import KithPlan
import KithShow
import KithStore
import Testing

/// `explain` in words, and the note of an empty result.
@Suite struct SentenceTests {
  private func explained(_ text: String, chinese: Bool) throws -> String {
    var options = Options()
    options.language = chinese ? .chinese : .english
    let session = try Session(book: try Book.inMemory(), options: options)
    var said = ""
    try Interpreter(session, parameters: [:]).run(SourceText("explain " + text)) { event in
      if case .text(let text) = event { said = text }
    }
    return said.split(separator: "\n").first.map(String.init) ?? ""
  }

  @Test func aPipelineIsOneSentence() throws {
    #expect(
      try explained(
        #"customers | where city = "深圳" and tier = V1 | top 20 by revenue per owner | select name"#,
        chinese: false)
        == #"Take customers, keep those where city = "深圳" and tier = V1, "#
        + "keep the 20 with the highest revenue of each owner, show name.")
    #expect(
      try explained("客户 | 其中 人数 > 50 | 排序 收入 降序 | 取 3", chinese: true)
        == "取客户，保留 人数 > 50 的，按收入从高到低排列，取前 3。")
    #expect(
      try explained("customers | count by class fill", chinese: false)
        == "Take customers, count them for each class, missing ones as 0.")
    #expect(
      try explained(
        "customers | sort revenue | reverse | until 80% of revenue | roots", chinese: false)
        == "Take customers, sort by revenue, turn the order round, "
        + "keep rows until they make up 80% of revenue, roots.")
  }

  @Test(arguments: [
    "where id < 0", "take 0", "skip 1000", "top 0 by revenue", "sample 0",
    "join semi (customers | where id < 0) on id", "join anti (customers) on id",
    "intersect (customers | where id < 0)", "except (customers)",
    "where none(opportunities) | expand opportunities", "sort name | where id < 0 | sort city",
  ])
  func theStageThatTookTheLastRowsIsNamed(stages: String) throws {
    let book = try Book.inMemory()
    try book.makeDemo(customers: 30, seed: 2) { _, _ in }
    let session = try Session(book: book, options: Options())
    let table = try session.run("customers | " + stages)
    #expect(table.totalRowCount == 0)
    let note = table.result.notes.first { $0.kind == "nothing" }
    let last = stages.split(separator: "|").first { !$0.contains("sort") && !$0.contains("none(") }
    let verb = last?.split(separator: " ").first.map(String.init) ?? ""
    #expect(note?.english.hasPrefix("no rows are left after `\(verb)") == true, "\(table.notes)")
  }
}

package import KithBase
import KithShow
import KithStore

extension Session {
  /// The lists of the book: name, whether its rows are frozen, how many were on it at the last run, when
  /// that was, and the text.
  package func listOverview() throws -> Table {
    let lists = try book.lists()
    let runs = try lists.map { try book.lastRun(of: $0.id) }
    let columns: [ResultColumn] = [
      .texts(say("name", "名称"), lists.map(\.name)),
      .texts(
        say("mode", "模式"), lists.map { $0.isFrozen ? say("frozen", "固定") : say("live", "动态") }),
      ResultColumn(
        name: say("rows", "行数"), type: .int,
        vector: .int(runs.map { $0.map { Int64($0.count) } ?? Vector.emptyInt })),
      ResultColumn(
        name: say("last_run", "上次运行"), type: .time,
        vector: .int(runs.map { $0?.at.microseconds ?? Vector.emptyInt })),
      .texts(say("text", "文本"), lists.map { $0.query }),
    ]
    return Table(
      result: ResultTable(columns: columns, rowCount: lists.count), style: style,
      totalRowCount: lists.count, ids: [], entity: nil)
  }

  /// What is wrong with the texts of the lists, names of the lists in their place; nothing is run.
  package func checkLists() throws -> [Diagnostic] {
    try book.lists().filter { !$0.isFrozen }.flatMap { list in
      check(SourceText(name: "list \(list.name)", list.query))
    }
  }
}

import KithBase
import KithShow
import Testing

/// The other formats, each written out by hand for the same small table.
@Suite struct ShowFormats {
  private static let table = ResultTable(
    columns: [
      ShowSamples.text("name", ["华强 \"电子\", 深圳", "", "=HYPERLINK(\"x\")", "a\tb\nc\\d"]),
      ResultColumn(
        name: "revenue", type: .money, vector: .int([123_450, Vector.emptyInt, -5, 100])),
      ResultColumn(
        name: "share", type: .percent, vector: .float([0.125, .nan, 1, -0.5])),
      ResultColumn(
        name: "stage", type: .enumeration("stage"),
        vector: .text([1, 2, 0, 1], TextDictionary(["C", "D"])), labels: ["C": "了解商机"]),
      ResultColumn(
        name: "tags", type: .list(.text),
        vector: .list([0, 2, 2, 3, 3], .text([1, 2, 1], TextDictionary(["甲", "乙"])))),
      ResultColumn(name: "won", type: .bool, vector: .bool([1, 0, 2, 1])),
      ResultColumn(
        name: "at", type: .time, vector: .int([0, Vector.emptyInt, 0, 1_500_000])),
    ],
    rowCount: 4,
    notes: [Note(kind: "empties", english: "1 has no revenue", chinese: "1 个没有收入")])

  private func rendered(_ name: String, _ options: RenderOptions = RenderOptions()) throws -> String
  {
    let format = try #require(FormatCatalogue.format(named: name))
    return format.rendered(Self.table, options: options)
  }

  @Test func csv() throws {
    let expected = [
      "name,revenue,share,stage,tags,won,at",
      #""华强 ""电子"", 深圳",1234.50,0.125,C,"甲, 乙",true,1970-01-01T08:00:00+08:00"#,
      ",,,D,,false,", #""'=HYPERLINK(""x"")",-0.05,1,,甲,,1970-01-01T08:00:00+08:00"#,
      "\"a\tb\nc\\d\",1.00,-0.5,C,,true,1970-01-01T08:00:01.5+08:00",
    ]
    #expect(try rendered("csv") == expected.map { $0 + "\r\n" }.joined())
    let bare = RenderOptions(
      style: ValueStyle(usesLabels: true), showsHeader: false, byteOrderMark: true,
      defusesFormulas: false)
    let text = try rendered("csv", bare)
    #expect(text.unicodeScalars.first == "\u{FEFF}")
    #expect(text.contains("\r\n\"=HYPERLINK(\"\"x\"\")\",") && text.contains(",了解商机,"))
    #expect(!text.contains("revenue"))
  }

  /// Whether a spreadsheet would compute a text, and so whether it is defused.
  @Test(arguments: [
    ("=1", true), ("+86-10", true), ("-x", true), ("@a", true), ("\tx", true), ("\rx", true),
    ("＝1", true), ("－1", true), ("-5", false), ("+3.25", false), ("-", true), ("-1.2.3", true),
    ("-1e5", true), ("x=1", false), ("'=1", false), ("深圳", false), ("", false),
  ])
  func formulasAreDefused(_ text: String, _ isDefused: Bool) throws {
    let table = ResultTable(
      columns: [ShowSamples.text("a", [text]), ShowSamples.ints("n", [-5])], rowCount: 1)
    let csv = try #require(FormatCatalogue.format(named: "csv"))
    let line = csv.rendered(table, options: RenderOptions(showsHeader: false))
    let hasMark = line.hasPrefix("'") != text.hasPrefix("'") || line.hasPrefix("\"'")
    #expect(hasMark == isDefused, "\(line.debugDescription)")
    #expect(line.hasSuffix(",-5\r\n"))
  }

  @Test func aLineWithOneEmptyCellIsNotBlank() throws {
    let table = ResultTable(columns: [ShowSamples.text("a", ["", "x"])], rowCount: 2)
    let csv = try #require(FormatCatalogue.format(named: "csv"))
    #expect(csv.rendered(table) == "a\r\n\"\"\r\nx\r\n")
  }

  @Test func tsv() throws {
    let expected = [
      "name\trevenue\tshare\tstage\ttags\twon\tat",
      "华强 \"电子\", 深圳\t1234.50\t0.125\tC\t甲, 乙\ttrue\t1970-01-01T08:00:00+08:00",
      "\t\t\tD\t\tfalse\t", "=HYPERLINK(\"x\")\t-0.05\t1\t\t甲\t\t1970-01-01T08:00:00+08:00",
      "a\\tb\\nc\\\\d\t1.00\t-0.5\tC\t\ttrue\t1970-01-01T08:00:01.5+08:00",
    ]
    #expect(try rendered("tsv") == expected.map { $0 + "\n" }.joined())
  }

  @Test(arguments: ["csv", "tsv", "json", "ndjson", "markdown", "html", "box", "line", "tree"])
  func noControlReachesATerminal(_ name: String) throws {
    let format = try #require(FormatCatalogue.format(named: name))
    let text = format.rendered(
      ShowSamples.wide(), options: RenderOptions(width: DisplayColumns(80), isTerminal: true))
    for scalar in text.unicodeScalars where DisplayWidth.isUnsafe(scalar) {
      let isAllowed =
        scalar == "\n" || (name == "tsv" && scalar == "\t")
        || (name == "csv" && scalar == "\r")
      #expect(isAllowed, "U+\(String(scalar.value, radix: 16))")
    }
  }

  @Test func json() throws {
    let rows = [
      #"{"name":"华强 \"电子\", 深圳","revenue":1234.50,"share":0.125,"stage":"C","#
        + #""tags":["甲","乙"],"won":true,"at":"1970-01-01T08:00:00+08:00"}"#,
      #"{"name":null,"revenue":null,"share":null,"stage":"D","tags":[],"won":false,"at":null}"#,
      #"{"name":"=HYPERLINK(\"x\")","revenue":-0.05,"share":1,"stage":null,"tags":["甲"],"#
        + #""won":null,"at":"1970-01-01T08:00:00+08:00"}"#,
      #"{"name":"a\tb\nc\\d","revenue":1.00,"share":-0.5,"stage":"C","tags":[],"won":true,"#
        + #""at":"1970-01-01T08:00:01.5+08:00"}"#,
    ]
    #expect(try rendered("json") == "[\n" + rows.joined(separator: ",\n") + "\n]\n")
    #expect(try rendered("jsonl") == rows.map { $0 + "\n" }.joined())
    let empty = ResultTable(columns: [ShowSamples.text("a", [])], rowCount: 0)
    #expect(FormatCatalogue.format(named: "json")?.rendered(empty) == "[]\n")
  }

  @Test func twoColumnsOfOneNameAreTwoKeys() throws {
    let table = ResultTable(
      columns: [ShowSamples.ints("n", [1]), ShowSamples.ints("n", [2])], rowCount: 1)
    let format = try #require(FormatCatalogue.format(named: "ndjson"))
    #expect(format.rendered(table) == "{\"n\":1,\"n_2\":2}\n")
  }

  @Test func markdown() throws {
    #expect(
      try rendered("md") == #"""
        | name | revenue | share | stage | tags | won | at |
        | --- | ---: | ---: | --- | --- | --- | --- |
        | 华强 "电子", 深圳 | 1,234.50 | 12.5% | 了解商机 | 甲, 乙 | true | 1970-01-01 08:00 |
        |  |  |  | D |  | false |  |
        | =HYPERLINK("x") | -0.05 | 100.0% |  | 甲 |  | 1970-01-01 08:00 |
        | a→b<br>c\\d | 1.00 | -50.0% | 了解商机 |  | true | 1970-01-01 08:00:01.5 |

        note: 1 has no revenue

        """#)
    let marked = ResultTable(
      columns: [ShowSamples.text("a|b", ["*x* <i> [l](u) _y_"])], rowCount: 1)
    #expect(
      FormatCatalogue.format(named: "md")?.rendered(marked)
        == "| a\\|b |\n| --- |\n| \\*x\\* &lt;i&gt; \\[l\\](u) \\_y\\_ |\n")
  }

  @Test func html() throws {
    let table = ResultTable(
      columns: [
        ShowSamples.text("a<b", ["<script>\"'&", "one\ntwo"]),
        ResultColumn(name: "p", type: .percent, vector: .float([0.00001, 1])),
      ],
      rowCount: 2)
    let text = try #require(FormatCatalogue.format(named: "html")?.rendered(table))
    #expect(text.contains("<th>a&lt;b</th><th class=\"n\">p</th></tr></thead>\n"))
    #expect(
      text.contains(
        "<tr><td>&lt;script&gt;&quot;&#39;&amp;</td><td class=\"n\">&lt;0.01%</td></tr>\n"
          + "<tr><td>one<br>two</td><td class=\"n\">100.0%</td></tr>\n</tbody>"))
    #expect(text.hasPrefix("<!DOCTYPE html>") && text.contains("<meta charset=\"utf-8\">"))
  }

  @Test func line() throws {
    let table = ResultTable(
      columns: [ShowSamples.text("客户", ["华强", ""]), ShowSamples.ints("id", [1, 2])],
      rowCount: 2)
    let format = try #require(FormatCatalogue.format(named: "line"))
    #expect(
      format.rendered(table, options: RenderOptions(width: DisplayColumns(16))) == """
        ─ 1 ────────────
        客户  华强
        id    1
        ─ 2 ────────────
        客户
        id    2
        2 rows · 2
        columns

        """)
  }

  @Test func tree() throws {
    let table = ResultTable(
      columns: [
        ShowSamples.text("name", ["王芳", "华强电子", "长城", "开发", "南山", "李静"]),
        ShowSamples.ints("won", [0, 3, 1, 12, 0, 5]),
      ],
      rowCount: 6, tree: [0, 1, 2, 3, 1, 0])
    let format = try #require(FormatCatalogue.format(named: "tree"))
    #expect(
      format.rendered(table) == """
        name           won
        王芳             0
        ├─ 华强电子      3
        │  └─ 长城       1
        │     └─ 开发   12
        └─ 南山          0
        李静             5
        6 rows · 2 columns

        """)
  }

  /// A chain of 5,000 rows: the terminal's width holds, and the depth is still told.
  @Test(arguments: [20, 60, 110])
  func aDeepTreeStaysInsideTheTerminal(_ width: Int) throws {
    let count = 5_000
    let table = ResultTable(
      columns: [
        ShowSamples.text("name", (0..<count).map { "客户\($0)" }),
        ShowSamples.ints("n", (0..<Int64(count)).map { $0 }),
      ],
      rowCount: count, tree: (0..<Int32(count)).map { $0 })
    let format = try #require(FormatCatalogue.format(named: "tree"))
    let text = format.rendered(
      table, options: RenderOptions(width: DisplayColumns(width), rowLimit: nil))
    for line in text.split(separator: "\n") { #expect(ShowSamples.columns(line) <= width) }
    #expect(text.contains("\n…4999 客户4999"))
  }

  @Test(arguments: [20, 60, 110])
  func treesAndLinesFitAwkwardTexts(_ width: Int) throws {
    var table = ShowSamples.wide()
    table.tree = (0..<Int32(table.rowCount)).map { [0, 1, 2, 7, -3][Int($0) % 5] }
    for name in ["tree", "line"] {
      let format = try #require(FormatCatalogue.format(named: name))
      let text = format.rendered(table, options: RenderOptions(width: DisplayColumns(width)))
      for line in text.split(separator: "\n") {
        #expect(ShowSamples.columns(line) <= width, "\(name): \(line)")
      }
    }
  }

  @Test func formatsAreFoundByNameAndByFile() {
    #expect(FormatCatalogue.format(named: "CSV")?.name == "csv")
    #expect(FormatCatalogue.format(named: "md")?.name == "markdown")
    #expect(FormatCatalogue.format(named: "yaml") == nil)
    #expect(FormatCatalogue.format(forFile: "lists/周报.v2.CSV")?.name == "csv")
    #expect(FormatCatalogue.format(forFile: "a.jsonl")?.name == "ndjson")
    #expect(FormatCatalogue.format(forFile: "a.b/c") == nil)
    #expect(FormatCatalogue.format(forFile: ".csv") == nil)
    let names = FormatCatalogue.all.flatMap { [$0.name] + $0.aliases }
    #expect(Set(names).count == names.count)
  }

  /// What is written piece by piece is what is written at once, and a sink's error ends it.
  @Test func writingPieceByPiece() throws {
    struct Full: Error {}
    let count = 30_000
    let table = ResultTable(
      columns: [ShowSamples.ints("n", (0..<Int64(count)).map { $0 })], rowCount: count)
    for format in FormatCatalogue.all {
      let options = RenderOptions(rowLimit: nil)
      var pieces: [[UInt8]] = []
      try format.write(table, options: options) { pieces.append($0) }
      #expect(pieces.count > 1 && pieces.allSatisfy { $0.count < 70_000 })
      #expect(Array(pieces.joined()) == Array(format.rendered(table, options: options).utf8))
      var calls = 0
      #expect(throws: Full.self) {
        try format.write(table, options: options) { _ in
          calls += 1
          throw Full()
        }
      }
      #expect(calls == 1)
    }
  }
}

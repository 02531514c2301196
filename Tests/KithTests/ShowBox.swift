import KithBase
import KithShow
import Testing

@Suite struct ShowBox {
  private func lines(_ text: String) -> [Substring] {
    text.split(separator: "\n", omittingEmptySubsequences: true)
  }

  private func options(_ width: Int?, tongue: Tongue = .english) -> RenderOptions {
    RenderOptions(style: ValueStyle(tongue: tongue), width: width.map { DisplayColumns($0) })
  }

  /// The corpus itself: the width told beside each text is the one it is drawn with.
  @Test func theSamplesAreAsWideAsTheySay() {
    for (text, columns) in ShowSamples.awkward {
      let drawn = DisplayWidth.sanitized(text)
      #expect(DisplayWidth().width(of: drawn) == DisplayColumns(columns), "\(drawn)")
      #expect(ShowSamples.columns(drawn) == columns, "\(drawn)")
    }
  }

  @Test func aSmallTableInEveryLine() {
    let table = ResultTable(
      columns: [
        ShowSamples.text("客户", ["华强电子", "王芳"]), ShowSamples.text("city", ["深圳", ""]),
        ResultColumn(name: "revenue", type: .money, vector: .int([312_400_000, Vector.emptyInt])),
      ],
      rowCount: 2, stageCounts: [("customers", 2_000), ("where", 261), ("take", 2)],
      milliseconds: 34.4)
    #expect(
      FormatCatalogue.box.rendered(table, options: options(nil)) == """
        ┌──────────┬──────┬──────────────┐
        │ 客户     │ city │      revenue │
        ├──────────┼──────┼──────────────┤
        │ 华强电子 │ 深圳 │ 3,124,000.00 │
        │ 王芳     │      │              │
        └──────────┴──────┴──────────────┘
        2 rows · 3 columns · 34 ms
        2000 → 261 → 2

        """)
    #expect(
      FormatCatalogue.box.rendered(table, options: options(nil, tongue: .chinese)) == """
        ┌──────────┬──────┬─────────┐
        │ 客户     │ city │ revenue │
        ├──────────┼──────┼─────────┤
        │ 华强电子 │ 深圳 │ 312.4万 │
        │ 王芳     │      │         │
        └──────────┴──────┴─────────┘
        2 行 · 3 列 · 34 毫秒
        2000 → 261 → 2

        """)
  }

  /// 16,693 rows, 40 of them drawn; at 60 columns some of eight are hidden and named.
  @Test func theFooterNamesWhatIsNotShown() {
    let count = 16_693
    var columns = [ShowSamples.ints("id", (0..<Int64(count)).map { $0 })]
    for name in ["name", "city", "owner", "team", "tier", "phone", "note"] {
      columns.append(ShowSamples.text(name, Array(repeating: "一二三四五六", count: count)))
    }
    let table = ResultTable(columns: columns, rowCount: count, milliseconds: 34)
    let text = FormatCatalogue.box.rendered(table, options: options(60))
    // id takes 2 + 3 + 1, a text at least 10 + 3: four texts make 58, five would make 71.
    #expect(
      text.contains("\n16,693 rows (40 shown) · 8 columns, hidden: tier, phone,\nnote · 34 ms\n"))
    #expect(lines(text).filter { $0.hasPrefix("│") }.count == 41)
    let all = FormatCatalogue.box.rendered(
      table, options: RenderOptions(width: DisplayColumns(60), rowLimit: nil))
    #expect(lines(all).filter { $0.hasPrefix("│") }.count == count + 1)
    #expect(all.contains("\n16,693 rows · 8 columns, hidden"))
  }

  @Test(arguments: [20, 21, 35, 60, 110, 300])
  func nothingIsWiderThanTheTerminalAndNoCellIsMisplaced(_ width: Int) {
    for tongue in [Tongue.english, .chinese] {
      let text = FormatCatalogue.box.rendered(
        ShowSamples.wide(), options: options(width, tongue: tongue))
      for line in lines(text) {
        #expect(ShowSamples.columns(line) <= width, "\(line)")
      }
      let framed = lines(text).filter { "┌│├└".contains($0.first ?? " ") }
      #expect(Set(framed.map { ShowSamples.columns($0) }).count <= 1, "\(text)")
      #expect(!text.contains("\u{1b}") && !text.contains("\u{202E}") && !text.contains("\t"))
      #expect(framed.isEmpty == (width < 35), "\(width)")
    }
  }

  /// With 20 columns three of ten do not fit: each value has its line, and every letter is there.
  @Test func aNarrowTerminalGetsOneValueALine() {
    let table = ResultTable(
      columns: [
        ShowSamples.text("name", ["华强电子有限公司"]), ShowSamples.text("city", ["深圳"]),
        ShowSamples.ints("id", [7]), ShowSamples.text("description", ["first line\nsecond"]),
      ],
      rowCount: 1)
    #expect(
      FormatCatalogue.box.rendered(table, options: options(20)) == """
        ─ 1 ────────────────
        name       华强电子
                   有限公司
        city       深圳
        id         7
        descript…  first
                   line
                   second
        1 row · 4 columns

        """)
  }

  @Test func textsAreShrunkBeforeColumnsAreHiddenAndNumbersNever() {
    let table = ResultTable(
      columns: [
        ShowSamples.text("a", ["一二三四五六七八九十"]), ShowSamples.ints("n", [123_456_789]),
        ShowSamples.text("b", ["abcdefghijklmno"]),
      ],
      rowCount: 1)
    // 20 + 9 + 15 and 10 for the frame make 54. At 45 nine columns are missing: the widest comes
    // down from 20 to 15, and the other four are taken from both texts, which end at 13.
    #expect(
      FormatCatalogue.box.rendered(
        table, options: RenderOptions(width: DisplayColumns(45), showsFooter: false)) == """
          ┌───────────────┬───────────┬───────────────┐
          │ a             │         n │ b             │
          ├───────────────┼───────────┼───────────────┤
          │ 一二三四五六… │ 123456789 │ abcdefghijkl… │
          └───────────────┴───────────┴───────────────┘

          """)
  }

  @Test func ambiguousWideTerminalsGetAnASCIIFrame() {
    let table = ResultTable(columns: [ShowSamples.text("a·b", ["x"])], rowCount: 1)
    let wide = RenderOptions(display: DisplayWidth(ambiguous: .wide), showsFooter: false)
    #expect(
      FormatCatalogue.box.rendered(table, options: wide) == """
        +------+
        | a·b |
        +------+
        | x    |
        +------+

        """)
  }

  @Test func anEmptyResultHasItsHeaderAndAZero() {
    let table = ResultTable(columns: [ShowSamples.text("name", [])], rowCount: 0)
    #expect(
      FormatCatalogue.box.rendered(table, options: options(80)) == """
        ┌──────┐
        │ name │
        ├──────┤
        └──────┘
        0 rows · 1 column

        """)
    let none = ResultTable(columns: [], rowCount: 3, milliseconds: 1_234)
    #expect(
      FormatCatalogue.box.rendered(none, options: options(80)) == "3 rows · 0 columns · 1.2 s\n")
  }

  @Test func notesAndDatesStandBelow() {
    let table = ResultTable(
      columns: [ShowSamples.ints("n", [1])], rowCount: 1,
      notes: [Note(kind: "tie", english: "3 more are equal", chinese: "还有 3 行并列")],
      resolvedDates: [("last month", "2026-10"), ("today", "2026-11-21")], milliseconds: 0.42)
    let english = FormatCatalogue.box.rendered(table, options: options(80))
    #expect(
      english.hasSuffix(
        "1 row · 1 column · 0.4 ms\nnote: 3 more are equal\n"
          + "last month = 2026-10 · today = 2026-11-21\n"))
    let chinese = FormatCatalogue.box.rendered(table, options: options(80, tongue: .chinese))
    #expect(chinese.contains("1 行 · 1 列 · 0.4 毫秒\n注：还有 3 行并列\n"))
  }

  @Test func aTableWithWrongCountsDoesNotTrap() {
    let table = ResultTable(
      columns: [ShowSamples.ints("n", [1, 2]), ShowSamples.ints("m", [1])], rowCount: 9)
    #expect(table.rowCount == 1)
    #expect(FormatCatalogue.box.rendered(table).contains("1 row · 2 columns"))
  }
}

import KithBase
import KithLanguage
import Testing

/// The formatter: canonical words, comments, line breaks. Expected texts are written by hand.
@Suite struct LanguageFormatTests {
  private func formatted(_ text: String, _ tongue: Tongue) -> String {
    let source = SourceText(text)
    let result = parse(source)
    #expect(result.diagnostics.isEmpty, "\(text): \(result.diagnostics.map(\.message))")
    return format(result.program, tongue: tongue, source: source)
  }

  @Test(arguments: [
    (
      "客户 ｜ 筛选 城市 ＝ “深圳” 且 等级=V1｜前20 按 收入",
      "客户 | where 城市 = \"深圳\" and 等级 = V1 | top 20 by 收入",
      "客户 | 其中 城市 = \"深圳\" 且 等级 = V1 | 前 20 按 收入"
    ),
    (
      "customers|filter a&&b||!c|limit 3", "customers | where a and b or not c | take 3",
      "customers | 其中 a 且 b 或 非 c | 取 3"
    ),
    ("x|order by a desc,b asc", "x | sort a desc, b", "x | 排序 a 降序, b"),
    ("x | group by k: count(*)", "x | summarize count() by k", "x | 汇总 count() 按 k"),
    (
      "x | select a as b, c == 1, (d = 2)", "x | select b = a, c == 1, (d = 2)",
      "x | 选择 b = a, c == 1, (d = 2)"
    ),
    ("x | top 3 per k by a", "x | top 3 by a per k", "x | 前 3 按 a 每 k"),
    (
      "x | where y in 近30天 and z < 三天前", "x | where y in last 30 days and z < 3 days ago",
      "x | 其中 y 在 近30天 且 z < 3天前"
    ),
    ("x | where y in last 3mo", "x | where y in last 3 months", "x | 其中 y 在 近3个月"),
    ("x | where y = 2000 years", "x | where y = 2000 years", "x | 其中 y = 2000 years"),
    (
      "x | where y > 500万 and z > 50k and w = 1_000",
      "x | where y > 5M and z > 50k and w = 1_000", "x | 其中 y > 500万 且 z > 5万 且 w = 1_000"
    ),
    (
      "x | where y > 500万元 or y > ¥3000 or y > ¥50k or y > $5",
      "x | where y > ¥5M or y > ¥3000 or y > ¥50k or y > $5",
      "x | 其中 y > 500万元 或 y > ¥3000 或 y > 5万元 或 y > $5"
    ),
    (
      "x | where y <> 1 and z 包含 \"a\"", "x | where y != 1 and z ~ \"a\"",
      "x | 其中 y != 1 且 z ~ \"a\""
    ),
    (
      "x | where y 非空 and z is empty", "x | where y is not empty and z is empty",
      "x | 其中 y 非空 且 z 为空"
    ),
    (
      "x | where `y z` = 'it\\'s \"q\"\\n'", "x | where `y z` = \"it's \\\"q\\\"\\n\"",
      "x | 其中 `y z` = \"it's \\\"q\\\"\\n\""
    ),
    (
      "print f'a {n + 1} {\"b\"} {{c}}'", "print f\"a {n + 1} {'b'} {{c}}\"",
      "打印 f\"a {n + 1} {'b'} {{c}}\""
    ),
    ("print f'{`a\"b`}'", "print f'{`a\"b`}'", "打印 f'{`a\"b`}'"),
    (
      "x | where y = 2026年11月21日 and z = 2026年 and w = 11月",
      "x | where y = 2026-11-21 and z = 2026年 and w = 11月",
      "x | 其中 y = 2026-11-21 且 z = 2026年 且 w = 11月"
    ),
    (
      "x | where y > 2026-1-5T9:05 or y > 2026-01-05T09:05:07",
      "x | where y > 2026-01-05T09:05 or y > 2026-01-05T09:05:07",
      "x | 其中 y > 2026-01-05T09:05 或 y > 2026-01-05T09:05:07"
    ),
    (
      "x|漏斗 90天内 按 k 步骤 D 14天内", "x | funnel within 90 days by k step D within 14 days",
      "x | 漏斗 限 90天 按 k 步骤 D 限 14天"
    ),
    ("x|下游 3层内", "x | downstream within 3 levels", "x | 下游 限 3 层"),
    ("清单 \"h\" 自 上个周一", "list \"h\" since last monday", "清单 \"h\" 自 上个周一"),
    ("x | where y = 行 3", "x | where y = row 3", "x | 其中 y = 行 3"),
    (
      "x | where a between 1 and 2 and b 不在 (1)", "x | where a between 1 and 2 and b not in (1)",
      "x | 其中 a 介于 1 与 2 且 b 不在 (1)"
    ),
    ("a; -3", "a\n; -3", "a\n; -3"),
  ])
  func goldens(_ text: String, _ english: String, _ chinese: String) {
    #expect(formatted(text, .english) == english + "\n")
    #expect(formatted(text, .chinese) == chinese + "\n")
  }

  @Test func keepsCommentsAndBlankLines() {
    let text = """
      #!/usr/bin/env kith
      # What is hot.


      let hot=opportunities|where stage>=C   # of C on
      # Who holds it.

      # Each of them.
      for m in members { # one file each
        # Theirs.
        hot|where owner=m   # m is the loop's

        |export f"{m.name}.csv"
        # done
      }   # members
      customers # all
        # the ones we know
        | where known # known
        # not too many
        | take 3 # few

      if a { # nothing
      } else { b }
      # the end
      """
    let expected = """
      #!/usr/bin/env kith
      # What is hot.

      let hot = opportunities | where stage >= C  # of C on
      # Who holds it.

      # Each of them.
      for m in members {
        # one file each
        # Theirs.
        hot
          | where owner = m  # m is the loop's
          | export f"{m.name}.csv"
        # done
      }  # members
      customers  # all
        # the ones we know
        | where known  # known
        # not too many
        | take 3  # few

      # nothing
      if a {
      } else {
        b
      }
      # the end

      """
    let once = formatted(text, .english)
    #expect(once == expected)
    #expect(formatted(once, .english) == once)
  }

  @Test func aBlankLineBehindACommentStaysThere() {
    #expect(formatted("a\n# c\n\nb", .english) == "a\n# c\n\nb\n")
    #expect(formatted("a\n\n# c\nb", .english) == "a\n\n# c\nb\n")
    #expect(formatted("a\n# c\n\n; b", .english) == "a\n# c\n\nb\n")
    #expect(formatted("# c", .english) == "# c\n")
    #expect(formatted("", .english) == "")
  }

  @Test func noCommentIsLost() {
    let text = """
      # 1
      customers # 2
      | where ( # 3
      a # 4
      = # 5
      b) # 6
      | join ( # 7
      x | take 3 # 8
      # 9
      ) on c # 10
      # 11
      ; # 12
      let # 13
      n = # 14
      3 # 15
      # 16
      """
    // Numbers go on their line or before it, never away; `let` at a line's end is a name, so it is
    // written with its name here.
    let joined = text.replacing("let # 13\n", with: "let ")
    let once = formatted(joined, .english)
    for number in 1...16 where number != 13 {
      #expect(once.split(separator: "\n").contains { $0.hasSuffix("# \(number)") }, "\(number)")
    }
    #expect(formatted(once, .english) == once)
  }

  @Test func breaksLinesBeyondAHundredColumns() {
    // 11 + 9 × 10 = 101 columns in one line; one character less fits.
    let head = "customers"
    let tail = String(repeating: " | sort a", count: 10)
    #expect((head + tail).count == 99)
    #expect(formatted(head + tail, .english) == head + tail + "\n")
    let wider = "customers" + tail + "bc"
    let expected =
      "customers\n" + String(repeating: "  | sort a\n", count: 9) + "  | sort abc\n"
    #expect(formatted(wider, .english) == expected)
    // Chinese characters are two columns wide: 9 + 13 × 7 = 100 columns fit, 101 do not.
    let tail7 = String(repeating: " | 反转", count: 13)
    #expect(formatted("客户客户a" + tail7, .chinese) == "客户客户a" + tail7 + "\n")
    #expect(
      formatted("客户客户客" + tail7, .chinese)
        == "客户客户客\n" + String(repeating: "  | 反转\n", count: 13))
  }

  @Test func breaksBehindAnAsOf() {
    let filter = String(repeating: "long_name and ", count: 8) + "x"
    #expect(
      formatted("let a = as of today | customers | where " + filter, .english) == """
        let a = as of today
          | customers
          | where \(filter)

        """)
  }

  @Test func translatesNames() {
    let words = [
      "customers": "客户", "city": "城市", "count": "计数", "today_count": "今天", "size": "近30天",
      "won": "赢单",
    ]
    let result = parse(
      SourceText("customers as c | where c.city = won | extend size = today_count + size, count()"))
    let text = format(result.program, tongue: .chinese) { name, context in
      #expect(context != .given)
      return words[name] ?? name
    }
    // A name that would read as a date word or a phrase is put in back-quotes; given names stay.
    #expect(
      text == "客户 作为 c | 其中 c.城市 = 赢单 | 增列 size = `今天` + `近30天`, 计数()\n")
  }

  @Test func writesSingleNodes() {
    let (expr, _) = parseExpression(SourceText("a+b*500万 and c is empty"))
    #expect(print(expr) == "a + b * 5M and c is empty")
    #expect(print(expr, tongue: .chinese) == "a + b * 500万 且 c 为空")
    let program = parse(SourceText("customers|take 3|count by a")).program
    let pipeline = program.statements.first?.pipeline
    #expect(pipeline.map { print($0) } == "customers | take 3 | count by a")
    #expect(pipeline?.stages.last.map { print($0, tongue: .chinese) } == "计数 按 a")
  }

  @Test func expressionsStandAlone() {
    let (expr, none) = parseExpression(SourceText("# why\n count(x where y)\n > 3 # so"))
    #expect(none.isEmpty)
    #expect(sketch(expr) == "(> (count() x {where y}) 3)")
    #expect(parseExpression(SourceText("a b")).1.map(\.code) == ["K1105"])
    #expect(parseExpression(SourceText("a\nb")).1.map(\.code) == ["K1105"])
    #expect(parseExpression(SourceText("a | take 3")).1.map(\.code) == ["K1105"])
    #expect(parseExpression(SourceText("")).1.map(\.code) == ["K1101"])
  }
}

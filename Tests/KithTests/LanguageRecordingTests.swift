import KithBase
import KithLanguage
import Testing

/// How the statements that change a book are read; the trees are written by hand.
@Suite struct LanguageRecordingTests {
  @Test(arguments: [
    (#"add customer name = "x", city = "y""#, #"(add customer name="x" city="y")"#),
    ("新增 客户 名称 ＝ “x”", #"(add 客户 名称="x")"#),
    (
      #"set customer 447 owner = "王", remark = empty"#,
      #"(change (one customer 447) owner="王" remark=empty!)"#
    ),
    (#"set hot owner = "王""#, #"(change hot owner="王")"#),
    ("set (hot | where open) a = a * 2", "(change <hot | (where open)> a=(* a 2))"),
    ("set as_of = 2026-09-30", "(set as_of 2026-09-30)"),
    ("remove (hot | where open)", "(remove <hot | (where open)>)"),
    ("remove customer 7", "(remove (one customer 7))"),
    (
      #"advance opportunity "X" to D at 2026-11-01"#,
      #"(advance (one opportunity "X") D @2026-11-01)"#
    ),
    ("推进 商机 7 到 丢单, 原因 = 价格", "(advance (one 商机 7) 丢单 原因=价格)"),
    ("advance (hot) to won", "(advance (group hot) won)"),
    (
      #"log visit customer 447, result = "y", done = today"#,
      #"(log visit (one customer 447) result="y" done=today!)"#
    ),
    ("log phone", "(log phone)"),
    (
      #"refer "新" by customer 2, relation = friend"#,
      #"(refer "新" (one customer 2) relation=friend)"#
    ),
    ("推荐 “新” 由 客户 2", #"(refer "新" (one 客户 2))"#),
    (
      #"claim customer 447 by member "王" until 2026-12-31"#,
      #"(claim (one customer 447) (one member "王") 2026-12-31)"#
    ),
    ("merge customer 7 into 9", "(merge (one customer 7) 9)"),
    ("合并 客户 7 并入 客户 9", "(merge (one 客户 7) (one 客户 9))"),
    ("undo", "(undo)"), ("if a { 撤销 }", "(if a {(undo)})"),
  ])
  func recordings(_ text: String, _ tree: String) { #expect(sketch(text) == tree) }

  @Test(
    "their words stay names wherever the pattern does not fit",
    arguments: [
      ("claim 447", "(one claim 447)"), ("认领 | 计数", "认领 | (count)"),
      (#"推荐 "x" | 计数"#, #"(one 推荐 "x") | (count)"#), ("log(5)", "(log() 5)"),
      ("remove(5)", "(remove() 5)"), ("set = 5", "(= set 5)"), ("log + 1", "(+ log 1)"),
      ("undo | count", "undo | (count)"), ("let undo = 3", "(let undo 3)"),
      ("add as a", "add as a"), ("merge in (1, 2)", "(in merge {1, 2})"),
      (
        "customers | where log > 2 and set = 3 | sort undo",
        "customers | (where (and (> log 2) (= set 3))) | (sort undo↑)"
      ),
    ])
  func names(_ text: String, _ tree: String) { #expect(sketch(text) == tree) }

  @Test(arguments: [
    ("set customer 1 owner", "K1101"), ("advance customer 1", "K1101"),
    ("merge customer 7", "K1101"), ("claim customer 1 by", "K1101"),
    ("add customer name", "K1101"),
  ])
  func errors(_ text: String, _ code: String) {
    #expect(parse(SourceText(text)).diagnostics.map(\.code) == [code], "\(text)")
  }

  @Test("the formatter prints one tongue and reads back as the same")
  func formatting() {
    let text = #"""
      设置 (客户 | 其中 城市 = "深圳") 负责人 = "王芳"
      推进 商机 "X" 到 D 于 2026-11-01
      引荐 "新" 由 客户 2, relation = friend
      撤回
      """#
    let program = parse(SourceText(text)).program
    let printed = format(program, tongue: .english)
    #expect(
      printed == #"""
        set (客户 | where 城市 = "深圳") 负责人 = "王芳"
        advance 商机 "X" to D at 2026-11-01
        refer "新" by 客户 2, relation = friend
        undo

        """#)
    #expect(parse(SourceText(printed)).program == program)
  }
}

import KithBase
import KithLanguage
import Testing

/// What an editor asks of the language: is it whole, how is it coloured, what may come next.
@Suite struct LanguageEditingTests {
  @Test(arguments: [
    ("customers", nil), ("", nil), ("  # only a comment", nil), ("customers | take 3", nil),
    ("customers |", "|"), ("customers | where", "where"), ("customers | where a and", "and"),
    ("customers | where a =", "="), ("customers | where (a", "("), ("f(a, [1", "["),
    ("for m in x {", "{"), ("for m in x { customers |", "{"), ("let x =", "="),
    ("customers | select a,", ","), ("customers | funnel C ->", "->"), ("customer.", "."),
    ("print \"abc", "\""), ("print f“a{b}", "f“"), ("x | where `ab", "`"),
    ("x | where in", nil), ("x | foo bar", nil), ("x | where \"a\nb", nil), ("x)", nil),
    ("as of today", "today"), ("x | compare to", nil), ("x | top 3", "3"),
    ("x | where case when a then 1", "1"), ("客户 | 其中", "其中"),
  ])
  func completenessOfEntries(_ text: String, _ open: String?) {
    #expect(completeness(of: text) == (open.map { .needsMore($0) } ?? .complete), "\(text)")
  }

  private func colours(_ text: String) -> String {
    let source = SourceText(text)
    return highlight(text).map { "\($0.style.rawValue):\(source[$0.span])" }.joined(separator: " ")
  }

  @Test(arguments: [
    (
      "customers | where count > 3 # c",
      "name:customers operator:| verb:where name:count operator:> number:3 comment:# c"
    ),
    (
      "let x = 客户 | 排序 收入 降序",
      "keyword:let name:x operator:= name:客户 operator:| verb:排序 name:收入 keyword:降序"
    ),
    (
      "x | where y in last 30 days and z",
      "name:x operator:| verb:where name:y operator:in date:last number:30 number:days operator:and name:z"
    ),
    (
      "x | top 3 by a per b",
      "name:x operator:| verb:top number:3 keyword:by name:a keyword:per name:b"
    ),
    (
      "x | where d = 2026-11-21 or d = today",
      "name:x operator:| verb:where name:d operator:= date:2026-11-21 operator:or name:d operator:= date:today"
    ),
    ("print f\"a {b} c\"", "keyword:print text:f\"a { name:b text:} c\""),
    ("f(a", "name:f error:( name:a"), ("x)", "name:x error:)"),
    ("x | where \"abc", "name:x operator:| verb:where error:\"abc"),
    ("x | compare to last year", "name:x operator:| verb:compare verb:to verb:last verb:year"),
  ])
  func colouring(_ text: String, _ expected: String) { #expect(colours(text) == expected) }

  private func context(_ text: String) -> CompletionContext {
    let source = SourceText(text)
    return completionContext(source, at: source.bytes.count)
  }

  @Test(
    arguments: [
      ("", .statement, ""), ("cus", .statement, "cus"), ("a\nb", .statement, "b"),
      ("let x = cu", .source, "cu"), ("a; ", .statement, ""),
      ("for m in { a }; for m in me", .source, "me"),
      ("customers | ", .verb, ""), ("customers | wh", .verb, "wh"),
      ("customers | where ", .value, ""), ("customers | where ci", .value, "ci"),
      ("customers | where city ", .infix, ""), ("customers | where city a", .infix, "a"),
      ("customers | where tier = ", .operand(left: "tier", op: "="), ""),
      ("customers | where tier = V", .operand(left: "tier", op: "="), "V"),
      ("customers | where a.b != ", .operand(left: "a.b", op: "!="), ""),
      ("客户 | 其中 等级 不在 ", .operand(left: "等级", op: "不在"), ""),
      ("customers | where a and tier in (", .operand(left: "tier", op: "in"), ""),
      ("customers | where tier in (V1, ", .operand(left: "tier", op: "in"), ""),
      ("customers | where name starts with \"王", .operand(left: "name", op: "starts with"), "王"),
      ("customers | where month(x) = ", .operand(left: "month(x)", op: "="), ""),
      ("customers | where tier = V1 and ", .value, ""),
      ("customers | where owner.", .member(base: "owner"), ""),
      ("customers | where a.f(x).na", .member(base: "a.f(x)"), "na"),
      ("customers | take 3 ", .infix, ""), ("customers | select a, ", .value, ""),
      ("customers | extend a = ", .value, ""), ("customers | count ", .infix, ""),
      ("customers | count by ", .value, ""), ("customers | join ", .source, ""),
      ("customers | union (", .source, ""), ("customers as ", .nothing, ""),
      ("x | funnel | reached ", .step, ""), ("x | funnel step ", .step, ""),
      ("x | where a in last 30 ", .unit, ""), ("x | chart ", .chartKind, ""),
      ("x | export \"a", .file, "a"), ("read \"da", .file, "da"), ("list \"h", .listName, "h"),
      ("x | save list \"", .listName, ""), ("x # com", .nothing, ""), ("let n", .nothing, "n"),
      ("x | where any(", .value, ""), ("x | sort a desc ", .infix, ""),
      ("x | where city = \"深", .operand(left: "city", op: "="), "深"),
    ] as [(String, CompletionContext.Expectation, String)])
  func whatMayComeNext(
    _ text: String, _ expected: CompletionContext.Expectation, _ word: String
  ) {
    let context = context(text)
    #expect(context.expectation == expected, "\(text)")
    #expect(context.word == word, "\(text)")
    #expect(context.span.upper == text.utf8.count)
    #expect(context.span.lower == text.utf8.count - word.utf8.count)
  }

  @Test func knowsWhatIsAround() {
    let one = context("let a = customers | where x | select any(opportunities where sta")
    #expect(one.pipeline == "customers | where x")
    #expect(one.verb == .select)
    #expect(
      one.calls == [.init(function: "any", firstArgument: "opportunities", clause: .where)])
    let two = context("customers | take 3\nopportunities | where sum(a.b, c")
    #expect(two.pipeline == "opportunities")
    #expect(two.calls == [.init(function: "sum", firstArgument: "a.b", clause: nil)])
    let three = context("customers | join (opportunities | where won | sele")
    #expect(three.pipeline == "opportunities | where won")
    #expect(three.expectation == .verb)
    #expect(context("for m in x { customers | where owner = ").pipeline == "customers")
    // The middle of a character counts from its start.
    #expect(completionContext(SourceText("客户"), at: 4).word == "客")
  }

  @Test func cutsGluedWords() {
    let known: Set<String> = ["城市", "收入", "客户", "城"]
    #expect(cut("按城市汇总") { known.contains($0) } == ["按", "城市", "汇总"])
    #expect(cut("排序收入降序") { known.contains($0) } == ["排序", "收入", "降序"])
    #expect(cut("取20") { known.contains($0) } == ["取", "20"])
    #expect(cut("其中城市在近30天") { known.contains($0) } == ["其中", "城市", "在", "近30天"])
    #expect(cut("按省份汇总") { known.contains($0) } == nil)
    #expect(cut("客户") { known.contains($0) } == nil)
    #expect(cut("客") { known.contains($0) } == nil)
    #expect(cut(String(repeating: "按", count: 65)) { known.contains($0) } == nil)
  }
}

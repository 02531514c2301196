import KithBase
import KithLanguage
import Testing

/// How each seeming conflict of words is read, one rule of the grammar after the other.
@Suite struct LanguageReadingTests {
  @Test(arguments: [
    // Verbs only after a bar, statement words only where what follows fits.
    (
      "customers | where count > 2 and date = 2026",
      "customers | (where (and (> count 2) (= date 2026)))"
    ),
    ("customers | select where, take, top, sort", "customers | (select where, take, top, sort)"),
    ("list \"x\" = customers", "(list \"x\" customers)"),
    ("list \"x\" | take 3", "(one list \"x\") | (take 3)"),
    ("let list = 3", "(let list 3)"), ("let let = 3", "(let let 3)"),
    ("let | take 3", "let | (take 3)"), ("let as l | take 3", "let as l | (take 3)"),
    ("print | take 3", "print | (take 3)"), ("print = 3", "(= print 3)"),
    ("param.x", "(. param x)"), ("set + 1", "(+ set 1)"), ("why", "why"),
    ("import | take 3", "import | (take 3)"), ("for | take 3", "for | (take 3)"),
    ("def | take 3", "def | (take 3)"), ("assert in (1)", "(in assert {1})"),
    ("explain as e", "explain as e"),
    ("customers | join left on id", "<error K1101>"),
    ("customers | expand outer outer", "customers | (expand outer outer)"),
    ("customers | funnel optional optional", "customers | (funnel ?optional)"),
    // Words that continue only a value are free elsewhere.
    (
      "customers | where by = 1 and per = 2 and as = 3 and of = 4 and step = 5",
      "customers | (where (and (and (and (and (= by 1) (= per 2)) (= as 3)) (= of 4)) (= step 5)))"
    ),
    (
      "customers | where `in` = 1 and `today` > 2",
      "customers | (where (and (= `in` 1) (> `today` 2)))"
    ),
    (
      "customers | where matches = 1 and starts = 2",
      "customers | (where (and (= matches 1) (= starts 2)))"
    ),
    (
      "customers | where x.end = 1 and x.in = 2",
      "customers | (where (and (= (. x end) 1) (= (. x in) 2)))"
    ),
    // Clauses in a call.
    ("customers | extend a = count(where won)", "customers | (extend a=(count() {where won}))"),
    (
      "customers | extend a = max(sort), b = min(sort * 2), c = max(per, where), d = sum(where.x)",
      "customers | (extend a=(max() sort), b=(min() (* sort 2)), c=(max() per where), d=(sum() (. where x)))"
    ),
    (
      "customers | extend a = sum(where = 3), b = count(where not won), c = count(where (x))",
      "customers | (extend a=(sum() (= where 3)), b=(count() {where (not won)}), c=(count() {where (group x)}))"
    ),
    (
      "customers | extend a = count(where in (1))",
      "customers | (extend a=(count() (in where {1})))"
    ),
    ("customers | extend a = f(where: 3)", "customers | (extend a=(f() where:3))"),
    // Date words only in their patterns.
    (
      "customers | where month = 3 and last(x) = 3 and month(y) = 4",
      "customers | (where (and (and (= month 3) (= (last() x) 3)) (= (month() y) 4)))"
    ),
    ("customers | sort last desc, next, this", "customers | (sort last↓ next↑ this↑)"),
    (
      "customers | extend a = last + 1, b = this.x",
      "customers | (extend a=(+ last 1), b=(. this x))"
    ),
    ("customers | select last as l, next", "customers | (select l=last, next)"),
    ("customers | count by last fill", "customers | (count by last fill)"),
    (
      "customers | where created in last d and x",
      "customers | (where (and (in created (span -1 d)) x))"
    ),
    ("customers | where today in last month", "customers | (where (in today! month[-1]))"),
    ("customers | where monday = 1", "customers | (where (= monday 1))"),
    ("customers | select stage, now, reached", "customers | (select stage, now, reached)"),
    ("customers | select now as n, day = today", "customers | (select n=now!, day=today!)"),
    // An integer before a unit, a word before an integer or a text.
    (
      "customers | where x > 3 days and y = customer 3",
      "customers | (where (and (> x 3:day) (= y (one customer 3))))"
    ),
    ("x = 3\n\"a\"", "(= x 3) ; \"a\""),
    ("customers\n3", "customers ; 3"),
    (
      "customers | where x = 2026 年 and y = 3 月 and z = 3 季度 and w = 3 年",
      "customers | (where (and (and (and (= x period:2026) (= y of-year:month 3)) (= z of-year:quarter 3)) (= w 3:year)))"
    ),
    // `name =` at the head of an item.
    ("customers | select city = \"深圳\"", "customers | (select city=\"深圳\")"),
    ("customers | select city == \"深圳\"", "customers | (select (= city \"深圳\"))"),
    ("customers | count by big = amount > 3", "customers | (count by big=(> amount 3))"),
    ("customers | where city = \"深圳\"", "customers | (where (= city \"深圳\"))"),
    ("customers | select a.b = 3", "customers | (select (= (. a b) 3))"),
    // Sets end with their bracket; elsewhere brackets only group.
    ("customers | where x in (1) and y", "customers | (where (and (in x {1}) y))"),
    ("customers | where x in ((1))", "customers | (where (in x {(group 1)}))"),
    ("customers | where x = (1)", "customers | (where (= x (group 1)))"),
    // `between` takes the first `and`.
    ("customers | where x between a and b and c", "customers | (where (and (between x a b) c))"),
    // `all` and `if`.
    (
      "customers | extend a = sum(x per all), b = sum(x per all(y))",
      "customers | (extend a=(sum() x {per all}), b=(sum() x {per (all() y)}))"
    ),
    ("customers | where if(a, b, c)", "customers | (where (if() a b c))"),
    ("if (a) { b }", "(if (group a) {b})"),
    ("if | take 3", "if | (take 3)"),
    // Modifiers of a funnel against its steps.
    (
      "customers | funnel step = inform -> step = remind",
      "customers | (funnel (= step inform) -> (= step remind))"
    ),
    ("customers | funnel step D within 14 days", "customers | (funnel {step D within 14:day})"),
    ("customers | funnel ordered", "customers | (funnel {ordered})"),
    ("customers | funnel ordered = 1 -> strict", "customers | (funnel (= ordered 1) -> strict)"),
    ("customers | funnel `ordered` -> `by`", "customers | (funnel `ordered` -> `by`)"),
    ("customers | funnel snapshot = 1", "customers | (funnel (= snapshot 1))"),
    ("customers | funnel flow -> x", "customers | (funnel flow -> x)"),
    ("customers | funnel by = 1 -> within.x", "customers | (funnel (= by 1) -> (. within x))"),
    ("customers | funnel any -> best -> each", "customers | (funnel any -> best -> each)"),
    // Stages of a funnel are functions in an expression.
    (
      "customers | where reached(D) and open in (true)",
      "customers | (where (and (reached() D) (in open {true!})))"
    ),
    // Patterns are taken as written.
    ("x matches \"a\\n\\d\\\\\"", "(matches x /a\\n\\d\\\\/)"),
    ("x matches 'it\\'s \\\"'", "(matches x /it's \"/)"),
    ("row 3", "(one row 3)"),
    // English and Chinese mixed.
    (
      "客户 | where 城市 = \"深圳\" 且 tier = \"V1\" | 排序 收入 desc | take 20",
      "客户 | (where (and (= 城市 \"深圳\") (= tier \"V1\"))) | (sort 收入↓) | (take 20)"
    ),
    ("CUSTOMERS | Where a AND b | Take 3", "CUSTOMERS | (where (and a b)) | (take 3)"),
  ])
  func readings(_ text: String, _ expected: String) {
    if expected.hasPrefix("<error ") {
      let code = expected.dropFirst(7).dropLast()
      #expect(parse(SourceText(text)).diagnostics.map(\.code) == [String(code)])
    } else {
      #expect(sketch(text) == expected)
    }
  }

  @Test(arguments: [
    ("customers\n| take 3", "customers | (take 3)"),
    ("customers |\ntake 3", "customers | (take 3)"),
    ("customers # all\n\n  # then\n| take 3 # few", "customers | (take 3)"),
    ("customers | where a\nand b\nor c", "customers | (where (or (and a b) c))"),
    ("customers | where a =\n3", "customers | (where (= a 3))"),
    ("customers | where a\n= 3", "customers | (where (= a 3))"),
    ("customers | where a\nin (1,\n2)", "customers | (where (in a {1, 2}))"),
    ("customers | where a\nis empty", "customers | (where (empty a))"),
    ("customers | where a\nbetween 1 and 2", "customers | (where (between a 1 2))"),
    ("customers | select a\n, b", "customers | (select a, b)"),
    ("customers | select a,\nb", "customers | (select a, b)"),
    ("customers | count\nby city", "customers | (count by city)"),
    ("customers | take 3\nper city", "customers | (take 3 per city)"),
    ("客户 | 计数\n按 城市", "客户 | (count by 城市)"),
    ("customers | funnel C\n-> D", "customers | (funnel C -> D)"),
    ("let x =\ncustomers", "(let x customers)"),
    (
      "customers | where any(\nopportunities\nwhere open\n)",
      "customers | (where (any() opportunities {where open}))"
    ),
    ("[1,\n2\n]", "[1 2]"),
    ("a\n+ b\n- c", "(- (+ a b) c)"),
    ("a\nb", "a ; b"), ("a; b;; c;", "a ; b ; c"), ("a\n(b)", "a ; (group b)"),
    ("a\n[1]", "a ; [1]"), ("a\n!b", "a ; (not b)"),
    ("customers | sort a\ndesc", "customers | (sort a↑) ; desc"),
    ("if a { b }\nelse { c }", "(if a {b} {c})"),
    ("if a\n{\nb\n}", "(if a {b})"),
    ("for m in x { a\nb }\nc", "(for m x {a ; b}) ; c"),
    ("as of today\n| customers", "(as-of today!) | customers"),
  ])
  func lineEnds(_ text: String, _ expected: String) { #expect(sketch(text) == expected) }
}

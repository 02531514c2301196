import KithBase
import KithLanguage
import Testing

/// How expressions are read. Every expected tree is written by hand from the grammar's precedence
/// table, loosest first: or, and, not, tests, `??`, `+ -`, `* / %`, unary minus, paths and calls.
@Suite struct LanguageExpressionTests {
  @Test(arguments: [
    ("a or b and c", "(or a (and b c))"),
    ("a and b or c", "(or (and a b) c)"),
    ("a or b or c", "(or (or a b) c)"),
    ("a || b && c", "(or a (and b c))"),
    ("甲 或 乙 且 丙", "(or 甲 (and 乙 丙))"),
    ("甲 或者 乙 并且 丙", "(or 甲 (and 乙 丙))"),
    ("not a = b", "(not (= a b))"),
    ("not a and b", "(and (not a) b)"),
    ("!a or !!b", "(or (not a) (not (not b)))"),
    ("非 a = b", "(not (= a b))"),
    ("a + b * c - d", "(- (+ a (* b c)) d)"),
    ("a - b - c", "(- (- a b) c)"),
    ("a / b % c", "(% (/ a b) c)"),
    ("-a * b", "(* (- a) b)"),
    ("a - -b", "(- a (- b))"),
    ("-a.b", "(- (. a b))"),
    ("(a + b) * c", "(* (group (+ a b)) c)"),
    ("a = b + 1", "(= a (+ b 1))"),
    ("a == b", "(= a b)"),
    ("a <> b", "(!= a b)"),
    ("a ≠ b", "(!= a b)"),
    ("a ≥ 1 and b ≤ 2", "(and (>= a 1) (<= b 2))"),
    ("a × b ÷ c − d", "(- (/ (* a b) c) d)"),
    ("a ?? b ?? 0", "(?? (?? a b) 0)"),
    ("a ?? 0 > 3", "(> (?? a 0) 3)"),
    ("(a + b) ?? 0", "(?? (group (+ a b)) 0)"),
    ("-a ?? -b", "(?? (- a) (- b))"),
    ("1 <= a < 5", "(<=< 1 a 5)"),
    ("5 >= a > 1", "(>=> 5 a 1)"),
    ("10万 <= amount < 50万", "(<=< 100000 amount 500000)"),
  ])
  func operators(_ text: String, _ expected: String) {
    #expect(conditionSketch(text) == expected)
  }

  @Test(arguments: [
    ("name ~ \"a\" and name !~ \"b\"", "(and (~ name \"a\") (!~ name \"b\"))"),
    ("name starts with \"a\"", "(starts with name \"a\")"),
    ("name not ends with \"a\"", "(not ends with name \"a\")"),
    ("not name ends with \"a\"", "(not (ends with name \"a\"))"),
    ("x is empty and y is not empty", "(and (empty x) (filled y))"),
    ("x 为空 且 y 非空 且 z 不为空", "(and (and (empty x) (filled y)) (filled z))"),
    ("x between 1 and 2 and y", "(and (between x 1 2) y)"),
    ("x not between 1 and 2", "(not-between x 1 2)"),
    ("x 介于 1 与 2 且 y", "(and (between x 1 2) y)"),
    ("x in (1, 2)", "(in x {1, 2})"),
    ("x not in (1)", "(not-in x {1})"),
    ("x 不在 (1) 且 y 不属于 hot", "(and (not-in x {1}) (not-in y hot))"),
    ("x in hot and y", "(and (in x hot) y)"),
    ("x in [1, 2]", "(in x [1 2])"),
    ("x in list \"a\"", "(in x (one list \"a\"))"),
    ("x in (opportunities | where won)", "(in x {opportunities | (where won)})"),
    ("x in last 60 days", "(in x (span -1 60:day))"),
    ("x matches \"^\\d+\\\"$\"", "(matches x /^\\d+\"$/)"),
    ("x not matches 'a\\.b'", "(not-matches x /a\\.b/)"),
    ("x 匹配 \"a\"", "(matches x /a/)"),
    ("等级 等于 V1 且 收入 不小于 10万", "(and (= 等级 V1) (>= 收入 100000))"),
    ("x 不等于 1 或 x 大于 2 或 x 小于 0", "(or (or (!= x 1) (> x 2)) (< x 0))"),
    (
      "x 不大于 1 且 名称 包含 \"a\" 且 名称 不包含 \"b\"",
      "(and (and (<= x 1) (~ 名称 \"a\")) (!~ 名称 \"b\"))"
    ),
    (
      "名称 开头为 \"a\" 或 名称 结尾为 \"b\"",
      "(or (starts with 名称 \"a\") (ends with 名称 \"b\"))"
    ),
  ])
  func tests(_ text: String, _ expected: String) {
    #expect(conditionSketch(text) == expected)
  }

  @Test(arguments: [
    ("true and false", "(and true! false!)"),
    ("真 且 假", "(and true! false!)"),
    ("x ?? empty", "(?? x empty!)"),
    ("`省/自治区` = $city", "(= `省/自治区` $city)"),
    ("`a``b`", "`a`b`"),
    ("customer.owner.team.name = 1", "(= (. (. (. customer owner) team) name) 1)"),
    ("o.reached(C)", "(. o reached C)"),
    ("customer 447 = referrer", "(= (one customer 447) referrer)"),
    ("owner = customer \"华强电子\"", "(= owner (one customer \"华强电子\"))"),
    ("referrer = 行 3", "(= referrer (one row 3))"),
    ("case when a then 1 when b then 2 else 3 end > 2", "(> (case a 1 b 2 else 3) 2)"),
    ("分支 当 a 则 1 完 > 2", "(> (case a 1) 2)"),
    ("if(a, 1, 2) > 1", "(> (if() a 1 2) 1)"),
    ("f\"{a + 1} of {{b}}\" = x", "(= (f (+ a 1) \" of {b}\") x)"),
    ("f“{name}、{'x'}” = y", "(= (f name \"、\" \"x\") y)"),
    ("x = 「a\"b」", "(= x \"a\"b\")"),
    ("x = \"a\\n\\t\\\"\\\\\\u{4E2D}\"", "(= x \"a\n\t\"\\中\")"),
    ("[1, 2] = []", "(= [1 2] [])"),
  ])
  func operands(_ text: String, _ expected: String) {
    #expect(conditionSketch(text) == expected)
  }

  @Test(arguments: [
    ("count()", "(count())"),
    ("count(*)", "(count())"),
    ("计数(*)", "(计数())"),
    ("sum(*)", "(sum() *)"),
    (
      "count(opportunities where open and amount > 50万)",
      "(count() opportunities {where (and open (> amount 500000))})"
    ),
    ("count(where won)", "(count() {where won})"),
    (
      "last(opportunities.stage sort created)",
      "(last() (. opportunities stage) {sort created↑})"
    ),
    ("rank(amount desc per city)", "(rank() amount↓ {per city})"),
    ("rank(amount asc)", "(rank() amount↑)"),
    (
      "running(amount sort closed, id desc per owner, city)",
      "(running() amount {sort closed↑ id↓} {per owner, city})"
    ),
    ("sum(amount per all)", "(sum() amount {per all})"),
    ("合计(金额 每 全部)", "(合计() 金额 {per all})"),
    (
      "sum(amount where won per m = month(closed))",
      "(sum() amount {where won} {per m=(month() closed)})"
    ),
    ("percentile(x, 90)", "(percentile() x 90)"),
    (
      "rate(reached(won, within: 30 days) where x)",
      "(rate() (reached() won within:30:day) {where x})"
    ),
    ("count(opportunities as o where o.won)", "(count() opportunities as o {where (. o won)})"),
    ("count(customers | where a | take 3)", "(count() customers | (where a) | (take 3))"),
  ])
  func calls(_ text: String, _ expected: String) {
    #expect(conditionSketch(text + " > 0") == "(> \(expected) 0)")
  }

  @Test(arguments: [
    ("today", "today!"), ("昨天", "yesterday!"), ("tomorrow", "tomorrow!"), ("现在", "now!"),
    ("this week", "week[0]"), ("last month", "month[-1]"), ("next quarter", "quarter[1]"),
    ("本周", "week[0]"), ("上个月", "month[-1]"), ("明年", "year[1]"), ("下季", "quarter[1]"),
    ("month to date", "month-to-date"), ("本年至今", "year-to-date"),
    ("last 30 days", "(span -1 30:day)"), ("next 2w", "(span 1 2:week)"),
    ("近30天", "(span -1 30:day)"), ("近 30 天", "(span -1 30:day)"),
    ("近30 天", "(span -1 30:day)"), ("最近3个月", "(span -1 3:month)"),
    ("近3月", "(span -1 3:month)"), ("近 3月", "(span -1 3:month)"),
    ("近 3 季度", "(span -1 3:quarter)"), ("过去一年", "(span -1 1:year)"),
    ("未来两周", "(span 1 2:week)"), ("近半年", "(span -1 6:month)"),
    ("last d", "(span -1 d)"), ("next $n", "(span 1 $n)"), ("近 d", "(span -1 d)"),
    ("last `d e`", "(span -1 `d e`)"),
    ("last monday", "(weekday 0 -1)"), ("下个周日", "(weekday 6 1)"),
    ("friday next week", "(weekday-of-week 4 1)"), ("上周三", "(weekday-of-week 2 -1)"),
    ("30 days ago", "(ago 30:day)"), ("4h ago", "(ago 4:hour)"),
    ("2 weeks from now", "(from-now 2:week)"), ("三天前", "(ago 3:day)"),
    ("3 天前", "(ago 3:day)"), ("3 天 前", "(ago 3:day)"), ("2个月后", "(from-now 2:month)"),
  ])
  func dateWords(_ text: String, _ expected: String) {
    #expect(conditionSketch("x = " + text) == "(= x \(expected))")
  }
}

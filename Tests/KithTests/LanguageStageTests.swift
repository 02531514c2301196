import KithBase
import KithLanguage
import Testing

/// Every production of the grammar's statements and stages, in English and in Chinese. Trees are
/// written by hand.
@Suite struct LanguageStageTests {
  @Test(arguments: [
    ("where a", "其中 a", "(where a)"),
    ("filter a", "筛选 a", "(where a)"),
    ("extend x = a + 1, b", "增列 x = a + 1, b", "(extend x=(+ a 1), b)"),
    ("derive x = a", "增列 a 作为 x", "(extend x=a)"),
    ("select *, a as b, c", "选择 *, a 作为 b, c", "(select *, b=a, c)"),
    ("project a", "显示 a", "(select a)"),
    ("drop a, b", "去掉 a, b", "(drop a b)"),
    ("rename new = old, x = y", "改名 new = old, x = y", "(rename new=old x=y)"),
    ("sort a desc, b asc, c", "排序 a 降序, b 升序, c", "(sort a↓ b↑ c↑)"),
    ("sort by a", "排序 按 a", "(sort a↑)"),
    ("order by a desc", "排序 a 倒序", "(sort a↓)"),
    ("reverse", "反转", "(reverse)"),
    ("take 20", "取20", "(take 20)"),
    ("limit 20", "取 20", "(take 20)"),
    ("head 3 per city, tier", "取3 每 city, tier", "(take 3 per city, tier)"),
    ("take 10% per all", "取 10% 每 全部", "(take 10e-2% per all)"),
    ("skip 5", "跳过5", "(skip 5)"),
    ("sample 20 seed 7", "抽样20 种子 7", "(sample 20 seed 7)"),
    ("sample 20", "抽样 20", "(sample 20)"),
    ("top 3 by revenue per city", "前3 按 revenue 每 city", "(top 3 by revenue↓ per city)"),
    (
      "top 3 per city by revenue asc", "前 3 每 city 按 revenue 升序",
      "(top 3 by revenue↑ per city)"
    ),
    (
      "until 80% of revenue per city", "直到 80% 的 revenue 每 city",
      "(until 80e-2% of revenue per city)"
    ),
    ("distinct", "去重", "(distinct)"),
    ("distinct owner, city", "去重 owner, city", "(distinct owner, city)"),
    ("count", "计数", "(count)"),
    (
      "count by city, m = month(x) fill", "计数 按 city, m = month(x) 补零",
      "(count by city, m=(month() x) fill)"
    ),
    (
      "summarize n = count(), sum(amount) by owner.team",
      "汇总 n = count(), sum(amount) 按 owner.team",
      "(summarize n=(count()), (sum() amount) by (. owner team))"
    ),
    (
      "group by city, tier: count() fill", "分组 按 city, tier: count() 补零",
      "(summarize (count()) by city, tier fill)"
    ),
    ("group city: count()", "分组 city： count()", "(summarize (count()) by city)"),
    (
      "pivot city in (\"a\", \"b\"): sum(x) by tier", "透视 city 在 (“a”, “b”): sum(x) 按 tier",
      "(pivot city in {\"a\", \"b\"} : (sum() x) by tier)"
    ),
    (
      "pivot m = month(created): count()", "透视 m = month(created)：count()",
      "(pivot m=(month() created) : (count()))"
    ),
    (
      "join orders on id = orders.customer", "连接 orders 依 id = orders.customer",
      "(join inner orders on id=(. orders customer))"
    ),
    (
      "join left (orders | where a) as o on x, y = o.z",
      "连接 左 (orders | 其中 a) 作为 o 依 x, y = o.z",
      "(join left <orders | (where a)> as o on x, y=(. o z))"
    ),
    (
      "join semi list \"x\" on id", "连接 半 清单 \"x\" 依 id",
      "(join semi (one list \"x\") on id)"
    ),
    ("join anti hot(3) on id", "连接 反 hot(3) 依 id", "(join anti (hot() 3) on id)"),
    ("join full t on id", "连接 全 t 依 id", "(join full t on id)"),
    ("union hot", "并上 hot", "(union hot)"),
    ("except (customers | take 3)", "除去 (customers | 取3)", "(except <customers | (take 3)>)"),
    ("intersect list \"a\"", "交集 清单 \"a\"", "(intersect (one list \"a\"))"),
    ("expand opportunities as o", "展开 opportunities 作为 o", "(expand opportunities as o)"),
    ("expand outer a.b", "展开 保留 a.b", "(expand outer (. a b))"),
    ("describe", "概况", "(describe)"),
    ("histogram amount by 10万", "分布 amount 按 10万", "(histogram amount by 100000)"),
    ("histogram created by month", "分布 created 按 月", "(histogram created by month!)"),
    (
      "histogram closed - created by 14 days", "分布 closed - created 按 14天",
      "(histogram (- closed created) by 14:day)"
    ),
    ("histogram at by hour", "分布 at 按 小时", "(histogram at by 1:hour)"),
    ("histogram amount", "分布 amount", "(histogram amount)"),
    ("duplicates by name, city", "查重 按 name, city", "(duplicates name, city)"),
    ("compare to previous", "对比上期", "(compare previous)"),
    ("compare to last year", "对比去年", "(compare lastYear)"),
    ("downstream", "下游", "(downstream)"),
    ("downstream within 3 levels", "下线 3层内", "(downstream 3)"),
    ("upstream within $n levels", "上线 限 $n 层", "(upstream $n)"),
    ("chain", "推荐链", "(chain)"), ("roots", "源头", "(roots)"),
    ("circles", "圈子", "(circles)"), ("loops", "环路", "(loops)"), ("tree", "推荐树", "(tree)"),
    ("rollup n = count(), sum(x)", "归总 n = count(), sum(x)", "(rollup n=(count()), (sum() x))"),
    (
      "cohort by month(a) of b.c where d for 6 months", "同期群 按 month(a) 的 b.c 其中 d 共 6个月",
      "(cohort (month() a) of (. b c) where d for 6:month)"
    ),
    (
      "cohort by m = month(a) for 6 months of b", "同期群 按 m = month(a) 共 6个月 的 b",
      "(cohort m=(month() a) of b for 6:month)"
    ),
    ("forecast", "预测", "(forecast)"),
    (
      "forecast by month(x) target 500万", "预测 目标 500万 按 month(x)",
      "(forecast (month() x) target 5000000)"
    ),
    ("export \"a.csv\"", "导出 \"a.csv\"", "(export \"a.csv\")"),
    ("export f\"{x}.csv\"", "导出 f“{x}.csv”", "(export (f x \".csv\"))"),
    ("chart bar city, sum", "图表 bar city, sum", "(chart bar city, sum)"),
    ("chart funnel", "图表 funnel", "(chart funnel)"),
    ("save list \"x\"", "存清单 \"x\"", "(save-list \"x\")"),
    ("quiet(90 days)", "quiet(90天)", "(call quiet 90:day)"),
    ("quiet", "quiet", "(call quiet)"),
  ])
  func stages(_ english: String, _ chinese: String, _ expected: String) {
    #expect(stageSketch(english) == expected)
    #expect(stageSketch(chinese) == expected)
  }

  @Test(arguments: [
    ("funnel", "漏斗", "(funnel)"),
    ("funnel \"main\"", "漏斗 \"main\"", "(funnel \"main\")"),
    (
      "funnel within 90 days by city, tier", "漏斗 90天内 按 city, tier",
      "(funnel {within 90:day} {by city, tier})"
    ),
    ("funnel within 90 days", "漏斗 90 天内", "(funnel {within 90:day})"),
    ("funnel within 90 days", "漏斗 限 90天", "(funnel {within 90:day})"),
    ("funnel snapshot", "漏斗 快照", "(funnel snapshot)"),
    (
      "funnel snapshot at 2026-09-30 by city", "漏斗 快照 于 2026-09-30 按 city",
      "(funnel snapshot 2026-09-30 {by city})"
    ),
    ("funnel flow in last month", "漏斗 流量 在 上月", "(funnel flow month[-1])"),
    (
      "funnel C -> optional D as d -> E within 14 days", "漏斗 C → 可选 D 作为 d -> E 14天内",
      "(funnel C -> ?D as d -> E {within 14:day})"
    ),
    (
      "funnel kind = a -> kind = b per customer without kind = c",
      "漏斗 kind = a -> kind = b 每 customer 排除 kind = c",
      "(funnel (= kind a) -> (= kind b) {per customer} {without (= kind c)})"
    ),
    (
      "funnel step D within 14 days step \"E\" within 3 days step 2 within d",
      "漏斗 步骤 D 14天内 步骤 \"E\" 限 3天 步骤 2 限 d",
      "(funnel {step D within 14:day} {step \"E\" within 3:day} {step #2 within d})"
    ),
    ("funnel ordered best entry", "漏斗 有序 最佳进入", "(funnel {ordered} {best entry})"),
    ("funnel strict first entry", "漏斗 严格 首次进入", "(funnel {strict} {first entry})"),
    ("funnel any order each entry", "漏斗 任意顺序 每次进入", "(funnel {any order} {each entry})"),
    (
      "funnel without lost exclude entirely counting only real visits",
      "漏斗 排除 lost 整体排除 只计实到",
      "(funnel {without lost} {exclude entirely} {real visits})"
    ),
    (
      "match stages C -> B -> C step 3 within 30 days", "匹配阶段 C -> B -> C 步骤 3 限 30天",
      "(match C -> B -> C {step #3 within 30:day})"
    ),
    ("funnel | reached D", "漏斗 | 到达 D", "(funnel) | (reached D)"),
    ("funnel | dropped after \"C\"", "漏斗 | 止步 \"C\"", "(funnel) | (dropped-after \"C\")"),
    ("funnel | lost from 2", "漏斗 | 丢于 2", "(funnel) | (lost-from #2)"),
    (
      "funnel | where city = x | open in C", "漏斗 | 其中 city = x | 停在 C",
      "(funnel) | (where (= city x)) | (open-in C)"
    ),
  ])
  func funnels(_ english: String, _ chinese: String, _ expected: String) {
    #expect(stageSketch(english) == expected)
    #expect(stageSketch(chinese) == expected)
  }

  @Test(arguments: [
    (
      "let hot = customers | where a", "令 hot = customers | 其中 a",
      "(let hot customers | (where a))"
    ),
    ("let n = count(hot) + 1", "令 n = count(hot) + 1", "(let n (+ (count() hot) 1))"),
    (
      "def margin(o) = o.a / o.b", "定义 margin(o) = o.a / o.b",
      "(def margin [o] (/ (. o a) (. o b)))"
    ),
    (
      "def q(rows, d: duration = 60 days) = rows | where x",
      "定义 q(rows, d: duration = 60天) = rows | 其中 x",
      "(def q [rows d:duration=60:day] rows | (where x))"
    ),
    ("def one() = 1", "定义 one() = 1", "(def one [] 1)"),
    ("param city: text", "参数 city: text", "(param city text)"),
    (
      "param city: text = \"深圳\", \"城市\"", "参数 city：text ＝ “深圳”，“城市”",
      "(param city text \"深圳\" 城市)"
    ),
    (
      "list \"hot\" = customers | take 3", "清单 \"hot\" = customers | 取3",
      "(list \"hot\" customers | (take 3))"
    ),
    (
      "for m in members { print m }", "遍历 m 在 members { 打印 m }",
      "(for m members {(print m)})"
    ),
    (
      "for m in (members | take 3) { }", "遍历 m 在 (members | 取3) { }",
      "(for m <members | (take 3)> {})"
    ),
    (
      "for m in members | take 3 { a; b }", "遍历 m 在 members | 取3 { a; b }",
      "(for m members | (take 3) {a ; b})"
    ),
    (
      "if a > 1 { b } else if c { d } else { e }", "如果 a > 1 { b } 否则 如果 c { d } 否则 { e }",
      "(if (> a 1) {b} c {d} {e})"
    ),
    ("if a { b }", "如果 a { b }", "(if a {b})"),
    ("print f\"{n} deals\"", "打印 f\"{n} deals\"", "(print (f n \" deals\"))"),
    (
      "assert count(hot) < 500, \"too many\"", "断言 count(hot) < 500, \"too many\"",
      "(assert (< (count() hot) 500) \"too many\")"
    ),
    ("import \"a.kith\"", "引入 \"a.kith\"", "(import \"a.kith\")"),
    ("explain customers | take 3", "解释 customers | 取3", "(explain customers | (take 3))"),
    ("set as_of = 2026-09-30", "设置 as_of = 2026-09-30", "(set as_of 2026-09-30)"),
    ("why 1203", "为何 1203", "(why 1203)"),
    (
      "why customer 3 in hot | take 3", "为什么 customer 3 在 hot | 取3",
      "(why (one customer 3) hot | (take 3))"
    ),
    (
      "path from customer 2 to customer 447", "路径 从 customer 2 到 customer 447",
      "(path (one customer 2) (one customer 447))"
    ),
    ("customers as c | take 3", "customers 作为 c | 取3", "customers as c | (take 3)"),
    (
      "list \"x\" since last monday", "清单 \"x\" 自 上个周一",
      "(since (one list \"x\") (weekday 0 -1))"
    ),
    ("read \"f.csv\" | take 3", "读取 \"f.csv\" | 取3", "(one read \"f.csv\") | (take 3)"),
    ("sql \"select 1\"", "sql \"select 1\"", "(one sql \"select 1\")"),
    (
      "as of 2026-09-30 | customers", "截至 2026-09-30 | customers",
      "(as-of 2026-09-30) | customers"
    ),
    (
      "as of each month in last 6 months | x | count", "截至 每个 月 在 近6个月 | x | 计数",
      "(as-of-each month (span -1 6:month)) | x | (count)"
    ),
    (
      "[{name: \"a\", n: 1}, {n: 2}] | sort n", "[{name: \"a\", n: 1}, {n: 2}] | 排序 n",
      "[{name:\"a\" n:1} {n:2}] | (sort n↑)"
    ),
    ("1 + 1", "1 + 1", "(+ 1 1)"),
  ])
  func statements(_ english: String, _ chinese: String, _ expected: String) {
    #expect(sketch(english) == expected)
    #expect(sketch(chinese) == expected)
  }
}

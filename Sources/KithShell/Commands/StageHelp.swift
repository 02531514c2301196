/// The stages and statements as help shows them: a row each.
package struct StageHelp: Sendable {
  /// As typed in English.
  package var verb: String
  /// As typed in Chinese.
  package var zh: String
  /// What it does, in a phrase.
  package var summary: String
  /// Kith, a statement a line; after three blanks a remark.
  package var example: String

  init(_ verb: String, _ zh: String, _ summary: String, _ example: String) {
    self.verb = verb
    self.zh = zh
    self.summary = summary
    self.example = example
  }

  /// The stages, in the order of the language page.
  package static let all: [StageHelp] = [
    StageHelp(
      "where", "其中", "keeps the rows where the condition holds", "customers | where city = \"深圳\""),
    StageHelp(
      "extend", "增列", "adds or replaces columns", "opportunities | extend fee = amount * 10%"),
    StageHelp(
      "select", "选择", "chooses what is shown; * is everything",
      "customers | select name, owner.name as seller"),
    StageHelp("drop", "去掉", "takes columns out of what is shown", "customers | drop class"),
    StageHelp(
      "rename", "改名", "gives a shown column another name", "customers | rename income = revenue"),
    StageHelp("sort", "排序", "orders rows; empties last", "customers | sort revenue desc"),
    StageHelp("reverse", "反转", "turns the order round", "customers | reverse"),
    StageHelp(
      "take", "取", "the first N rows, or N% of them, of each group with per",
      "customers | take 3 per city"),
    StageHelp("skip", "跳过", "leaves the first N rows out", "customers | skip 10"),
    StageHelp(
      "sample", "抽样", "N rows by chance, the same for the same seed", "customers | sample 5 seed 7"),
    StageHelp(
      "top", "前", "the N largest, of each group with per; asc for the smallest",
      "customers | top 3 by revenue per city"),
    StageHelp(
      "until", "直到", "rows in order until they make up a share",
      "customers | sort revenue desc | until 80% of revenue"),
    StageHelp("distinct", "去重", "each once", "opportunities | distinct owner"),
    StageHelp("count", "计数", "how many, by group", "customers | count by city"),
    StageHelp(
      "summarize", "汇总", "aggregates, by group; fill adds missing periods",
      "opportunities | summarize sum(amount), count(where won) by owner"),
    StageHelp(
      "pivot", "透视", "values of a column become columns", "customers | pivot class: count() by city"
    ),
    StageHelp(
      "join", "连接", "brings other rows in by a key",
      "customers as c | join (opportunities | count by customer) as o on c = o.customer"),
    StageHelp(
      "union", "并上", "rows of both",
      "customers | where city = \"深圳\" | union (customers | where city = \"广州\")"),
    StageHelp(
      "except", "除去", "rows that are not in the other",
      "customers | except (customers | where any(opportunities))"),
    StageHelp(
      "intersect", "交集", "rows that are in both",
      "customers | intersect (customers | where any(purchases))"),
    StageHelp("expand", "展开", "a row for each child", "customers | expand opportunities as o"),
    StageHelp(
      "describe", "概况", "each column's type, filling, extremes and commonest values",
      "customers | describe"),
    StageHelp("histogram", "分布", "counts by bucket", "opportunities | histogram amount by 10万"),
    StageHelp(
      "duplicates by", "查重", "groups of rows that are likely the same",
      "customers | duplicates by name, city"),
    StageHelp(
      "compare to previous", "对比上期", "beside it the same for the period before",
      "customers | where created in last month | count by city | compare to previous"),
    StageHelp(
      "matrix", "矩阵", "customers by letter and level: vpc, ndf or rad", "customers | matrix vpc"),
    StageHelp(
      "cell", "格", "after matrix: the customers behind a number",
      "customers | matrix vpc | cell V1"),
    StageHelp(
      "warnings", "预警", "the early warnings that hold, a row for each object and rule",
      "customers | warnings | where severity = 3 and handled is empty"),
    StageHelp(
      "funnel", "漏斗", "who reached each stage, who was lost, who is open",
      "opportunities | where created in 2026-Q3 | funnel"),
    StageHelp(
      "funnel snapshot", "漏斗 快照", "who stands open in each stage, now or at the end of a day",
      "opportunities | funnel snapshot at 2026-09-30"),
    StageHelp(
      "funnel flow", "漏斗 流量", "who entered, went on and was lost within a period",
      "opportunities | funnel flow in last month"),
    StageHelp(
      "reached", "到达", "after funnel: the deals behind a number",
      "opportunities | funnel | reached D"),
    StageHelp(
      "match stages", "匹配阶段", "deals whose moves hold a sequence, with its beginning and end",
      "opportunities | match stages C -> B -> C step 3 within 30 days"),
    StageHelp(
      "forecast", "预测", "what the open deals may bring in, with the chance of a target",
      "opportunities | forecast by month(expected_close) target 500万"),
    StageHelp(
      "cohort by", "同期群 按", "which share of each cohort comes back in later months",
      "customers | cohort by month(first_purchase) of purchases.ordered for 6 months"),
    StageHelp(
      "downstream", "下游", "everyone below in the referral tree, with the level",
      "customer 2 | downstream within 3 levels"),
    StageHelp("upstream", "上游", "who referred, up to the root", "customer 447 | upstream"),
    StageHelp("chain", "推荐链", "from the root down to the row", "customer 447 | chain"),
    StageHelp("tree", "推荐树", "the referral tree, drawn", "customer 1 | tree"),
    StageHelp("roots", "源头", "those nobody referred", "customers | roots"),
    StageHelp("loops", "环路", "closed circles of referrals", "customers | loops"),
    StageHelp(
      "circles", "圈子", "groups connected by referrals", "customers | circles | count by circle"),
    StageHelp(
      "rollup", "归总", "aggregates over everyone downstream",
      "customers | roots | rollup people = count()"),
    StageHelp(
      "export", "导出", "writes the result into a file", "customers | export \"customers.csv\""),
  ]
}

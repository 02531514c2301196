/// Examples of errors in stages and statements, and of warnings: K22 to K27.
enum ErrorExamplesStages {
  static let all: [ErrorHelp] = [
    ErrorHelp(
      "K2201", "a number of a funnel opens only after funnel", "漏斗之后才能打开它的数",
      bad: "opportunities | lost from A", "商机 | 丢于 A",
      good: "opportunities | funnel | lost from A", "商机 | 漏斗 | 丢于 A"),
    ErrorHelp(
      "K2202", "export, chart and save list end a statement", "“导出”等只能在语句末尾",
      bad: "let a = customers | export \"a.csv\"", "令 甲 = 客户 | 导出 \"a.csv\"",
      good: "let a = customers\na | export \"a.csv\"", "令 甲 = 客户\n甲 | 导出 \"a.csv\""),
    ErrorHelp(
      "K2203", "an aggregate is no stage", "聚合不是步骤",
      bad: "opportunities | sum(amount)", "商机 | 合计(金额)",
      good: "opportunities | summarize sum(amount)", "商机 | 汇总 合计(金额)"),
    ErrorHelp(
      "K2204", "a def is a stage if its first parameter is rows", "首个参数是 rows 的定义才是步骤",
      bad: "def twice(x) = x * 2\ncustomers | twice", "定义 两倍(x) = x * 2\n客户 | 两倍",
      good: "def some(rows) = rows | where revenue > 0\ncustomers | some",
      "定义 有收入(rows) = rows | 其中 收入 > 0\n客户 | 有收入"),
    ErrorHelp(
      "K2205", "a whole number from 0, or a share from 0% to 100%", "要写不小于 0 的整数，或 0% 到 100%",
      bad: "customers | take -1", "客户 | 取 -1", good: "customers | take 10%", "客户 | 取 10%"),
    ErrorHelp(
      "K2206", "two columns have one name", "两列同名",
      bad: "opportunities | select x = name, x = amount", "商机 | 选择 甲 = 名称, 甲 = 金额",
      good: "opportunities | select x = name, y = amount", "商机 | 选择 甲 = 名称, 乙 = 金额"),
    ErrorHelp(
      "K2207", "a list is no key", "列表不能作分组键",
      bad: "customers | count by l = list(contacts.name)", "客户 | 计数 按 甲 = 列出(联系人.姓名)",
      good: "customers | count by n = count(contacts)", "客户 | 计数 按 甲 = 计数(联系人)"),
    ErrorHelp(
      "K2210", "a set operation joins rows of one kind", "集合运算的两边要同类",
      bad: "customers | union members", "客户 | 并上 成员",
      good: "customers | union (customers | where tier = V1)", "客户 | 并上 (客户 | 其中 等级 = V1)"),
    ErrorHelp(
      "K2211", "the columns of a union agree", "并上的两边列名一致",
      bad: "[{a: 1}] | union ([{b: 1}])", "[{甲: 1}] | 并上 ([{乙: 1}])",
      good: "[{a: 1}] | union ([{a: 2}])", "[{甲: 1}] | 并上 ([{甲: 2}])"),
    ErrorHelp(
      "K2212", "expand takes a path to many", "“展开”后写一对多的路径",
      bad: "customers | expand name", "客户 | 展开 名称",
      good: "customers | expand opportunities", "客户 | 展开 商机"),
    ErrorHelp(
      "K2213", "a calendar width fits dates", "日历宽度只用于日期",
      bad: "opportunities | histogram amount by month", "商机 | 分布 金额 按 月",
      good: "opportunities | histogram created by month", "商机 | 分布 创建时间 按 月"),
    ErrorHelp(
      "K2214", "compare needs figures", "对比前要有数字",
      bad: "customers | where created in last month | compare to previous",
      "客户 | 其中 创建时间 在 上月 | 对比上期",
      good: "customers | where created in last month | count | compare to previous",
      "客户 | 其中 创建时间 在 上月 | 计数 | 对比上期"),
    ErrorHelp(
      "K2215", "compare goes back by the period a where asks for", "对比要有按时段的筛选",
      bad: "customers | count | compare to previous", "客户 | 计数 | 对比上期",
      good: "customers | where created in last month | count | compare to previous",
      "客户 | 其中 创建时间 在 上月 | 计数 | 对比上期"),
    ErrorHelp(
      "K2216", "the referral tree is walked from customers or referrers", "推荐关系从客户或推荐人走起",
      bad: "opportunities | downstream", "商机 | 下游",
      good: "customers | downstream", "客户 | 下游"),
    ErrorHelp(
      "K2217", "a stage funnel runs over opportunities", "阶段漏斗用于商机",
      bad: "members | funnel", "成员 | 漏斗", good: "opportunities | funnel", "商机 | 漏斗"),
    ErrorHelp(
      "K2218", "no funnel has this name", "没有这个漏斗",
      bad: "opportunities | funnel \"nope\"", "商机 | 漏斗 \"无此\"",
      good: "opportunities | funnel", "商机 | 漏斗"),
    ErrorHelp(
      "K2219", "the funnel has no such step", "漏斗没有这一步",
      bad: "opportunities | funnel A -> B | lost from D", "商机 | 漏斗 A -> B | 丢于 D",
      good: "opportunities | funnel A -> B | lost from A", "商机 | 漏斗 A -> B | 丢于 A"),
    ErrorHelp(
      "K2305", "only as_of is set in a text", "文中只能设置 as_of",
      bad: "set zone = 3", "设置 时区 = 3",
      good: "set as_of = 2026-01-01", "设置 as_of = 2026-01-01"),
    ErrorHelp(
      "K2306", "a name is defined once", "一个名字只定义一次",
      bad: "let a = 1\nlet a = 2", "令 甲 = 1\n令 甲 = 2",
      good: "let a = 1\nlet b = 2", "令 甲 = 1\n令 乙 = 2"),
    ErrorHelp(
      "K2307", "a parameter has a type", "参数要有类型",
      bad: "param n: whole = 1", "参数 n: 整 = 1", good: "param n: int = 1", "参数 n: 整数 = 1"),
    ErrorHelp(
      "K2308", "a parameter has a default or is given with --set", "参数要有默认值，或用 --set 给出",
      bad: "param city: text\nprint $city", "参数 城市: 文本\n打印 $城市",
      good: "param city: text = \"深圳\"\nprint $city", "参数 城市: 文本 = \"深圳\"\n打印 $城市"),
    ErrorHelp(
      "K2701", "a percent is a ratio: 50% is 0.5", "百分比是比值：50% 即 0.5",
      bad: "customers | where wallet_share > 50", "客户 | 其中 拥有率 > 50",
      good: "customers | where wallet_share > 50%", "客户 | 其中 拥有率 > 50%"),
    ErrorHelp(
      "K2702", "an average of percents weighs each row alike", "百分比的平均不加权",
      bad: "customers | summarize avg(wallet_share)", "客户 | 汇总 平均(拥有率)",
      good: "customers | summarize median(wallet_share)", "客户 | 汇总 中位数(拥有率)"),
    ErrorHelp(
      "K2703", "a condition looks at the rows", "条件要看行",
      bad: "customers | where 1 = 1", "客户 | 其中 1 = 1", good: "customers", "客户"),
    ErrorHelp(
      "K2704", "at the head of an item = names a column", "项首的 = 是起列名",
      bad: "customers | select city = \"深圳\"", "客户 | 选择 城市 = \"深圳\"",
      good: "customers | where city = \"深圳\"", "客户 | 其中 城市 = \"深圳\""),
    ErrorHelp(
      "K2705", "a grouping forgets the order before it", "分组前的排序不起作用",
      bad: "customers | sort name | count by city", "客户 | 排序 名称 | 计数 按 城市",
      good: "customers | count by city | sort city", "客户 | 计数 按 城市 | 排序 城市"),
    ErrorHelp(
      "K2706", "fill completes periods and enumerations", "“补零”补的是时段和枚举",
      bad: "customers | count by city fill", "客户 | 计数 按 城市 补零",
      good: "customers | count by month(created) fill", "客户 | 计数 按 月(创建时间) 补零"),
    ErrorHelp(
      "K3101", "the field is in the vocabulary, but this version does not compute it",
      "本版本尚不计算这个字段",
      bad: "surveys | select response_rate", "问卷 | 选择 答复率",
      good: "surveys | select name", "问卷 | 选择 名称"),
    ErrorHelp(
      "K3105", "the feature is in the language, but not in this version", "语言中有此功能，本版本尚无",
      bad: "customers | count by city | chart bar", "客户 | 计数 按 城市 | 图表 bar",
      good: "customers | count by city", "客户 | 计数 按 城市"),
    ErrorHelp(
      "K4001", "a whole number or amount leaves its range", "整数或金额超出范围",
      bad: "[{a: 9223372036854775807}] | select b = a + 1",
      "[{甲: 9223372036854775807}] | 选择 乙 = 甲 + 1",
      good: "[{a: 9223372036854775807}] | select b = a - 1",
      "[{甲: 9223372036854775807}] | 选择 乙 = 甲 - 1"),
    ErrorHelp(
      "K4002", "a date leaves the calendar", "日期超出日历",
      bad: "[{d: 2026-01-01}] | select e = d + 9000 years", "[{日: 2026-01-01}] | 选择 甲 = 日 + 9000年",
      good: "[{d: 2026-01-01}] | select e = d + 9 years", "[{日: 2026-01-01}] | 选择 甲 = 日 + 9年"),
    ErrorHelp(
      "K4003", "a histogram has at most 100,000 buckets", "分布最多 10 万组",
      bad: "[{a: 0}, {a: 1000000}] | histogram a by 1", "[{甲: 0}, {甲: 1000000}] | 分布 甲 按 1",
      good: "[{a: 0}, {a: 1000000}] | histogram a by 1000", "[{甲: 0}, {甲: 1000000}] | 分布 甲 按 1000"),
    ErrorHelp(
      "K6031", "sql takes one statement that only reads", "sql 只收一条只读语句",
      bad: "sql \"delete from customer\"", "sql \"delete from customer\"",
      good: "sql \"select name from customer\"", "sql \"select name from customer\""),
  ]
}

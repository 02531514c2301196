/// Examples of errors in names, types and aggregates, K21.
enum ErrorExamplesNames {
  static let all: [ErrorHelp] = [
    ErrorHelp(
      "K2101", "a pipeline begins with a table, and none has this name", "没有这个名字的对象",
      bad: "custmers | take 3", "客护 | 取 3", good: "customers | take 3", "客户 | 取 3"),
    ErrorHelp(
      "K2102", "no function has this name", "没有这个名字的函数",
      bad: "customers | select rond(revenue)", "客户 | 选择 舍人(收入)",
      good: "customers | select round(revenue)", "客户 | 选择 舍入(收入)"),
    ErrorHelp(
      "K2103", "nothing known at this place has this name", "这里没有这个名字",
      bad: "[{a: 1}] | where b > 1", "[{甲: 1}] | 其中 乙 > 1",
      good: "[{a: 1}] | where a > 1", "[{甲: 1}] | 其中 甲 > 1"),
    ErrorHelp(
      "K2104", "the rows have no field of this name", "这些行没有这个字段",
      bad: "customers | where citty = \"深圳\"", "客户 | 其中 城是 = \"深圳\"",
      good: "customers | where city = \"深圳\"", "客户 | 其中 城市 = \"深圳\""),
    ErrorHelp(
      "K2105", "Chinese words are separated by spaces", "词与词之间要有空格",
      bad: "客户 | 其中 城市等级 = V1", "客户 | 其中 城市等级 = V1",
      good: "客户 | 其中 等级 = V1", "客户 | 其中 等级 = V1"),
    ErrorHelp(
      "K2106", "only objects have fields", "只有对象才有字段",
      bad: "customers | select x = 5 days.name", "客户 | 选择 甲 = (城市).名称",
      good: "customers | select x = owner.name", "客户 | 选择 甲 = 负责人.姓名"),
    ErrorHelp(
      "K2107", "the word is no value of the enumeration beside it", "旁边的枚举没有这个取值",
      bad: "customers | where tier = V9", "客户 | 其中 等级 = V9",
      good: "customers | where tier = V1", "客户 | 其中 等级 = V1"),
    ErrorHelp(
      "K2108", "no object has this number, code or name", "没有这个序号、编号或名称的对象",
      bad: "customer 999999", "客户 999999", good: "customer 1", "客户 1"),
    ErrorHelp(
      "K2109", "nothing equals empty", "没有值等于空",
      bad: "customers | where phone = empty", "客户 | 其中 电话 = 空",
      good: "customers | where phone is empty", "客户 | 其中 电话 为空"),
    ErrorHelp(
      "K2110", "the operation does not fit these types", "这些类型不能这样运算",
      bad: "customers | where revenue > \"100\"", "客户 | 其中 收入 > \"100\"",
      good: "customers | where revenue > 100", "客户 | 其中 收入 > 100"),
    ErrorHelp(
      "K2111", "a path to many stands only inside an aggregate", "一对多的路径只能放在聚合里",
      bad: "customers | select opportunities.name", "客户 | 选择 商机.名称",
      good: "customers | select list(opportunities.name)", "客户 | 选择 列出(商机.名称)"),
    ErrorHelp(
      "K2112", "an aggregate needs rows: a relation, a group or per", "聚合要有范围：下级、分组或“每”",
      bad: "opportunities | extend t = sum(amount)", "商机 | 增列 总额 = 合计(金额)",
      good: "opportunities | extend t = sum(amount per all)", "商机 | 增列 总额 = 合计(金额 每 全部)"),
    ErrorHelp(
      "K2113", "a name given in the text is also a name of the row", "文中起的名字与行里的名字相同",
      bad: "let city = \"深圳\"\ncustomers | where city = \"上海\"",
      "令 城市 = \"深圳\"\n客户 | 其中 城市 = \"上海\"",
      good: "let home = \"深圳\"\ncustomers | where city = home",
      "令 本地 = \"深圳\"\n客户 | 其中 城市 = 本地"),
    ErrorHelp(
      "K2114", "in a grouping a field stands as a key or inside an aggregate", "分组里的字段要么是键，要么在聚合里",
      bad: "customers | summarize revenue by city", "客户 | 汇总 收入 按 城市",
      good: "customers | summarize sum(revenue) by city", "客户 | 汇总 合计(收入) 按 城市"),
    ErrorHelp(
      "K2115", "a parameter is declared before it is used", "参数要先声明",
      bad: "customers | take $n", "客户 | 取 $n",
      good: "param n: int = 3\ncustomers | take $n", "参数 n: 整数 = 3\n客户 | 取 $n"),
    ErrorHelp(
      "K2116", "the book has no setting of this name", "账本没有这项设置",
      bad: "[{a: 1}] | select b = setting.nothing", "[{a: 1}] | 选择 b = setting.nothing",
      good: "[{a: 1}] | select b = setting.currency", "[{a: 1}] | 选择 b = setting.currency"),
    ErrorHelp(
      "K2117", "a table stands where a value is meant", "这里要值，却写了表",
      bad: "let hot = customers | where tier = V1\nprint f\"{hot}\"",
      "令 重点 = 客户 | 其中 等级 = V1\n打印 f\"{重点}\"",
      good: "let hot = customers | where tier = V1\nprint f\"{count(hot)}\"",
      "令 重点 = 客户 | 其中 等级 = V1\n打印 f\"{计数(重点)}\""),
    ErrorHelp(
      "K2118", "a joined table is no value; name one of its columns", "连接的表不是值，请写它的列",
      bad: "customers | join ([{city: \"深圳\", n: 1}]) as t on city | select t",
      "客户 | 连接 ([{城: \"深圳\", 数: 1}]) 作为 t 依 城市 = 城 | 选择 t",
      good: "customers | join ([{city: \"深圳\", n: 1}]) as t on city | select t.n",
      "客户 | 连接 ([{城: \"深圳\", 数: 1}]) 作为 t 依 城市 = 城 | 选择 t.数"),
    ErrorHelp(
      "K2119", "the word is a value and also a column here", "这个词既是取值，又是这里的列",
      bad: "opportunities | extend won = state | where state = won",
      "商机 | 增列 won = 状态 | 其中 状态 = won",
      good: "opportunities | extend was = state | where state = won",
      "商机 | 增列 原状 = 状态 | 其中 状态 = won"),
    ErrorHelp(
      "K2120", "a condition is true or false", "条件须为真或假",
      bad: "customers | where headcount", "客户 | 其中 人数",
      good: "customers | where headcount > 0", "客户 | 其中 人数 > 0"),
    ErrorHelp(
      "K2121", "the text after matches is a regular expression", "“匹配”后须是正则表达式",
      bad: "customers | where name matches \"((\"", "客户 | 其中 名称 匹配 \"((\"",
      good: "customers | where name matches \"^深\"", "客户 | 其中 名称 匹配 \"^深\""),
    ErrorHelp(
      "K2122", "money is in the book's currency", "金额用账本的币种",
      bad: "customers | where revenue > $5", "客户 | 其中 收入 > €5000",
      good: "customers | where revenue > ¥5000", "客户 | 其中 收入 > ¥5000"),
    ErrorHelp(
      "K2123", "this year has no such day", "今年没有这一天",
      bad: "activities | where done > 2月29日", "跟进 | 其中 完成时间 > 2月29日",
      good: "activities | where done > 2月28日", "跟进 | 其中 完成时间 > 2月28日"),
    ErrorHelp(
      "K2124", "the number is too large", "数值过大",
      bad: "customers | where revenue > ¥99999999999999999",
      "客户 | 其中 收入 > 99999999999999999元",
      good: "customers | where revenue > ¥999999999", "客户 | 其中 收入 > 999999999元"),
    ErrorHelp(
      "K2125", "workdays count only before 'ago' and 'from now'", "工作日只能用在“前”“后”",
      bad: "activities | where done >= today - 5 workdays", "跟进 | 其中 完成时间 >= 今天 - 5个工作日",
      good: "activities | where done >= 5 workdays ago", "跟进 | 其中 完成时间 >= 5个工作日前"),
    ErrorHelp(
      "K2126", "last and next take whole days, weeks, months", "“近”“未来”后面写整天、周、月",
      bad: "activities | where done in last 4 hours", "跟进 | 其中 完成时间 在 近4小时",
      good: "activities | where done >= 4 hours ago", "跟进 | 其中 完成时间 >= 4小时前"),
    ErrorHelp(
      "K2127", "the date word is also a column here", "这个日期词也是这里的列",
      bad: "[{`today`: 1}] | where today = 1", "[{`今天`: 1}] | 其中 今天 = 1",
      good: "[{`today`: 1}] | where `today` = 1", "[{`今天`: 1}] | 其中 `今天` = 1"),
    ErrorHelp(
      "K2128", "the values have no order", "这些值没有次序",
      bad: "customers | where industry < it", "客户 | 其中 行业 < it",
      good: "customers | where industry = it", "客户 | 其中 行业 = it"),
    ErrorHelp(
      "K2129", "a text beside a date reads as one", "日期旁的文本须是日期",
      bad: "purchases | where ordered > \"soon\"", "购买 | 其中 购买日期 > \"最近\"",
      good: "purchases | where ordered > \"2026-01-05\"", "购买 | 其中 购买日期 > \"2026-01-05\""),
    ErrorHelp(
      "K2130", "a list holds values", "列表里只写值",
      bad: "customers | where city in (\"深圳\", customers | select city)",
      "客户 | 其中 城市 在 (\"深圳\", 客户 | 选择 城市)",
      good: "customers | where city in (\"深圳\", \"广州\")", "客户 | 其中 城市 在 (\"深圳\", \"广州\")"),
    ErrorHelp(
      "K2131", "a date is in a period, not in a length of time", "日期在时段里，不在时长里",
      bad: "let d = 2 weeks\nopportunities | where expected_close in d",
      "令 期限 = 2周\n商机 | 其中 预计成交 在 期限",
      good: "let d = 2 weeks\nopportunities | where expected_close in next d",
      "令 期限 = 2周\n商机 | 其中 预计成交 在 未来 期限"),
    ErrorHelp(
      "K2132", "'in' takes a table of one column or of such objects", "“在”后面要一列的表或同类对象",
      bad: "customers | where city in ([{a: \"深圳\", b: 1}])",
      "客户 | 其中 城市 在 ([{a: \"深圳\", b: 1}])",
      good: "customers | where city in ([{a: \"深圳\"}])", "客户 | 其中 城市 在 ([{a: \"深圳\"}])"),
    ErrorHelp(
      "K2133", "a table that is also a relation of the row is named first", "既是下级又是整张表的，要先起名",
      bad: "customers | where owner in (opportunities | where won | distinct owner)",
      "客户 | 其中 负责人 在 (商机 | 其中 赢单 | 去重 负责人)",
      good:
        "let winners = opportunities | where won | distinct owner\ncustomers | where owner in winners",
      "令 赢家 = 商机 | 其中 赢单 | 去重 负责人\n客户 | 其中 负责人 在 赢家"),
    ErrorHelp(
      "K2135", "this aggregate needs a value", "这个聚合要有参数",
      bad: "opportunities | summarize sum()", "商机 | 汇总 合计()",
      good: "opportunities | summarize sum(amount)", "商机 | 汇总 合计(金额)"),
    ErrorHelp(
      "K2136", "a percentile is above 0 and up to 100", "百分位在 0 与 100 之间",
      bad: "opportunities | summarize percentile(amount, 200)", "商机 | 汇总 百分位(金额, 200)",
      good: "opportunities | summarize percentile(amount, 90)", "商机 | 汇总 百分位(金额, 90)"),
    ErrorHelp(
      "K2137", "an aggregate with per runs over rows; in a grouping by makes the groups",
      "带“每”的聚合针对行；分组里用“按”",
      bad: "opportunities | summarize x = sum(amount per all) by owner",
      "商机 | 汇总 甲 = 合计(金额 每 全部) 按 负责人",
      good: "opportunities | extend x = sum(amount per all)", "商机 | 增列 甲 = 合计(金额 每 全部)"),
    ErrorHelp(
      "K2138", "a rank says asc or desc", "排名要写升序或降序",
      bad: "opportunities | extend r = rank(amount per owner)", "商机 | 增列 名次 = 排名(金额 每 负责人)",
      good: "opportunities | extend r = rank(amount desc per owner)",
      "商机 | 增列 名次 = 排名(金额 降序 每 负责人)"),
    ErrorHelp(
      "K2139", "the function takes another number of arguments", "函数的参数个数不对",
      bad: "opportunities | extend r = round()", "商机 | 增列 数 = 舍入()",
      good: "opportunities | extend r = round(amount)", "商机 | 增列 数 = 舍入(金额)"),
    ErrorHelp(
      "K2140", "only aggregates take where and sort", "只有聚合才有“其中”“排序”",
      bad: "opportunities | extend r = round(amount where won)", "商机 | 增列 数 = 舍入(金额 其中 赢单)",
      good: "opportunities | extend r = round(amount)", "商机 | 增列 数 = 舍入(金额)"),
  ]
}

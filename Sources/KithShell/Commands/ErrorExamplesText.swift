/// Examples of errors of the text itself, K1.
enum ErrorExamplesText {
  static let all: [ErrorHelp] = [
    ErrorHelp(
      "K1002", "the character has no meaning outside a text", "这个字符只能出现在文本里",
      bad: "customers | where city = @", "客户 | 其中 城市 = @",
      good: "customers | where city = \"@\"", "客户 | 其中 城市 = \"@\""),
    ErrorHelp(
      "K1003", "a text ends on its line with the sign it began with", "文本须在同一行以同种引号结束",
      bad: "customers | where city = \"深圳", "客户 | 其中 城市 = “深圳",
      good: "customers | where city = \"深圳\"", "客户 | 其中 城市 = “深圳”"),
    ErrorHelp(
      "K1004", "a name in back-quotes ends on its line", "反引号名称须在同一行结束",
      bad: "customers | select `name", "客户 | 选择 `名称",
      good: "customers | select `name`", "客户 | 选择 `名称`"),
    ErrorHelp(
      "K1006", "a name is not empty", "名称不能为空",
      bad: "customers | select ``", "客户 | 选择 ``",
      good: "customers | select `name`", "客户 | 选择 `名称`"),
    ErrorHelp(
      "K1007", "escapes are \\n \\t \\\" \\\\ \\u{…}", "转义只有 \\n \\t \\\" \\\\ \\u{…}",
      bad: #"customers | where name = "a\q""#, #"客户 | 其中 名称 = "a\q""#,
      good: #"customers | where name = "a\\q""#, #"客户 | 其中 名称 = "a\\q""#),
    ErrorHelp(
      "K1008", "a character number has hexadecimal digits in braces", "字符编号写作 \\u{4E2D}",
      bad: #"customers | where name = "\u{zz}""#, #"客户 | 其中 名称 = "\u{zz}""#,
      good: #"customers | where name = "\u{4E2D}""#, #"客户 | 其中 名称 = "\u{4E2D}""#),
    ErrorHelp(
      "K1009", "what begins with a digit is a number, a date or a duration", "以数字开头的须是数、日期或时长",
      bad: "customers | take 12abc", "客户 | 取 12abc", good: "customers | take 12", "客户 | 取 12"),
    ErrorHelp(
      "K1010", "m may be millions, months or minutes", "m 可指百万、月或分钟",
      bad: "customers | where created > 5m ago", "客户 | 其中 创建时间 > 5m 前",
      good: "customers | where created > 5mo ago", "客户 | 其中 创建时间 > 5个月前"),
    ErrorHelp(
      "K1011", "a number does not begin with 0; thousands are set apart with _",
      "数不以 0 开头；千位用 _ 隔开",
      bad: "customers | take 5,000", "客户 | 取 5,000",
      good: "customers | take 5_000", "客户 | 取 5_000"),
    ErrorHelp(
      "K1012", "a month has two digits, a subtraction blanks", "月份写两位，减号两边留空格",
      bad: "customers | where created in 2026-1", "客户 | 其中 创建时间 在 2026-1",
      good: "customers | where created in 2026-01", "客户 | 其中 创建时间 在 2026-01"),
    ErrorHelp(
      "K1013", "the calendar has no such day", "日历上没有这一天",
      bad: "customers | where created > 2026-02-30", "客户 | 其中 创建时间 > 2026年2月30日",
      good: "customers | where created > 2026-02-28", "客户 | 其中 创建时间 > 2026年2月28日"),
    ErrorHelp(
      "K1014", "a duration counts whole units", "时长须为整数",
      bad: "customers | where created > 1.5d ago", "客户 | 其中 创建时间 > 1.5天 前",
      good: "customers | where created > 36 hours ago", "客户 | 其中 创建时间 > 36小时前"),
    ErrorHelp(
      "K1015", "the number is too large", "数值过大",
      bad: "customers | where headcount > 1e999", "客户 | 其中 人数 > 1e999",
      good: "customers | where headcount > 1e9", "客户 | 其中 人数 > 1e9"),
    ErrorHelp(
      "K1016", "an expression in an f-text is closed with }", "f 文本中的表达式以 } 结束",
      bad: #"customers | select t = f"{name""#, #"客户 | 选择 t = f"{名称""#,
      good: #"customers | select t = f"{name}""#, #"客户 | 选择 t = f"{名称}""#),
    ErrorHelp(
      "K1017", "between { and } stands an expression", "{ 与 } 之间须有表达式",
      bad: #"customers | select t = f"{}""#, #"客户 | 选择 t = f"{}""#,
      good: #"customers | select t = f"{{}}""#, #"客户 | 选择 t = f"{{}}""#),
    ErrorHelp(
      "K1018", "a brace in an f-text is doubled", "f 文本中的 } 写作 }}",
      bad: #"customers | select t = f"a}""#, #"客户 | 选择 t = f"甲}""#,
      good: #"customers | select t = f"a}}""#, #"客户 | 选择 t = f"甲}}""#),
    ErrorHelp(
      "K1019", "$ stands before the name of a parameter", "$ 后须为参数名",
      bad: "customers | take $", "客户 | 取 $",
      good: "param n: int = 3\ncustomers | take $n", "参数 n: 整数 = 3\n客户 | 取 $n"),
    ErrorHelp(
      "K1101", "something else must follow here", "这里应为别的内容",
      bad: "customers | where", "客户 | 其中",
      good: "customers | where headcount > 0", "客户 | 其中 人数 > 0"),
    ErrorHelp(
      "K1102", "a bracket is not closed", "括号没有闭合",
      bad: "customers | where (city = \"深圳\"", "客户 | 其中 （城市 = \"深圳\"",
      good: "customers | where (city = \"深圳\")", "客户 | 其中 （城市 = \"深圳\"）"),
    ErrorHelp(
      "K1103", "a bracket closes nothing", "多了一个右括号",
      bad: "customers | where city = \"深圳\")", "客户 | 其中 城市 = \"深圳\"）",
      good: "customers | where city = \"深圳\"", "客户 | 其中 城市 = \"深圳\""),
    ErrorHelp(
      "K1104", "a word of the language is no name", "语言的词不能作名称",
      bad: "customers | extend now = 1", "客户 | 增列 现在 = 1",
      good: "customers | extend n = 1", "客户 | 增列 数 = 1"),
    ErrorHelp(
      "K1105", "this cannot stand here", "这里不能写这个",
      bad: "customers | take 3 4", "客户 | 取 3 4",
      good: "customers | take 3", "客户 | 取 3"),
    ErrorHelp(
      "K1106", "a verb follows a |", "动词写在 | 后面",
      bad: "customers where city = \"深圳\"", "客户 其中 城市 = \"深圳\"",
      good: "customers | where city = \"深圳\"", "客户 | 其中 城市 = \"深圳\""),
    ErrorHelp(
      "K1107", "no stage begins with this word", "没有以此开头的步骤",
      bad: "customers | whre city = \"深圳\"", "客户 | 其种 城市 = \"深圳\"",
      good: "customers | where city = \"深圳\"", "客户 | 其中 城市 = \"深圳\""),
    ErrorHelp(
      "K1108", "two comparisons stand together only as a range", "两个比较只能连成区间",
      bad: "customers | where 1 < headcount > 5", "客户 | 其中 1 < 人数 > 5",
      good: "customers | where 1 < headcount < 5", "客户 | 其中 1 < 人数 < 5"),
    ErrorHelp(
      "K1109", "?? beside + - * / % needs brackets", "?? 与加减乘除并用要加括号",
      bad: "customers | select headcount + 1 ?? 0", "客户 | 选择 人数 + 1 ?? 0",
      good: "customers | select (headcount + 1) ?? 0", "客户 | 选择 (人数 + 1) ?? 0"),
    ErrorHelp(
      "K1110", "a length of time is no period", "时长不是时段",
      bad: "opportunities | where expected_close in 2 weeks", "商机 | 其中 预计成交 在 2周",
      good: "opportunities | where expected_close in next 2 weeks", "商机 | 其中 预计成交 在 未来2周"),
    ErrorHelp(
      "K1111", "between a name and a value stands a comparison", "名称与值之间要有比较",
      bad: "customers | where city \"深圳\"", "客户 | 其中 城市 \"深圳\"",
      good: "customers | where city = \"深圳\"", "客户 | 其中 城市 = \"深圳\""),
    ErrorHelp(
      "K1112", "this stands only once", "只能写一次",
      bad: "opportunities | summarize sum(amount where won where lost)",
      "商机 | 汇总 合计(金额 其中 赢单 其中 丢单)",
      good: "opportunities | summarize sum(amount where won)", "商机 | 汇总 合计(金额 其中 赢单)"),
    ErrorHelp(
      "K1113", "only calendar units have a this, last and next", "只有日历单位才有“本”“上”“下”",
      bad: "activities | where done in last hour", "跟进 | 其中 完成时间 在 last 小时",
      good: "activities | where done in last week", "跟进 | 其中 完成时间 在 上周"),
    ErrorHelp(
      "K1114", "nothing follows export, chart and save list", "“导出”等之后不能再有步骤",
      bad: "customers | export \"a.csv\" | take 3", "客户 | 导出 \"a.csv\" | 取 3",
      good: "customers | top 3 by revenue | export \"a.csv\"", "客户 | 前3 按 收入 | 导出 \"a.csv\""),
    ErrorHelp(
      "K1115", "'is' asks only for empty", "“is”只用于 is empty",
      bad: "customers | where city is \"深圳\"", "客户 | 其中 城市 is \"深圳\"",
      good: "customers | where city is empty", "客户 | 其中 城市 为空"),
    ErrorHelp(
      "K1118", "a count of days, weeks or months needs its unit", "数目后面要写单位",
      bad: "activities | where done in 近 30", "跟进 | 其中 完成时间 在 近 30",
      good: "activities | where done in 近30天", "跟进 | 其中 完成时间 在 近30天"),
    ErrorHelp(
      "K1119", "a list holds values or rows, not both", "列表要么全是值，要么全是行",
      bad: "[{a: 1}, 2]", "[{甲: 1}, 2]", good: "[{a: 1}, {a: 2}]", "[{甲: 1}, {甲: 2}]"),
  ]
}

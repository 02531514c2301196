extension StageHelp {
  /// Statements, and what may stand before a source.
  package static let statements: [StageHelp] = [
    StageHelp(
      "let", "令", "names a pipeline or a value", "let hot = opportunities | where stage >= C"),
    StageHelp(
      "def", "定义", "names a function of values, or a stage when the first parameter is rows",
      "def margin(o) = (o.amount - o.cost) / o.amount"),
    StageHelp(
      "param", "参数", "a value given from outside, used with its sign",
      "param city: text = \"深圳\"; customers | where city = $city"),
    StageHelp(
      "for", "遍历", "runs a block for each row",
      "for m in members { print f\"{m.name}\" }"),
    StageHelp(
      "if", "如果", "runs one block or the other",
      "if count(customers) > 0 { print \"some\" } else { print \"none\" }"),
    StageHelp("print", "打印", "shows a value", "print f\"{count(customers)} customers\""),
    StageHelp(
      "assert", "断言", "stops the script where a condition does not hold",
      "assert count(customers) < 5000, \"too many\""),
    StageHelp(
      "import", "引入", "takes the definitions of another script",
      "import \"common.kith\"   a file beside the script"),
    StageHelp(
      "explain", "解释", "says what a pipeline asks, and how it is run",
      "explain customers | where city = \"深圳\" | count"),
    StageHelp(
      "as of", "截至", "asks about the book as it was at the end of a day",
      "as of 2026-09-30 | opportunities | where open | count"),
    StageHelp(
      "since", "自", "who entered a kept list, who left, and why",
      "list \"hot\" = customers | where tier = V1\nlist \"hot\" since last monday"),
    StageHelp(
      "list", "清单", "keeps a query under a name, and at every run who was on it",
      """
      list "hot" = customers | where tier = V1      keeps the text (--write) and runs it
      list "hot"                                    runs it again
      list "hot" since last monday                  who entered, left or moved, and why
      customers | where city = "深圳" | save list "visit"   keeps the rows as they are
      customers as c | where c in list "visit"
      """),
    StageHelp(
      "why", "为何", "says where an object fell out of a result, and with which values",
      "why customer 3 in customers | where city = \"深圳\" | top 20 by revenue"),
    StageHelp(
      "add", "新增", "makes an object (with --write, as all that change the book)",
      "add customer name = \"华新\", city = \"深圳\""),
    StageHelp(
      "set", "设置", "gives fields of objects other values; also the day: set as_of = 2026-09-30",
      "set (customers | where city = \"深圳\") industry = it"),
    StageHelp("remove", "删除", "takes objects out", "remove (activities | where done < 2020)"),
    StageHelp(
      "advance", "推进", "moves deals to a stage, or closes them", "advance opportunity 1 to D"),
    StageHelp(
      "log", "记录", "writes down a contact, its kind first", "log visit customer 2, result = \"…\""),
    StageHelp(
      "refer", "引荐", "a customer was referred by somebody; makes what is missing",
      "refer \"新公司\" by customer 2"),
    StageHelp("claim", "认领", "registers a customer for a member", "claim customer 2 by member 1"),
    StageHelp(
      "merge", "合并", "two objects are one: children move, empty fields are filled",
      "merge customer 7 into customer 9"),
    StageHelp("undo", "撤销", "takes back the last recorded statement", "undo"),
  ]
}

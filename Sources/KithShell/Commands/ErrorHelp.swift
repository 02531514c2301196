/// Error codes with what they mean: a row each. Codes that only name a file or the book carry their whole
/// meaning in the message.
struct ErrorHelp {
  var code: String
  var meaning: String
  var example: String

  private init(_ code: String, _ meaning: String, _ example: String) {
    self.code = code
    self.meaning = meaning
    self.example = example
  }

  /// What the first digit of a code says, for codes whose message is the whole explanation; nil for a word
  /// that is no code.
  static func family(of word: String) -> String? {
    let digits = word.dropFirst()
    guard word.first == "K" || word.first == "k", digits.count == 4, digits.allSatisfy(\.isNumber),
      let first = digits.first, let meaning = families[first]
    else { return nil }
    return "K\(digits): \(meaning)\nThe message itself states the rule that was broken.\n"
  }

  private static let families: [Character: String] = [
    "1": "the text does not read as Kith", "2": "a name, type or rule of the query is wrong",
    "3": "a definition of the model is wrong, or not part of this version",
    "4": "the data went wrong while running", "5": "a limit was reached, or the run was stopped",
    "6": "the book cannot be opened, read or written",
    "7": "a file outside cannot be read or written",
    "9": "a fault of the program; please report the query",
  ]

  static let all: [ErrorHelp] = [
    ErrorHelp(
      "K2101", "a pipeline begins with a table, and none has this name",
      "custmers | take 3      try: customers | take 3"),
    ErrorHelp(
      "K2102", "no function has this name",
      "customers | select rond(revenue)      try: round(revenue)"),
    ErrorHelp(
      "K2103", "nothing known at this place has this name",
      "print hot      try: let hot = customers | where tier = V1"),
    ErrorHelp(
      "K2104", "the rows have no field of this name",
      "customers | where citty = \"深圳\"      try: city"),
    ErrorHelp("K2105", "Chinese words are separated by spaces", "客户 | 计数 按城市      try: 按 城市"),
    ErrorHelp(
      "K2107", "the word is no value of the enumeration beside it",
      "customers | where tier = Q9      try: tier = V1"),
    ErrorHelp(
      "K2108", "no object has this name, code or number",
      "customer \"华强\"      see: customers | where name ~ \"华强\""),
    ErrorHelp(
      "K2109", "nothing equals empty", "customers | where phone = empty      try: phone is empty"),
    ErrorHelp(
      "K2110", "the operation does not fit these types",
      "customers | where revenue > \"100\"      try: revenue > 100"),
    ErrorHelp(
      "K2111", "a path to many stands only inside an aggregate",
      "customers | select opportunities.name      try: list(opportunities.name)"),
    ErrorHelp(
      "K2112", "an aggregate needs rows: a relation, a group or per",
      "opportunities | extend t = sum(amount)      try: sum(amount per all)"),
    ErrorHelp(
      "K2113", "a name given in the text is also a name of the row",
      "let city = \"深圳\"; customers | where city = \"上海\"      rename the let"),
    ErrorHelp(
      "K2114", "in a grouping a field stands as a key or inside an aggregate",
      "customers | summarize revenue by city      try: sum(revenue)"),
    ErrorHelp(
      "K2117", "a table stands where a value is meant",
      "print customers      try: print count(customers)"),
    ErrorHelp(
      "K2128", "the values have no order",
      "customers | where industry < it      only = and in hold here"),
    ErrorHelp("K2203", "no stage has this name", "customers | filtr city = \"深圳\"      try: where"),
    ErrorHelp(
      "K2233", "a cohort goes by a period",
      "customers | cohort by first_purchase      try: month(first_purchase)"),
    ErrorHelp(
      "K2236", "'as of' takes a day, 'as of each month in' a period",
      "as of each month in 2026-09-30 | customers      try: in 2026-Q3"),
    ErrorHelp("K2308", "a parameter has no value", "kith run f.kith book      try: --set city=上海"),
    ErrorHelp(
      "K2310", "a bare number means an object of the last result, and its rows are none",
      "customers | count; why 12      try: why customer 12 in customers | where …"),
    ErrorHelp(
      "K2311", "'why' asks about one object",
      "why today in customers      try: why customer 12 in …"),
    ErrorHelp(
      "K2312", "the rows never stand for objects of that kind",
      "why member 1 in customers      try: why customer 1 in customers"),
    ErrorHelp(
      "K2313", "'why' follows a result, or names a pipeline", "why customer 12 in customers"),
    ErrorHelp(
      "K2314", "a list is kept by itself, without the names around it",
      "let a = customers; list \"s\" = a      try: list \"s\" = customers"),
    ErrorHelp(
      "K2315", "a list holds objects, not figures",
      "list \"s\" = customers | count by city      try: list \"s\" = customers"),
    ErrorHelp(
      "K2316", "the list has no run to compare with", "list \"hot\"      with --write, once"),
    ErrorHelp(
      "K2317", "a name is a list with a text or one with saved rows, not both",
      "customers | save list \"hot\"      take another name"),
    ErrorHelp(
      "K2319", "'since' follows a list", "list \"hot\" since last monday"),
    ErrorHelp(
      "K3101", "the field is in the vocabulary, but this version does not compute it",
      "customers | select rfm"),
    ErrorHelp(
      "K3105", "the feature is in the language, but not in this version",
      "as of 2026-09-30 | opportunities"),
    ErrorHelp(
      "K4001", "an assertion did not hold", "assert count(customers) > 0, \"no customers\""),
    ErrorHelp("K5001", "the query was interrupted; the session goes on", "Ctrl-C"),
    ErrorHelp("K5002", "the query took longer than the limit", "kith -c … --timeout 2000"),
    ErrorHelp(
      "K7013", "scripts write only into the folders they were given",
      "kith run f.kith --folder lists"),
  ]
}

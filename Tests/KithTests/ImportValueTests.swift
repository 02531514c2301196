import KithBase
import KithStore
import Testing

/// Spellings of values in cells, and the reasons given for those that are none.
@Suite struct ImportValueTests {
  /// Imports one cell into a field of a customer and gives what is stored, or the reason.
  private func stored(
    _ cell: String, as field: String, column: String? = nil,
    _ configure: (inout ImportOptions) -> Void = { _ in }
  ) throws -> String {
    let bench = try ImportBench()
    let quoted = "\"" + cell.replacing("\"", with: "\"\"") + "\""
    let report = try bench.bring("name,\(field)\n甲,\(quoted)\n", into: "customers", configure)
    if let reason = report.rejects.first?.reason { return reason }
    return try bench.rows("SELECT \"\(column ?? field)\" FROM customer").first ?? "no row"
  }

  @Test(arguments: [
    ("12", "12"), ("1,234,567", "1234567"), ("-5", "-5"), ("12.0", "12"), ("１２", "12"),
    ("  7 ", "7"), ("", "·"), ("　", "·"),
    ("1.5", "'1.5' is not a whole number"), ("12,34", "'12,34' is not a whole number"),
    ("many", "'many' is not a whole number"), ("1e3", "1000"),
    ("99999999999999999999", "'99999999999999999999' is larger than a whole number can be"),
  ])
  func wholeNumbers(cell: String, expected: String) throws {
    #expect(try stored(cell, as: "headcount") == expected)
  }

  @Test func rangesAreChecked() throws {
    #expect(try stored("4", as: "power") == "'4' is not between 1 and 3")
    #expect(try stored("3", as: "power") == "3")
  }

  @Test(arguments: [
    ("$1,117.10K", "111710000"), ("¥3,000", "300000"), ("3.2万", "3200000"),
    ("1.2亿", "12000000000"), ("500元", "50000"), ("(1,234.50)", "-123450"), ("-¥5", "-500"),
    ("¥-5", "-500"), ("RMB 300", "30000"), ("129.696", "12970"), ("１２．５", "1250"),
    // Halves go to the even neighbour: 0.125 is 12 fen, 0.135 is 14.
    ("0.125", "12"), ("0.135", "14"), ("0.1250000000000000000000000000000000000001", "13"),
    ("-60.70400000000001", "-6070"), ("1.29e5", "12900000"), ("2.5M", "250000000"),
    ("300万元", "300000000"),
    ("12x", "'12x' is not an amount of money"), ("元", "'元' is not an amount of money"),
    ("(5", "'(5' opens a bracket that is not closed"),
    ("99999999999999999.99", "'99999999999999999.99' is larger than an amount can be"),
  ])
  func amounts(cell: String, expected: String) throws {
    #expect(try stored(cell, as: "annual_output", column: "annual_output_fen") == expected)
  }

  @Test(arguments: [
    ("12%", "0.12"), ("12.5％", "0.125"), ("0.4", "0.4"), ("-1", "-1.0"), ("5‰", "0.005"),
    ("12", "'12' has no % sign and is no ratio between -1 and 1"),
    ("a%", "'a%' is not a percentage"),
    ("1e400", "'1e400' is larger than a number can be"),
  ])
  func percentages(cell: String, expected: String) throws {
    let value = try stored(cell, as: "wallet_share")
    #expect(
      value == expected
        || expected.hasPrefix("'1e400'") && value.hasPrefix("'1e400' has no % sign"))
  }

  @Test(arguments: [
    ("yes", "1"), ("No", "0"), ("是", "1"), ("否", "0"), ("TRUE", "1"), ("f", "0"), ("1", "1"),
    ("0", "0"), ("对", "1"), ("Ｙ", "1"), ("maybe", "'maybe' is neither yes nor no"),
  ])
  func claims(cell: String, expected: String) throws {
    #expect(try stored(cell, as: "person") == expected)
  }

  @Test(arguments: [
    ("2026-11-21", "2026-11-21"), ("2026/11/21", "2026-11-21"), ("2014/1/5", "2014-01-05"),
    ("15 Apr, 2021", "2021-04-15"), ("Apr 15, 2021", "2021-04-15"),
    ("15-Apr-2021", "2021-04-15"), ("April 15th 2021", "2021-04-15"),
    ("Thu, 15 Apr 2021", "2021-04-15"), ("Thu Apr 15 2021", "2021-04-15"),
    ("20261121", "2026-11-21"), ("2026年11月21日", "2026-11-21"), ("2026年1月5号", "2026-01-05"),
    ("21.11.2026", "2026-11-21"), ("2026.11.21", "2026-11-21"),
    ("2026-11-21 00:00:00", "2026-11-21"), ("21/11/2026", "2026-11-21"),
    ("11/21/2026", "2026-11-21"), ("5/5/2026", "2026-05-05"), ("2024-02-29", "2024-02-29"),
    // 20:00 in London is the next day in Shanghai.
    ("2026-11-21T20:00:00Z", "2026-11-22"),
    ("2026-02-31", "'2026-02-31' names day 31 of a month that has 28"),
    ("2023-02-29", "'2023-02-29' names day 29 of a month that has 28"),
    ("0000-01-01", "'0000-01-01' is in year 0, which does not exist"),
    ("2026-13-01", "'2026-13-01' names month 13, and there are 12"),
    ("21/11/26", "'21/11/26' writes its year with two digits"),
    ("44531", "'44531' is not a date"), ("soon", "'soon' is not a date"),
  ])
  func dates(cell: String, expected: String) throws {
    #expect(
      try stored(cell, as: "first_cooperation", column: "first_cooperation_on") == expected)
  }

  @Test func theOrderOfDayAndMonthIsToldByTheColumn() throws {
    func days(_ cells: [String], _ order: DateOrder? = nil) throws -> [String] {
      let bench = try ImportBench()
      let text = "name,left\n" + cells.map { "x,\($0)\n" }.joined()
      let report = try bench.bring(text, into: "customers") { $0.dateOrder = order }
      return try bench.rows("SELECT left_on FROM customer ORDER BY id")
        + report.rejects.map(\.value)
    }
    #expect(try days(["3/4/2026", "21/4/2026"]) == ["2026-04-03", "2026-04-21"])
    #expect(try days(["3/4/2026", "4/21/2026"]) == ["2026-03-04", "2026-04-21"])
    #expect(try days(["3/4/2026", "1/2/2026"]) == ["3/4/2026", "1/2/2026"])
    // Both orders in one column: what can only be one is taken, the rest is not guessed.
    #expect(
      try days(["3/4/2026", "21/4/2026", "4/21/2026"])
        == ["2026-04-21", "2026-04-21", "3/4/2026"])
    #expect(try days(["3/4/2026"], .dayFirst) == ["2026-04-03"])
    #expect(try days(["3/4/2026", "21/4/2026"], .monthFirst) == ["2026-03-04", "21/4/2026"])
  }

  @Test(arguments: [
    ("2011-10-01T00:38:44.546+02:00", "2011-09-30T22:38:44.546000Z"),
    // Shanghai is eight hours ahead of UTC.
    ("2026-11-21 13:30", "2026-11-21T05:30:00Z"), ("2026-11-21", "2026-11-20T16:00:00Z"),
    ("2026-11-21T13:30:05Z", "2026-11-21T13:30:05Z"), ("2026/1/5 9:05", "2026-01-05T01:05:00Z"),
    ("2026-11-21 1:30 PM", "2026-11-21T05:30:00Z"),
    ("2026-11-21 12:05 am", "2026-11-20T16:05:00Z"),
    ("2026年11月21日 下午1:30", "2026-11-21T05:30:00Z"),
    ("2026-11-21 13:30:00 -0530", "2026-11-21T19:00:00Z"),
    ("2026-11-21 24:00", "2026-11-21T16:00:00Z"),
    ("2026-11-21 25:00", "'2026-11-21 25:00' is not a date with a time of day"),
    ("2026-11-21 13:60", "'2026-11-21 13:60' is not a date with a time of day"),
  ])
  func times(cell: String, expected: String) throws {
    #expect(try stored(cell, as: "created", column: "created_at") == expected)
  }

  @Test func enumerationsByCodeLabelAndSynonym() throws {
    for cell in ["on_net", "在网", "在网客户", "ON NET", "On-Net", "ｏｎ＿ｎｅｔ"] {
      #expect(try stored(cell, as: "class") == "on_net")
    }
    #expect(
      try stored("on_nett", as: "class") == "'on_nett' is no value of class; did you mean on_net")
    #expect(
      try stored("technolgy", as: "industry").hasPrefix("'technolgy' is no value of industry"))
  }

  @Test func newValuesBecomeTermsWhereTheEnumerationMayGrow() throws {
    let bench = try ImportBench()
    let report = try bench.bring(
      "name,sector,class\na,Space,target\nb,space,target\nc,Space,nowhere\n", into: "customers"
    ) { $0.newValues = true }
    #expect(report.termsAdded.map(\.code) == ["Space"])
    #expect(report.rejects.map(\.column) == ["class"])
    #expect(
      try bench.rows("SELECT name, industry FROM customer ORDER BY id") == ["a|Space", "b|Space"])
    #expect(
      try bench.rows("SELECT code, name_zh, name_en FROM term WHERE code = 'Space'") == [
        "Space|Space|Space"
      ])
  }

  @Test func wordsThatMeanEmpty() throws {
    #expect(try stored("NULL", as: "headcount") == "'NULL' is not a whole number")
    #expect(try stored("NULL", as: "headcount") { $0.emptyWords = ["NULL", "-"] } == "·")
  }

  @Test func amountsOfOtherCurrenciesAreSaidSo() throws {
    let bench = try ImportBench()
    let report = try bench.bring("name,budget\na,$5\nb,¥5\nc,5 EUR\n", into: "customers")
    #expect(
      report.notes.map(\.english) == [
        "2 amounts of 'budget' carry the sign of another currency; none was converted"
      ])
  }

  @Test func factorsAndDifferences() throws {
    let bench = try ImportBench()
    _ = try bench.bring(
      "name,revenue,sold,won\na,1100.04,129.696,-60.704\n", into: "customers"
    ) {
      $0.map = try ImportMapping.parse(
        "revenue=annual_output*1000000,sold - won=budget,sold=-,won=-")
    }
    // 1,100.04 million yuan in fen; 129.70 less -60.70 (each rounded to fen).
    #expect(
      try bench.rows("SELECT annual_output_fen, budget_fen FROM customer") == [
        "110004000000|19040"
      ])
  }

  @Test func severalFaultsOfARowAreAllTold() throws {
    let bench = try ImportBench()
    let report = try bench.bring("name,headcount,left\na,x,y\n", into: "customers")
    let row = try #require(report.rejects.first)
    #expect(row.line == 2)
    #expect(row.column == "headcount")
    #expect(row.value == "x")
    #expect(row.reason == "headcount: 'x' is not a whole number; left: 'y' is not a date")
  }
}

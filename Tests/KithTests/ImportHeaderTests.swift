import KithBase
import KithStore
import Testing

/// Files as spreadsheets leave them: units in headers, usual words, rows of totals. Figures by hand.
@Suite struct ImportHeaderTests {
  @Test func unitsBehindNames() throws {
    let bench = try ImportBench()
    let report = try bench.bring(
      "客户名称,所在城市,联系电话,年产值(万元),人数（人）,利润(USD)\n甲,深圳,138,\"1,200\",30,5\n", into: "customers")
    #expect(
      report.columns.map(\.path) == ["name", "city", "phone", "annual_output", "headcount", nil])
    // 1,200 times 10,000 yuan, in fen.
    #expect(
      try bench.rows("SELECT city, phone, annual_output_fen, headcount FROM customer")
        == ["深圳|138|1200000000|30"])
  }

  @Test func usualWords() throws {
    let bench = try ImportBench()
    let report = try bench.bring(
      "Deal ID,Company,Deal Name,Salesperson,Created Date\n1,Acme,ERP,Jane,2026-01-15\n",
      into: "opportunities")
    #expect(report.columns.map(\.path) == ["code", "customer", "name", "owner", "created"])
    #expect(report.rowsNew == 1)
  }

  @Test func totalsAreNoCustomers() throws {
    let bench = try ImportBench()
    let report = try bench.bring(
      "name,city,headcount\n甲,深圳,1\nTotal Energies,Paris,2\n小计,,3\nTotal,,\"1,003\"\n合计,,\n",
      into: "customers")
    // A line without a figure adds nothing up, and a name may begin with the word.
    #expect(report.rowsSkipped == 2)
    #expect(
      report.notes.contains { $0.kind == "totals" && $0.english == "2 rows of totals skipped" })
    #expect(
      try bench.rows("SELECT name FROM customer ORDER BY id") == ["甲", "Total Energies", "合计"])
  }
}

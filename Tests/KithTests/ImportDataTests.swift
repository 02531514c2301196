import KithBase
import KithModel
import KithStore
import Testing

/// Whole data sets of others. The figures are those published with them, or were computed from the
/// files with other tools; money is in fen.
@Suite struct ImportDataTests {
  private func bring(
    _ bench: ImportBench, _ file: String, into entity: String,
    _ configure: (inout ImportOptions) throws -> Void
  ) throws -> ImportFileReport {
    var options = ImportOptions(
      files: [ImportData.folder + "/" + file], entity: entity, now: bench.now)
    // The folder of the data is not ours to write into.
    options.rejectsPath = bench.folder.path + "/rejects.csv"
    try configure(&options)
    return try #require(try importFiles(options, into: bench.book).files.first)
  }

  private func pipeline(_ bench: ImportBench, loose: Bool) throws -> ImportFileReport {
    let accounts = try bring(bench, "maven-crm/accounts.csv", into: "customers") {
      $0.key = ["name"]
      $0.newValues = true
      $0.map = try ImportMapping.parse(
        "year_established=founded,revenue=annual_output*1000000,office_location=country,"
          + "subsidiary_of=parent")
    }
    #expect(accounts.rowsNew == 85)
    #expect(accounts.columns.allSatisfy { $0.path != nil })
    let teams = try bring(bench, "maven-crm/sales_teams.csv", into: "members") {
      $0.key = ["name"]
      $0.map = try ImportMapping.parse("sales_agent=name,manager=manager,regional_office=team")
      $0.constants = [ImportConstant("team.kind", "region")]
    }
    #expect(teams.rowsNew == 35)
    #expect(teams.parentsMade == ["member": 6, "team": 3])
    let products = try bring(bench, "maven-crm/products.csv", into: "products") {
      $0.key = ["name"]
      $0.map = [ImportMapping("sales_price", "list_price")]
    }
    #expect(products.rowsNew == 7)
    return try bring(bench, "maven-crm/sales_pipeline.csv", into: "opportunities") {
      $0.stages = "Prospecting,Engaging,Won*,Lost-"
      $0.looseNames = loose
      $0.map = try ImportMapping.parse(
        "opportunity_id=code,sales_agent=owner,account=customer,deal_stage=stage,"
          + "engage_date=created,close_date=closed,close_value=amount")
    }
  }

  @Test(.enabled(if: ImportData.isThere("maven-crm"), "no maven-crm in \(ImportData.folder)"))
  func aSalesPipeline() throws {
    let bench = try ImportBench()
    let report = try pipeline(bench, loose: false)
    #expect([report.rowsRead, report.rowsNew, report.rowsRejected] == [8800, 8800, 0])
    #expect(report.parentsMade == ["product": 1])
    #expect(report.notes.contains { $0.kind == "similar" && $0.english.contains("'GTX Pro'") })
    #expect(
      try bench.rows(
        """
        SELECT state, s.code, count(*) FROM opportunity LEFT JOIN stage s ON s.id = stage_id
        GROUP BY 1, 2 ORDER BY 3 DESC
        """) == ["won|Won|4238", "lost|·|2473", "open|Engaging|1589", "open|Prospecting|500"])
    #expect(
      try bench.rows(
        """
        SELECT sum(amount_fen), min(amount_fen), max(amount_fen),
          printf('%.4f', avg(amount_fen) / 100) FROM opportunity WHERE state = 'won'
        """) == ["1000553400|3800|3028800|2360.9094"])
    #expect(
      try bench.rows(
        """
        SELECT sum(customer_id IS NULL), sum(created_at IS NULL), sum(closed_at IS NULL),
          sum(amount_fen IS NULL), sum(amount_fen = 0) FROM opportunity
        """) == ["1425|500|2089|2089|2473"])
    // Days from engaging to closing; days are kept as instants of Shanghai's midnight.
    #expect(
      try bench.rows(
        """
        SELECT state, printf('%.4f', avg(julianday(closed_at) - julianday(created_at)))
        FROM opportunity WHERE state <> 'open' GROUP BY 1 ORDER BY 1 DESC
        """) == ["won|51.7820", "lost|41.4792"])
    #expect(
      try bench.rows(
        """
        SELECT m.name, sum(o.amount_fen) / 100 FROM opportunity o
        JOIN member a ON a.id = o.owner_id JOIN member m ON m.id = a.manager_id
        WHERE o.state = 'won' GROUP BY 1 ORDER BY 2 DESC
        """) == [
          "Melvin Marxen|2251930", "Summer Sewald|1964750", "Rocco Neubert|1960545",
          "Celia Rouche|1603897", "Cara Losch|1130049", "Dustin Brinkmann|1094363",
        ])
    #expect(
      try bench.rows(
        """
        SELECT a.name, count(*), sum(o.state = 'won'), sum(o.state = 'lost'),
          sum(CASE WHEN o.state = 'won' THEN o.amount_fen END) / 100 AS won
        FROM opportunity o JOIN member a ON a.id = o.owner_id
        GROUP BY 1 ORDER BY won DESC LIMIT 1
        """) == ["Darcel Schlecht|747|349|204|1153214"])
    #expect(
      try bench.rows(
        """
        SELECT (cast(substr(d, 6, 2) AS INTEGER) + 2) / 3 AS q, sum(state = 'won'),
          sum(state = 'lost'), sum(amount_fen) / 100
        FROM (SELECT date(closed_at, '+8 hours') AS d, state, amount_fen FROM opportunity
          WHERE closed_at IS NOT NULL) WHERE d LIKE '2017%' GROUP BY q ORDER BY q
        """) == [
          "1|531|116|1134672", "2|1254|778|3086111", "3|1257|790|2982255", "4|1196|789|2802496",
        ])
    #expect(
      try bench.rows(
        """
        SELECT c.name, sum(o.amount_fen) / 100 FROM opportunity o
        JOIN customer c ON c.id = o.customer_id WHERE o.state = 'won'
        GROUP BY 1 ORDER BY 2 DESC LIMIT 3
        """) == ["Kan-code|341455", "Konex|269245", "Condax|206410"])
    #expect(
      try bench.int(
        "SELECT count(*) FROM opportunity JOIN product p ON p.id = product_id "
          + "WHERE p.name = 'GTXPro'") == 1480)
    // A second time nothing is new.
    let again = try pipelineAgain(bench)
    #expect([again.rowsNew, again.rowsUpdated, again.rowsUnchanged] == [0, 0, 8800])
    try expectSound(bench)
  }

  /// Keys were not checked while rows went in, so all are checked now.
  private func expectSound(_ bench: ImportBench) throws {
    #expect(try bench.rows("PRAGMA foreign_key_check").isEmpty)
    #expect(try bench.rows("PRAGMA integrity_check") == ["ok"])
    #expect(try bench.int("PRAGMA foreign_keys") == 1)
  }

  private func pipelineAgain(_ bench: ImportBench) throws -> ImportFileReport {
    try bring(bench, "maven-crm/sales_pipeline.csv", into: "opportunities") {
      $0.stages = "Prospecting,Engaging,Won*,Lost-"
      $0.map = try ImportMapping.parse(
        "opportunity_id=code,sales_agent=owner,account=customer,deal_stage=stage,"
          + "engage_date=created,close_date=closed,close_value=amount")
    }
  }

  @Test(.enabled(if: ImportData.isThere("maven-crm"), "no maven-crm in \(ImportData.folder)"))
  func aProductSpelledInTwoWaysIsOneWhenAsked() throws {
    let bench = try ImportBench()
    let report = try pipeline(bench, loose: true)
    #expect(report.parentsMade.isEmpty)
    #expect(report.notes.contains { $0.kind == "named" && $0.english.hasPrefix("1480 references") })
    #expect(try bench.int("SELECT count(*) FROM product") == 7)
  }

  @Test(
    .enabled(if: ImportData.isThere("superstore-cn"), "no superstore-cn in \(ImportData.folder)"))
  func ordersWithChineseHeaders() throws {
    let bench = try ImportBench()
    let report = try bring(bench, "superstore-cn/orders.csv", into: "items") {
      $0.keep = true
      $0.map = try ImportMapping.parse(
        "行 ID=code,订单 ID=purchase.contract,订单日期=purchase.ordered,"
          + "发货日期=purchase.provisioned,客户 ID=purchase.customer.code,"
          + "客户名称=purchase.customer.name,城市=purchase.city,省/自治区=purchase.province,"
          + "地区=purchase.region,国家=purchase.customer.country,产品 ID=product.code,"
          + "产品名称=product.name,类别=product.line,子类别=product.category,销售额=amount,"
          + "销售额 - 利润=cost,利润=-")
    }
    #expect([report.rowsNew, report.rowsRejected] == [10_000, 0])
    #expect(report.customFields.map(\.name) == ["邮寄方式", "细分"])
    // The file's order numbers are used again for other customers and days.
    #expect(report.parentsMade == ["customer": 790, "product": 1955, "purchase": 4985])
    #expect(
      try bench.rows(
        "SELECT count(DISTINCT contract), count(DISTINCT city), count(DISTINCT province), "
          + "min(ordered_on), max(ordered_on) FROM purchase") == [
          "2773|583|31|2014-01-01|2017-12-30"
        ])
    #expect(try bench.int("SELECT sum(quantity) FROM item") == 37_675)
    // Lines have three decimals and money two: 10,000 roundings of at most half a fen each.
    func near(_ sql: String, _ yuan: Double, _ tolerance: Double) throws {
      let fen = Double(try bench.int(sql) ?? 0)
      #expect(abs(fen / 100 - yuan) <= tolerance, "\(fen / 100) is not \(yuan)")
    }
    try near("SELECT sum(amount_fen) FROM item", 16_117_548.237, 0.5)
    try near("SELECT sum(amount_fen) FROM purchase", 16_117_548.237, 0.5)
    try near("SELECT sum(amount_fen - cost_fen) FROM item", 2_156_559.517, 0.5)
    let regions = [
      "东北": 2_711_223.389, "中南": 4_147_884.013, "华东": 4_692_464.994, "华北": 2_447_301.017,
      "西北": 815_550.316, "西南": 1_303_124.508,
    ]
    for (region, yuan) in regions {
      try near("SELECT sum(amount_fen) FROM purchase WHERE region = '\(region)'", yuan, 0.08)
    }
    for (kind, yuan) in ["公司": 5_160_328.096, "小型企业": 2_895_786.173, "消费者": 8_061_433.968] {
      try near("SELECT sum(amount_fen) FROM item WHERE \"x_细分\" = '\(kind)'", yuan, 0.2)
    }
    for (name, yuan) in ["徐婵": 82_895.26, "黄磊": 81_751.6, "田磊": 77_369.334] {
      try near(
        "SELECT sum(amount_fen) FROM purchase p JOIN customer c ON c.id = p.customer_id "
          + "WHERE c.name = '\(name)'", yuan, 0.05)
    }
    for (city, yuan) in ["上海": 582_450.568, "天津": 471_183.51, "北京": 376_814.9] {
      try near("SELECT sum(amount_fen) FROM purchase WHERE city = '\(city)'", yuan, 0.05)
    }
    let returns = try bring(bench, "superstore-cn/returns.csv", into: "purchases") {
      $0.key = ["contract"]
      $0.everyMatch = true
      $0.map = [ImportMapping("订单 ID", "contract")]
    }
    #expect([returns.rowsUpdated, returns.rowsNew, returns.rowsRejected] == [296, 0, 0])
    #expect(
      try bench.int("SELECT count(DISTINCT contract) FROM purchase WHERE returned = 1") == 296)
    let managers = try bring(bench, "superstore-cn/managers.csv", into: "members") {
      $0.key = ["name"]
      $0.map = try ImportMapping.parse("地区经理=name,地区=team")
      $0.constants = [ImportConstant("team.kind", "region")]
    }
    #expect(managers.parentsMade == ["team": 6])
    try expectSound(bench)
  }

  @Test(.enabled(if: ImportData.isThere("bpic2012"), "no bpic2012 in \(ImportData.folder)"))
  func aLogOfLoanApplications() throws {
    let bench = try ImportBench()
    let report = try bring(bench, "bpic2012/events.csv.gz", into: "opportunities") {
      $0.history = true
      $0.skipUnknownStages = true
      $0.funnel = "loans"
      $0.only = ["concept:name=A_*"]
      $0.stages =
        "A_SUBMITTED,A_PARTLYSUBMITTED,A_PREACCEPTED,A_ACCEPTED,A_FINALIZED,A_APPROVED*,"
        + "A_DECLINED-,A_CANCELLED-"
      $0.map = try ImportMapping.parse(
        "case:concept:name=code,concept:name=stage,time:timestamp=at,org:resource=member,"
          + "case:AMOUNT_REQ=amount,case:REG_DATE=-,lifecycle:transition=-")
    }
    #expect([report.rowsRead, report.rowsNew, report.rowsRejected] == [262_200, 13_087, 0])
    #expect(
      try bench.rows(
        """
        SELECT s.code, count(DISTINCT opportunity_id) FROM stage_change c
        JOIN stage s ON s.id = c.to_id GROUP BY s.id ORDER BY s.position
        """) == [
          "A_SUBMITTED|13087", "A_PARTLYSUBMITTED|13087", "A_PREACCEPTED|7367",
          "A_ACCEPTED|5113", "A_FINALIZED|5015", "A_APPROVED|2246",
        ])
    // Declined 7,635 and cancelled 2,807 are both lost; 399 have none of the three ends.
    #expect(
      try bench.rows("SELECT state, count(*) FROM opportunity GROUP BY 1 ORDER BY 1") == [
        "lost|10442", "open|399", "won|2246",
      ])
    #expect(
      try bench.rows(
        """
        SELECT sum(amount_fen) / 100, max(amount_fen) / 100,
          sum(CASE WHEN state = 'won' THEN amount_fen END) / 100 FROM opportunity
        """) == ["177634511|99999|35290338"])
    let reached = """
      WITH t AS (SELECT opportunity_id AS o,
        max(CASE WHEN s.code = 'A_SUBMITTED' THEN julianday(at) END) AS a,
        max(CASE WHEN s.code = 'A_APPROVED' THEN julianday(at) END) AS z
        FROM stage_change c JOIN stage s ON s.id = c.to_id GROUP BY 1)
      """
    #expect(
      try bench.rows(
        reached
          + " SELECT sum(z - a <= 1), sum(z - a <= 7), sum(z - a <= 14), sum(z - a <= 30), "
          + "printf('%.4f', avg(z - a) * 24) FROM t WHERE z IS NOT NULL") == [
          "28|126|1086|2058|399.8125"
        ])
    try expectSound(bench)
    // Within a deal ids ascend with time.
    #expect(
      try bench.rows(
        """
        SELECT count(*) FROM stage_change a JOIN stage_change b
        ON b.opportunity_id = a.opportunity_id AND b.id = a.id + 1
        WHERE julianday(b.at) < julianday(a.at)
        """) == ["0"])
  }

  @Test(.enabled(if: ImportData.isThere("cdnow"), "no cdnow in \(ImportData.folder)"))
  func purchasesWithoutHeaders() throws {
    let bench = try ImportBench()
    let report = try bring(bench, "cdnow/CDNOW_sample.txt", into: "purchases") {
      $0.header = false
      $0.delimiter = "blanks"
      $0.columns = ["master", "customer.code", "ordered", "CDs", "amount"]
      $0.map = [ImportMapping("master", "-")]
      $0.keep = true
    }
    #expect([report.rowsNew, report.rowsRejected] == [6919, 0])
    #expect(
      try bench.rows(
        "SELECT count(DISTINCT customer_id), sum(\"x_CDs\"), sum(amount_fen) FROM purchase") == [
          "2357|16479|24409194"
        ])
    // Published: repeat days within 39 weeks, of the first customer 2, of all 2,457; 1,411 have
    // none.
    #expect(
      try bench.rows(
        """
        WITH f AS (SELECT customer_id, count(DISTINCT ordered_on) - 1 AS n FROM purchase
          WHERE ordered_on <= '1997-09-30' GROUP BY 1)
        SELECT sum(n), sum(n = 0), (SELECT n FROM f JOIN customer c ON c.id = customer_id
          WHERE c.code = '0001') FROM f
        """) == ["2457|1411|2"])
  }

  @Test(.enabled(if: ImportData.isThere("rds-nyjazz"), "no rds-nyjazz in \(ImportData.folder)"))
  func whoRecruitedWhom() throws {
    let bench = try ImportBench()
    let people = try bring(bench, "rds-nyjazz/people.csv", into: "customers") {
      $0.keep = true
      $0.constants = [ImportConstant("person", "yes")]
    }
    #expect(people.rowsNew == 264)
    #expect(try bench.int("SELECT count(*) FROM customer WHERE x_own_coupon IS NULL") == 10)
    let report = try bring(bench, "rds-nyjazz/recruitments.csv", into: "referrals") {
      $0.map = try ImportMapping.parse("recruiter=referrer.customer.code,recruit=customer.code")
    }
    #expect([report.rowsNew, report.rowsRejected] == [251, 0])
    #expect(report.parentsMade == ["referrer": 118])
    #expect(
      try bench.rows(
        """
        WITH RECURSIVE edge AS (SELECT f.customer_id AS a, r.customer_id AS b FROM referral r
          JOIN referrer f ON f.id = r.referrer_id),
        tree AS (SELECT id, 0 AS depth FROM customer WHERE id NOT IN (SELECT b FROM edge)
          UNION ALL SELECT b, depth + 1 FROM edge JOIN tree ON tree.id = a)
        SELECT group_concat(n, ' ') FROM
          (SELECT count(*) AS n FROM tree GROUP BY depth ORDER BY depth)
        """) == ["13 32 49 41 36 30 24 15 9 8 6 1"])
    #expect(
      try bench.rows(
        """
        SELECT c.code, count(*) FROM referral r JOIN referrer f ON f.id = r.referrer_id
        JOIN customer c ON c.id = f.customer_id GROUP BY 1 ORDER BY 2 DESC, c.id LIMIT 3
        """) == ["50|8", "6|6", "18|6"])
    try expectSound(bench)
  }
}

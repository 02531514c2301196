import Foundation
import Kith
import KithBase
import KithStore
import Testing

/// The public data sets, imported and asked through the language. Every expected figure was computed
/// from the files by other means (pandas and SQL) and is published with them.
@Suite(.enabled(if: PublicData.isThere, PublicData.reason)) struct PublicDataTests {
  @Test func mavenPipeline() throws {
    let book = try PublicData.book { book in
      try book.add(
        "maven-crm/accounts.csv", into: "customers", map: "revenue=annual_output*1000000"
      ) {
        $0.newValues = true
        $0.keep = true
      }
      try book.add(
        "maven-crm/sales_teams.csv", into: "members",
        map: "sales_agent=name,manager=manager.name,regional_office=team.name")
      try book.add("maven-crm/products.csv", into: "products")
      try book.add(
        "maven-crm/sales_pipeline.csv", into: "opportunities",
        map: """
          opportunity_id=code,sales_agent=owner.name,product=product,account=customer.name,\
          deal_stage=stage,engage_date=created,close_date=closed,close_value=amount
          """
      ) {
        $0.stages = "Prospecting,Engaging,Won*,Lost-"
        $0.looseNames = true
      }
    }
    let ask = { (text: String) in try book.rows(text) }
    #expect(try ask("customers | count") == ["85"])
    #expect(try ask("products | count") == ["7"])
    #expect(
      try ask("opportunities | where not won | count by state") == ["open\t2089", "lost\t2473"])
    #expect(
      try ask("opportunities | where open | count by stage")
        == ["Prospecting\t500", "Engaging\t1589"])
    // 4238 / (4238 + 2473) = 63.1501 %
    let rate = try ask("opportunities | summarize win_rate()")
    #expect(abs((Double(rate[0]) ?? 0) - 0.631501) < 0.0000005)
    #expect(
      try ask(
        """
        opportunities | where won | summarize count(), sum(amount), avg(amount), median(amount), \
        min(amount), max(amount)
        """) == ["4238\t10005534.00\t2360.91\t1117.00\t38.00\t30288.00"])
    #expect(
      try ask(
        "opportunities | where won | summarize v = sum(amount) by owner.manager.name | sort v desc")
        == [
          "Melvin Marxen\t2251930.00", "Summer Sewald\t1964750.00", "Rocco Neubert\t1960545.00",
          "Celia Rouche\t1603897.00", "Cara Losch\t1130049.00", "Dustin Brinkmann\t1094363.00",
        ])
    #expect(
      try ask(
        """
        opportunities | where closed in 2017
          | summarize count(where won), n = count(where lost), sum(amount where won) by quarter(closed)
        """)
        == [
          "2017-Q1\t531\t116\t1134672.00", "2017-Q2\t1254\t778\t3086111.00",
          "2017-Q3\t1257\t790\t2982255.00", "2017-Q4\t1196\t789\t2802496.00",
        ])
    let days = try ask(
      """
      opportunities | where not open
        | summarize avg(days(closed - created)), median(days(closed - created)) by state
      """)
    #expect(days.map { $0.split(separator: "\t").last ?? "" } == ["57", "14"])
    let means = days.map { Double($0.split(separator: "\t")[1]) ?? 0 }
    #expect(abs(means[0] - 51.7820) < 0.00005 && abs(means[1] - 41.4792) < 0.00005)
    #expect(
      try ask(
        """
        opportunities | summarize n = count(), count(where won), l = count(where lost), \
        v = sum(amount where won) by owner | top 2 by v
        """
      ).map { $0.split(separator: "\t").map(String.init) }
        .map { [$0[0], $0[1], $0[2], $0[3], $0[4]] }[0]
        == ["Darcel Schlecht", "747", "349", "204", "1153214.00"])
    #expect(
      try ask("opportunities | where won | summarize v = sum(amount) by customer | top 3 by v")
        == ["Kan-code\t341455.00", "Konex\t269245.00", "Condax\t206410.00"])
  }

  @Test func superstoreInBothTongues() throws {
    let book = try PublicData.book { book in
      try book.add(
        "superstore-cn/orders.csv", into: "items",
        map: """
          行 ID=purchase.code,订单 ID=purchase.contract,订单日期=purchase.ordered,\
          发货日期=purchase.provisioned,客户 ID=purchase.customer.code,\
          客户名称=purchase.customer.name,城市=purchase.city,省/自治区=purchase.province,\
          地区=purchase.region,国家=purchase.customer.country,产品 ID=product.code,\
          产品名称=product.name,类别=product.line,子类别=product.category,销售额=amount,数量=quantity,\
          折扣=discount,销售额 - 利润=cost
          """
      ) { $0.keep = true }
    }
    // Lines carry three decimals and money two, so sums differ from the file's by at most half a fen
    // a line; the figures are compared to within that.
    try book.expectNear(
      "items | summarize sum(amount), sum(profit), sum(quantity)",
      [["", "16117548.237", "2156559.517", "37675"]], keys: 0)
    let regions = [
      ["东北", "2711223.389"], ["中南", "4147884.013"], ["华东", "4692464.994"],
      ["华北", "2447301.017"], ["西北", "815550.316"], ["西南", "1303124.508"],
    ]
    try book.expectNear("items | summarize sum(amount) by purchase.region", regions, keys: 1)
    try book.expectNear("明细 | 汇总 合计(金额) 按 购买.地区", regions, keys: 1)
    let segments = [
      ["公司", "5160328.096"], ["小型企业", "2895786.173"], ["消费者", "8061433.968"],
    ]
    try book.expectNear("items | summarize sum(amount) by `细分`", segments, keys: 1)
    try book.expectNear("明细 | 汇总 合计(金额) 按 细分", segments, keys: 1)
    let customers = [["徐婵", "82895.26"], ["黄磊", "81751.6"], ["田磊", "77369.334"]]
    try book.expectNear(
      "items | summarize v = sum(amount) by purchase.customer.name | top 3 by v", customers, keys: 1
    )
    try book.expectNear("明细 | 汇总 v = 合计(金额) 按 购买.客户.名称 | 前3 按 v", customers, keys: 1)
    let cities = [["上海", "582450.568"], ["天津", "471183.51"], ["北京", "376814.9"]]
    try book.expectNear(
      "items | summarize v = sum(amount) by purchase.city | top 3 by v", cities, keys: 1)
    #expect(try book.rows("products | count") == ["1955"])
    #expect(try book.rows("customers | count") == ["790"])
    #expect(try book.rows("purchases | distinct contract | count") == ["2773"])
  }

  @Test func loanApplicationsWithHistory() throws {
    let book = try PublicData.book { book in
      try book.add(
        "bpic2012/events.csv.gz", into: "opportunities",
        map: """
          case:concept:name=code,case:AMOUNT_REQ=amount,concept:name=stage,time:timestamp=at,\
          org:resource=author.name
          """
      ) {
        $0.history = true
        $0.skipUnknownStages = true
        $0.only = ["concept:name=A_*"]
        $0.stages = """
          A_SUBMITTED,A_PARTLYSUBMITTED,A_PREACCEPTED,A_ACCEPTED,A_FINALIZED,A_APPROVED*,\
          A_DECLINED-,A_CANCELLED-
          """
      }
    }
    #expect(
      try book.rows("opportunities | funnel | select stage, reached")
        == [
          "A_SUBMITTED\t13087", "A_PARTLYSUBMITTED\t13087", "A_PREACCEPTED\t7367",
          "A_ACCEPTED\t5113", "A_FINALIZED\t5015", "A_APPROVED\t2246",
        ])
    // Hours preaccepted → accepted → finalized → approved.
    let days = try book.rows("opportunities | funnel | select median_days").dropFirst(2).prefix(3)
    let hours = days.map { (Double($0) ?? 0) * 24 }
    for (found, expected) in zip(hours, [4.1201, 0.0511, 331.8382]) {
      #expect(abs(found - expected) < 0.00005)
    }
    // Submitted → preaccepted and submitted → approved span several stages.
    let spans = try book.rows(
      """
      opportunities | summarize median(hours(entered("A_PREACCEPTED") - entered("A_SUBMITTED"))), \
      median(hours(entered("A_APPROVED") - entered("A_SUBMITTED"))), \
      avg(hours(entered("A_APPROVED") - entered("A_SUBMITTED")))
      """)
    let found = spans[0].split(separator: "\t").map { Double($0) ?? 0 }
    for (value, expected) in zip(found, [0.0122, 346.4794, 399.8125]) {
      #expect(abs(value - expected) < 0.00005)
    }
    #expect(
      try book.rows("opportunities | summarize sum(amount), sum(amount where won), max(amount)")
        == ["177634511.00\t35290338.00\t99999.00"])
    #expect(try book.rows("opportunities | where open | count") == ["399"])
    try approvals(book)
    try expectCohorts(
      book, "opportunities | cohort by month(created) of stage_changes.at for 3 months",
      [
        ("2011-10", [2347, 2347, 631, 31, 4]), ("2011-11", [2952, 2952, 624, 38, 6]),
        ("2011-12", [2154, 2154, 548, 59, 0]), ("2012-01", [2708, 2708, 707, 52, 0]),
        ("2012-02", [2865, 2865, 503, 0, 0]), ("2012-03", [61, 61, 0, 0, 0]),
      ])
  }

  /// Windows, the strict order and the three ends of the loan applications.
  private func approvals(_ book: FilledBook) throws {
    for (days, expected) in [(1, "28"), (7, "126"), (14, "1086"), (30, "2058")] {
      let rows = try book.rows(
        "opportunities | funnel A_SUBMITTED -> A_APPROVED within \(days) days | select reached")
      #expect(rows == ["13087", expected])
    }
    let strict = try book.rows("opportunities | funnel strict | select reached")
    #expect(strict == ["13087", "13087", "7367", "5113", "5015", "2246"])
    let ends = try book.rows("opportunities | funnel A_SUBMITTED -> A_APPROVED | select lost, open")
    // Declined and cancelled: 7,635 + 2,807.
    #expect(ends.first == "10442\t399")
  }

  /// Each cohort with its size and the counts behind its shares (computed in Python from the files).
  private func expectCohorts(
    _ book: FilledBook, _ text: String, _ expected: [(String, [Double])]
  ) throws {
    let found = try book.rows(text).map { $0.split(separator: "\t").map(String.init) }
    #expect(found.map { $0[0] } == expected.map(\.0))
    for (row, cohort) in zip(found, expected) {
      let size = cohort.1[0]
      #expect(Double(row[1]) == size)
      let shares = row.dropFirst(2).map { Double($0) ?? -1 }
      #expect(shares.count == cohort.1.count - 1)
      for (share, count) in zip(shares, cohort.1.dropFirst()) {
        #expect(abs(share * size - count) < 1e-6, "\(text): \(row)")
      }
    }
  }

  @Test func recruitmentTrees() throws {
    let book = try PublicData.book { book in
      try book.add(
        "rds-nyjazz/people.csv", into: "customers",
        map:
          "id=code,own_coupon=-,coupon_1=-,coupon_2=-,coupon_3=-,coupon_4=-,coupon_5=-,coupon_6=-,coupon_7=-"
      )
      try book.add(
        "rds-nyjazz/recruitments.csv", into: "referrals",
        map: "recruiter=referrer.customer.code,recruit=customer.code")
    }
    #expect(try book.rows("customers | roots | count") == ["13"])
    let depths = [13, 32, 49, 41, 36, 30, 24, 15, 9, 8, 6, 1].enumerated().map { "\($0)\t\($1)" }
    #expect(try book.rows("customers | count by generation") == depths)
    #expect(
      try book.rows("customers | extend n = downline_count | top 5 by n | select code, n")
        == ["4\t124", "14\t116", "50\t64", "18\t53", "46\t35"])
    #expect(try book.rows("customers | where any(referred) | count") == ["118"])
    #expect(
      try book.rows("customers | extend n = count(referred) | top 3 by n | select code, n")
        == ["50\t8", "6\t6", "18\t6"])
    #expect(try book.rows("customer \"50\" | tree | count") == ["65"])
    #expect(try book.rows("customer \"50\" | downstream | count") == ["64"])
    #expect(try book.rows("customers | loops | count") == ["0"])
  }

  @Test func purchasesOfMusic() throws {
    let book = try PublicData.book { book in
      try book.add("cdnow/CDNOW_sample.txt", into: "purchases", map: "master=-") {
        $0.header = false
        $0.columns = ["master", "customer.code", "ordered", "cds", "amount"]
        $0.delimiter = "blanks"
        $0.keep = true
      }
    }
    #expect(
      try book.rows("purchases | summarize count(), distinct(customer), sum(amount), sum(cds)")
        == ["6919\t2357\t244091.94\t16479"])
    try expectCohorts(
      book, "customers | cohort by month(first_purchase) of purchases.ordered for 12 months",
      [
        ("1997-01", [781, 781, 124, 95, 70, 65, 77, 65, 53, 52, 45, 62, 59, 45]),
        ("1997-02", [857, 857, 134, 110, 75, 77, 75, 61, 61, 74, 70, 59, 57, 59]),
        ("1997-03", [719, 719, 87, 84, 78, 63, 64, 55, 57, 73, 65, 47, 51, 78]),
      ])
    // At the end of the last day of June that month is over, and July is not.
    #expect(
      try book.rows(
        "as of 1997-06-30 | customers | cohort by month(first_purchase) for 5 | select m3, m4"
      )
      .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(\.isEmpty) }
        == [[false, false], [false, false], [false, true]])
    try expectPublishedSummary(book)
  }

  /// Repeat purchases, weeks from the first to the last and to the end of the calibration period, for
  /// each customer as published. Purchases after that period do not exist as of its end.
  private func expectPublishedSummary(_ book: FilledBook) throws {
    let text = try String(
      contentsOfFile: PublicData.folder + "/cdnow/cdnow_customers_summary.csv", encoding: .utf8)
    var published: [Int: [Double]] = [:]
    for line in text.split(whereSeparator: \.isNewline).dropFirst() {
      let cells = line.split(separator: ",").map { Double($0) ?? -1 }
      published[Int(cells[0])] = Array(cells.dropFirst())
    }
    let rows = try book.rows(
      """
      as of 1997-09-30 | customers | where any(purchases)
        | select code, n = frequency - 1, r = days(last_purchase - first_purchase), \
      t = days(today - first_purchase)
      """)
    #expect(rows.count == 2357 && published.count == 2357)
    var wrong: [String] = []
    for row in rows {
      let cells = row.split(separator: "\t").map { Double($0) ?? -1 }
      guard let known = published[Int(cells[0])], cells.count == 4, cells[1] == known[0],
        abs(cells[2] / 7 - known[1]) < 0.00501, abs(cells[3] / 7 - known[2]) < 0.00501
      else {
        wrong.append(row)
        continue
      }
    }
    #expect(wrong.isEmpty, "\(wrong.count) differ, such as \(wrong.prefix(3))")
  }
}

/// The folder of public data, and a book filled from it.
enum PublicData {
  static let folder =
    ProcessInfo.processInfo.environment["KITH_DATA"]
    ?? URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path + "/shared/data"
  static let isThere: Bool = {
    let found = FileManager.default.fileExists(atPath: folder + "/maven-crm/accounts.csv")
    if !found { print("skipped: the public data sets are not in \(folder) (KITH_DATA)") }
    return found
  }()
  static let reason: Comment = "needs the public data sets (KITH_DATA)"

  static func book(_ fill: (FilledBook) throws -> Void) throws -> FilledBook {
    let book = try FilledBook(Book.inMemory())
    try fill(book)
    try book.session.reload()
    return book
  }
}

final class FilledBook {
  let session: Session

  init(_ book: Book) throws {
    var options = Options()
    options.evaluationDate = "2026-11-21"
    session = try Session(book: book, options: options)
  }

  func add(
    _ file: String, into entity: String, map: String = "",
    _ change: (inout ImportOptions) -> Void = { _ in }
  ) throws {
    var options = ImportOptions(
      files: [PublicData.folder + "/" + file], entity: entity, now: Instant(microseconds: 0))
    if !map.isEmpty { options.map = try ImportMapping.parse(map) }
    change(&options)
    let rejects = NSTemporaryDirectory() + "kith-rejects-\(UUID().uuidString).csv"
    options.rejectsPath = rejects
    defer { try? FileManager.default.removeItem(atPath: rejects) }
    let report = try importFiles(options, into: session.book)
    #expect(report.rowsRejected == 0)
  }

  /// The rows of an answer as tab-separated text, without the header.
  func rows(_ text: String) throws -> [String] {
    try session.run(text).rendered(as: .tsv).split(separator: "\n").dropFirst().map(String.init)
  }

  /// Compares key columns exactly and figures to within half a fen a line (at most 10,000 lines).
  func expectNear(_ text: String, _ expected: [[String]], keys: Int) throws {
    let found = try rows(text).map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
    #expect(found.count == expected.count)
    for (row, wanted) in zip(found, expected) {
      let figures = keys == 0 ? Array(wanted.dropFirst()) : Array(wanted.dropFirst(keys))
      #expect(Array(row.prefix(keys)) == Array(wanted.prefix(keys)))
      for (value, figure) in zip(row.dropFirst(keys), figures) {
        #expect(abs((Double(value) ?? 0) - (Double(figure) ?? 1)) < 0.2, "\(text)")
      }
    }
  }
}

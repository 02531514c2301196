import Foundation
import Kith
import KithBase
import KithStore
import Testing

/// The questions of a sales desk on a made-up book: each runs, the row engine agrees, and where a question
/// can be put in SQL, SQLite gives the same.
@Suite struct DemoQuestionTests {
  private static func session(customers: Int) throws -> Session {
    let book = try Book.inMemory()
    try book.makeDemo(customers: customers, seed: 1) { _, _ in }
    var options = Options()
    options.evaluationDate = "2026-11-21"
    return try Session(book: book, options: options)
  }

  /// Those of the forty that this version answers, without a condition on what is in the book.
  private static let questions = [
    #"customers | where city = "深圳" and tier = V1 | top 20 by revenue"#,
    "customers | where tier != V1 | count",
    "customers | top 3 by revenue per city",
    "customers | where created in last month | count by city | compare to previous",
    "customers | where any(opportunities where open) and none(activities where done in last 60 days)",
    "customers | top 10% by revenue per industry",
    """
    customers | where any(opportunities where won and closed in last 12 months)
      | where none(opportunities where won and closed in last 90 days)
    """,
    #"customers | where pinyin(name) starts with "wang""#,
    "customers | sort revenue desc | until 80% of revenue",
    "customers | duplicates by name, city",
    """
    referrers | extend brought = sum(referred.opportunities.amount where won) | top 10 by brought
    """,
    "customer 2 | downstream",
    """
    customers | roots | rollup people = count(), brought = sum(opportunities.amount where won)
      | top 10 by brought
    """,
    "customer 47 | chain",
    "path from customer 2 to customer 47",
    "customers | loops",
    "customers | circles | count by circle | sort count desc",
    """
    let usual = win_rate(opportunities)
    referrers | where count(referred.opportunities where not open) >= 3
      and win_rate(referred.opportunities) > usual
    """,
    "referrals | where won | summarize count(), avg(time_to_win) by referrer.tier",
    """
    customers | where referrer is not empty and any(opportunities where won) and none(referred)
    """,
    "customers | top 1 by generation | chain",
    "customer 2 | downstream | where level = 2",
    "opportunities | where not open | summarize count(), win_rate() by customer.generation",
    """
    referrers | extend reward = 10% * sum(referred.opportunities.amount
          where won and closed <= customer.referral.referred + 90 days)
      + 3% * sum(referred.referred.opportunities.amount
          where won and closed <= customer.referral.referred + 90 days) | where reward > 0
    """,
    "opportunities | funnel | select stage, median_days, p90_days",
    "opportunities | where lost | count by stage",
    "opportunities | where open and stalled",
    "opportunities | where moved_back",
    "opportunities | where skipped",
    """
    opportunities | where created in this quarter
      | summarize count(), rate(reached(won, within: 30 days)) | compare to last year
    """,
    """
    opportunities | where created <= 90 days ago
      | summarize count(), rate(reached(won, within: 90 days)) by month(created)
    """,
    """
    stage_changes | where at in this week and (from = C or to = C)
      | select opportunity, from, to, at
    """,
    """
    opportunities | funnel step D within 30 days | dropped after C
      | select name, owner, customer.phone
    """,
    "opportunities | where won | histogram closed - created by 14 days",
    "opportunities | where open and none(roles where role = coach)",
    "customers | count by tier fill",
    """
    customers | where none(activities where kind in (visit, executive_visit) and done in this quarter)
    """,
    "asks | where asked in last 8 weeks | count by member, week(asked)",
    "claims | where live and expires in this week | select customer, member, expires",
    """
    installations | where stopped in last 90 days | select customer, product, stopped, stop_reason
    """,
    "客户 | 其中 城市 ＝ “深圳” 且 等级 = V1 | 前20 按 收入",
    #"""
    商机 | 其中 创建 在 本季度 | 漏斗 步骤 D 14天内 按 客户.城市 90天内 | 其中 城市 = "深圳" | 止步 C
    """#,
  ]

  /// The row engine leaves some columns of a funnel out, among them `now`.
  private static let wholeFunnels = [
    "opportunities | where created in 2026-Q3 | funnel",
    "opportunities | funnel within 90 days by customer.city",
    "opportunities | funnel | select stage, now, reached",
  ]

  @Test func eachRunsAndTheRowEngineAgrees() throws {
    let session = try Self.session(customers: 60)
    for question in Self.wholeFunnels {
      #expect(throws: Never.self, "\(question)") { _ = try session.run(question) }
    }
    let golden = GoldenTests()
    for question in Self.questions {
      #expect(throws: Never.self, "\(question)") { _ = try session.run(question) }
      try golden.agreesWithTwin(session, question)
    }
  }

  /// The first instant of a day in Shanghai, as the book writes it.
  private static func start(_ day: String) -> String {
    "strftime('%Y-%m-%dT%H:%M:%SZ', '\(day)', '-8 hours')"
  }

  /// A question and the same in SQL, both giving one column of whole numbers or texts, in any order.
  private static let inSQL: [(kith: String, sql: String)] = [
    (
      "customers | where created in last month | count by city | select f\"{city} {count}\"",
      """
      SELECT ifnull(city, '') || ' ' || count(*) FROM customer
      WHERE created_at >= \(start("2026-10-01")) AND created_at < \(start("2026-11-01")) GROUP BY city
      """
    ),
    (
      """
      customers | where any(opportunities where open) and none(activities where done in last 60 days)
        | select id
      """,
      """
      SELECT id FROM customer AS c
      WHERE EXISTS (SELECT 1 FROM opportunity WHERE customer_id = c.id AND state = 'open')
        AND NOT EXISTS (SELECT 1 FROM activity WHERE customer_id = c.id
          AND done_at >= \(start("2026-09-23")) AND done_at < \(start("2026-11-22")))
      """
    ),
    (
      """
      customers | where any(opportunities where won and closed in last 12 months)
        | where none(opportunities where won and closed in last 90 days) | select id
      """,
      """
      SELECT id FROM customer AS c
      WHERE EXISTS (SELECT 1 FROM opportunity WHERE customer_id = c.id AND state = 'won'
          AND closed_at >= \(start("2025-11-22")) AND closed_at < \(start("2026-11-22")))
        AND NOT EXISTS (SELECT 1 FROM opportunity WHERE customer_id = c.id AND state = 'won'
          AND closed_at >= \(start("2026-08-24")) AND closed_at < \(start("2026-11-22")))
      """
    ),
    (
      "customers | top 3 by revenue per city | select id",
      """
      SELECT id FROM (
        SELECT c.id, row_number() OVER (PARTITION BY city ORDER BY revenue DESC, c.id) AS place
        FROM (\(revenue)) AS c) WHERE place <= 3
      """
    ),
    (
      "customers | top 10% by revenue per industry | select id",
      """
      SELECT id FROM (
        SELECT c.id, row_number() OVER (PARTITION BY industry ORDER BY revenue DESC, c.id) AS place,
          count(*) OVER (PARTITION BY industry) AS size FROM (\(revenue)) AS c)
      WHERE place <= (size * 10 + 99) / 100
      """
    ),
    (
      "customers | sort revenue desc | until 80% of revenue | select id",
      """
      SELECT id FROM (
        SELECT c.id, sum(revenue) OVER (ORDER BY revenue DESC, c.id) - revenue AS before,
          sum(revenue) OVER () AS whole FROM (\(revenue)) AS c)
      WHERE before * 10 < whole * 8
      """
    ),
    (
      "opportunities | where lost | count by stage | select f\"{stage.code} {count}\"",
      """
      SELECT ifnull(s.code, '') || ' ' || count(*) FROM opportunity AS o
      LEFT JOIN stage AS s ON s.id = o.stage_id
      WHERE o.state IN ('lost', 'abandoned') GROUP BY s.id
      """
    ),
    (
      "opportunities | funnel | where `now` > 0 | select now",
      """
      SELECT count(*) FROM opportunity AS o JOIN stage AS s ON s.id = o.stage_id
      WHERE o.state = 'open' GROUP BY s.id
      """
    ),
    (
      "opportunities | where moved_back | select id",
      """
      SELECT DISTINCT h.opportunity_id FROM stage_change AS h
      JOIN stage AS a ON a.id = h.from_id JOIN stage AS b ON b.id = h.to_id
      WHERE b.position < a.position
      """
    ),
    (
      "stage_changes | where at in this week and (from = C or to = C) | select id",
      """
      SELECT h.id FROM stage_change AS h LEFT JOIN stage AS a ON a.id = h.from_id
      LEFT JOIN stage AS b ON b.id = h.to_id
      WHERE h.at >= \(start("2026-11-16")) AND h.at < \(start("2026-11-23"))
        AND (a.code = 'C' OR b.code = 'C')
      """
    ),
    (
      "opportunities | where open and none(roles where role = coach) | select id",
      """
      SELECT id FROM opportunity AS o WHERE state = 'open'
        AND NOT EXISTS (SELECT 1 FROM role WHERE opportunity_id = o.id AND role = 'coach')
      """
    ),
    (
      """
      customers
        | where none(activities where kind in (visit, executive_visit) and done in this quarter)
        | select id
      """,
      """
      SELECT id FROM customer AS c WHERE NOT EXISTS (SELECT 1 FROM activity
        WHERE customer_id = c.id AND kind IN ('visit', 'executive_visit')
          AND done_at >= \(start("2026-10-01")) AND done_at < \(start("2027-01-01")))
      """
    ),
    (
      "installations | where stopped in last 90 days | select id",
      "SELECT id FROM installation WHERE stopped_on BETWEEN '2026-08-24' AND '2026-11-21'"
    ),
    (
      """
      opportunities | where won | histogram closed - created by 14 days | where count > 0 | select count
      """,
      """
      SELECT count(*) FROM opportunity WHERE state = 'won'
        AND created_at IS NOT NULL AND closed_at IS NOT NULL
      GROUP BY cast((julianday(closed_at) - julianday(created_at)) / 14 AS INTEGER)
      """
    ),
  ]

  /// Customers with what they bought, in fen.
  private static let revenue = """
    SELECT c.id, c.city, c.industry, ifnull((SELECT sum(amount_fen) FROM purchase
      WHERE customer_id = c.id), 0) AS revenue FROM customer AS c
    """

  @Test func sqliteGivesTheSame() throws {
    let session = try Self.session(customers: 450)
    for (kith, sql) in Self.inSQL {
      let lines = try session.run(kith).rendered(as: .tsv).split(separator: "\n")
      let ours = lines.dropFirst().map(String.init)
      let theirs = try sqlRows(session.book.connection, sql)
      #expect(ours.sorted() == theirs.sorted(), "\(kith)")
      #expect(!theirs.isEmpty, "nothing to compare: \(kith)")
    }
  }
}

import KithBase
import KithModel
import KithStore
import Testing

@Suite struct StoreDemoTests {
  private static let tables = [
    "customer", "contact", "member", "team", "class_change", "claim", "opportunity", "stage_change",
    "change", "activity", "purchase", "item", "payment", "project", "referrer", "ask", "referral",
    "reward", "role", "rival", "note", "offer", "task", "event", "session", "attendance",
    "response",
    "answer", "installation", "target", "product", "grid", "competitor",
  ]

  private func demo(_ customers: Int, seed: UInt64 = 1) throws -> Book {
    let book = try Book.inMemory()
    try book.makeDemo(customers: customers, seed: seed)
    return book
  }

  /// All cells of a table in id order, folded by FNV-1a into one number.
  private func digest(_ book: Book, _ table: String) throws -> UInt64 {
    let statement = try book.connection.prepare("SELECT * FROM \"\(table)\" ORDER BY id")
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    while try statement.step() {
      for column in 0..<statement.columnCount {
        for byte in (statement.text(column) ?? "\u{1}").utf8 {
          hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        }
        hash = (hash ^ 0x2C) &* 0x100_0000_01b3
      }
    }
    return hash
  }

  @Test func theSameSeedGivesTheSameRows() throws {
    let first = try demo(400)
    let second = try demo(400)
    let other = try demo(400, seed: 2)
    for table in Self.tables {
      #expect(try digest(first, table) == digest(second, table), "\(table)")
    }
    for table in ["customer", "opportunity", "purchase", "activity", "referral"] {
      #expect(try digest(first, table) != digest(other, table), "\(table)")
    }
  }

  @Test func theSizesAreThosePromised() throws {
    let book = try demo(2_000)
    for (table, count) in [
      ("customer", 2_000), ("opportunity", 4_000), ("activity", 10_000), ("purchase", 6_000),
      ("referral", 800), ("member", 20), ("product", 40),
    ] {
      #expect(
        try book.connection.int("SELECT count(*) FROM \"\(table)\"") == Int64(count), "\(table)")
    }
    let moves = try book.connection.int("SELECT count(*) FROM stage_change") ?? 0
    #expect((11_000...13_000).contains(moves))
    let items = try book.connection.int("SELECT count(*) FROM item") ?? 0
    #expect((6_000...8_000).contains(items))
    let places =
      try book.connection.int("SELECT count(DISTINCT city || province) FROM customer") ?? 0
    #expect((80...100).contains(places))
    // A tenth of the outputs of firms is not known.
    let unknown = try book.connection.int(
      "SELECT 1000 * sum(annual_output_fen IS NULL) / count(*) FROM customer WHERE NOT person")
    #expect((70...130).contains(unknown ?? 0))
  }

  /// SQLite judges keys, checks and files; the questions below must find no row.
  @Test func everyRowHoldsTogether() throws {
    let book = try demo(1_000)
    #expect(try sqlRows(book.connection, "PRAGMA foreign_key_check") == [])
    #expect(try sqlRows(book.connection, "PRAGMA integrity_check") == ["ok"])
    #expect(try book.connection.int("PRAGMA foreign_keys") == 1)
    for question in [
      // Histories go forward in time, each move from where the last one led.
      """
      SELECT * FROM (SELECT at, from_id, opportunity_id,
        lag(at) OVER w AS earlier, lag(to_id) OVER w AS was, lag(id) OVER w AS last
        FROM stage_change WINDOW w AS (PARTITION BY opportunity_id ORDER BY id))
      WHERE at < earlier OR (last IS NOT NULL AND from_id IS NOT was)
      """,
      // The deal stands where its history ends.
      """
      SELECT o.id FROM opportunity o JOIN stage_change c ON c.opportunity_id = o.id
      WHERE c.id = (SELECT max(id) FROM stage_change WHERE opportunity_id = o.id)
        AND (c.state <> o.state OR o.stage_id IS NOT coalesce(c.to_id, c.from_id)
          OR (o.state <> 'open') <> (c.to_id IS NULL) OR (o.closed_at IS NULL) <> (o.state = 'open')
          OR c.amount_fen IS NOT o.amount_fen OR c.expected_close_on <> o.expected_close_on)
      """,
      """
      SELECT o.id FROM opportunity o JOIN stage_change c ON c.opportunity_id = o.id
      WHERE c.at < o.created_at
      """,
      // The class ladder likewise.
      """
      SELECT * FROM (SELECT at, from_class, lag(at) OVER w AS earlier, lag(to_class) OVER w AS was
        FROM class_change WINDOW w AS (PARTITION BY customer_id ORDER BY id))
      WHERE at < earlier OR from_class IS NOT was
      """,
      """
      SELECT k.id FROM customer k WHERE class IS NOT (SELECT to_class FROM class_change
        WHERE customer_id = k.id ORDER BY at DESC, id DESC LIMIT 1)
      """,
      """
      SELECT id FROM customer
      WHERE class IN ('on_net', 'off_net', 'order') AND id NOT IN (SELECT customer_id FROM purchase)
      """,
      """
      SELECT id FROM purchase p
      WHERE amount_fen <> (SELECT sum(amount_fen) FROM item WHERE purchase_id = p.id)
      """,
      """
      SELECT p.id FROM purchase p JOIN customer k ON k.id = customer_id
      WHERE ordered_on < date(k.created_at)
      """,
      """
      SELECT o.id FROM opportunity o JOIN customer k ON k.id = customer_id
      WHERE date(o.created_at) < date(k.created_at)
      """,
      """
      SELECT p.id FROM purchase p JOIN opportunity o ON o.id = opportunity_id
      WHERE o.state <> 'won' OR o.customer_id <> p.customer_id
      """,
      """
      SELECT a.id FROM activity a JOIN opportunity o ON o.id = opportunity_id
      WHERE a.customer_id IS NOT o.customer_id
      """,
      """
      SELECT a.id FROM activity a JOIN contact c ON c.id = contact_id
      WHERE c.customer_id IS NOT a.customer_id
      """,
      """
      SELECT id FROM referral WHERE closed_at < coalesce(met_at, referred_at) OR (state IN ('won',
      'lost', 'no_need')) <> (closed_at IS NOT NULL)
      """,
      "SELECT id FROM activity WHERE (state = 'done') <> (done_at IS NOT NULL)",
    ] {
      #expect(try sqlRows(book.connection, question) == [], "\(question)")
    }
    // Nothing but plans lies after the demo's day.
    for (table, column) in [
      ("activity", "done_at"), ("stage_change", "at"), ("purchase", "ordered_on"),
      ("class_change", "at"), ("referral", "closed_at"), ("opportunity", "closed_at"),
      ("claim", "ended_at"), ("response", "answered_at"), ("payment", "paid_on"),
      ("customer", "created_at"), ("reward", "given_on"), ("ask", "answered_at"),
      ("installation", "stopped_on"), ("member", "left_on"),
    ] {
      let last = try book.connection.text("SELECT max(\"\(column)\") FROM \"\(table)\"") ?? ""
      #expect(last.prefix(10) <= "2026-11-21", "\(table).\(column)")
    }
    // Some deals skip, fall back, are lost; histories are not all alike.
    for question in [
      """
      SELECT 1 FROM stage_change c JOIN stage f ON f.id = from_id JOIN stage t ON t.id = to_id
      WHERE t.position = f.position + 2
      """,
      """
      SELECT 1 FROM stage_change c JOIN stage f ON f.id = from_id JOIN stage t ON t.id = to_id
      WHERE t.position < f.position
      """,
      "SELECT 1 FROM opportunity WHERE state = 'lost' AND lost_reason IS NOT NULL",
      "SELECT 1 FROM opportunity WHERE customer_id IS NULL",
    ] {
      #expect(try book.connection.int(question + " LIMIT 1") == 1, "\(question)")
    }
  }

  /// Who sent whom, as pairs of customers. From those nobody sent, walk down; who is not reached
  /// walks in a circle.
  @Test(arguments: [(5_000, 10), (1_000, 10), (300, 3), (20, 3)])
  func thereIsOneCircleAndTreesOfFifteenAtMost(customers: Int, circle: Int) throws {
    let book = try demo(customers)
    try book.connection.execute(
      """
      CREATE TEMP TABLE sent AS SELECT r.customer_id AS parent, f.customer_id AS child
        FROM referral f JOIN referrer r ON r.id = f.referrer_id;
      CREATE INDEX temp.sent_parent ON sent (parent);
      CREATE TEMP TABLE reached AS
        WITH RECURSIVE walk (customer, depth) AS (
          SELECT child, 1 FROM sent
            WHERE parent IS NULL OR parent NOT IN (SELECT child FROM sent)
          UNION ALL SELECT s.child, depth + 1 FROM walk JOIN sent s ON s.parent = walk.customer)
        SELECT * FROM walk
      """)
    #expect(try book.connection.int("SELECT count(*) - count(DISTINCT child) FROM sent") == 0)
    let depth = try book.connection.int("SELECT max(depth) FROM reached") ?? 0
    #expect(depth <= 15)
    if customers >= 5_000 { #expect(depth >= 10) }
    #expect(
      try book.connection.int(
        "SELECT count(*) FROM sent WHERE child NOT IN (SELECT customer FROM reached)")
        == Int64(circle))
    // Going round from any of them comes back after exactly that many steps.
    let start = try book.connection.int(
      "SELECT min(child) FROM sent WHERE child NOT IN (SELECT customer FROM reached)")
    let length = try book.connection.int(
      """
      WITH RECURSIVE round (customer, step) AS (
        SELECT child, 1 FROM sent WHERE parent = \(start ?? 0)
        UNION ALL SELECT s.child, step + 1 FROM round JOIN sent s ON s.parent = round.customer
          WHERE round.customer <> \(start ?? 0) AND step < 50)
      SELECT max(step) FROM round WHERE customer = \(start ?? 0)
      """)
    #expect(length == Int64(circle))
  }

  @Test func aSmallOrUsedBookIsHandled() throws {
    let smallest = try demo(1)
    #expect(try smallest.connection.int("SELECT count(*) FROM opportunity") == 2)
    #expect(diagnosticCode { try smallest.makeDemo(customers: 10) } == "K6027")
    struct Stop: Error {}
    let stopped = try Book.inMemory()
    #expect(throws: Stop.self) {
      try stopped.makeDemo(customers: 5_000) { _, _ in throw Stop() }
    }
    #expect(try stopped.connection.int("SELECT count(*) FROM opportunity") == 0)
    try stopped.makeDemo(customers: 10)
    #expect(try stopped.connection.int("SELECT count(*) FROM customer") == 10)
  }

  @Test func aDemoFileIsAnOrdinaryBook() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("demo.book")
    do {
      let book = try Book.create(path)
      try book.makeDemo(customers: 50)
      #expect(try book.connection.text("PRAGMA journal_mode") == "wal")
    }
    let book = try Book.open(path)
    #expect(try book.connection.int("SELECT count(*) FROM customer") == 50)
    let fresh = try Book.inMemory()
    let indexes = "SELECT name FROM sqlite_master WHERE type = 'index' ORDER BY 1"
    #expect(try sqlRows(book.connection, indexes) == sqlRows(fresh.connection, indexes))
  }
}

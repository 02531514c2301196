package import KithBase
import KithModel

extension Book {
  /// The day the demo takes for today where the caller has no other.
  package static let demoToday = Day(number: 20_778)

  /// Fills an empty book with an invented firm: customers, deals with their histories, contact
  /// work, purchases, referrals. The same sizes, seed and day give the same rows on every machine.
  ///
  /// - Parameters:
  ///   - customers: 1 to 10,000,000; everything else grows with it, 25 rows a customer in all.
  ///   - today: no row but plans and due days lies after it.
  ///   - progress: rows written and rows expected, now and then; an error it throws ends the work
  ///   and leaves the book empty.
  /// - Throws: K6027 for a book that is not empty.
  package func makeDemo(
    customers: Int, seed: UInt64 = 1, today: Day = Book.demoToday,
    progress: @escaping (Int, Int) throws -> Void = { _, _ in }
  ) throws {
    guard access == .write else { throw StoreError.openForReading }
    guard try connection.int(#"SELECT count(*) FROM "customer""#) == 0,
      try connection.int(#"SELECT count(*) FROM "member""#) == 0
    else { throw StoreError.notEmpty }
    let count = min(max(1, customers), 10_000_000)
    let settings = FastBuilding(connection, isFile: path != nil)
    try settings.begin()
    defer { settings.end() }
    try connection.transaction {
      for entity in Catalogue.shipped.entities {
        for path in entity.toOne {
          try connection.execute(
            "DROP INDEX IF EXISTS \(Schema.quoted("\(entity.name)_by_\(path.name)"))")
        }
      }
      let demo = DemoContext(
        connection, customers: count, seed: seed, today: today, progress: progress)
      try DemoStaff(demo: demo).write()
      try DemoDeals(demo).write()
      try DemoPurchases(demo).write()
      try DemoCustomers(demo).write()
      try DemoReferrals(demo: demo).write()
      try DemoActivities(demo: demo).write()
      try DemoDetails(demo: demo).write()
      try DemoEvents(demo: demo).write()
      try NameKeys.refresh(connection, onlyMissing: true)
      try demo.counter.finish()
      try Migrations.addIndexes(connection)
      for entity in Catalogue.shipped.entities {
        try connection.execute(ChunkTokens.renewing(entity.name))
      }
    }
  }
}

/// Settings of a connection while a new book is filled in one go: a crash may cost the file, which
/// holds nothing yet, keys are right by construction, and the tokens are drawn at the end.
private struct FastBuilding {
  private let connection: Connection
  private let isFile: Bool

  init(_ connection: Connection, isFile: Bool) {
    self.connection = connection
    self.isFile = isFile
  }

  func begin() throws {
    try connection.execute("PRAGMA foreign_keys = OFF")
    connection.firesTriggers(false)
    try connection.execute("PRAGMA cache_size = -262144")
    guard isFile else { return }
    // In the log every page would be written twice.
    try connection.execute("PRAGMA journal_mode = MEMORY")
    try connection.execute("PRAGMA synchronous = OFF")
  }

  func end() {
    connection.firesTriggers(true)
    // Failing to go back leaves a slower or a less safe connection, not a wrong book.
    for sql in ["PRAGMA foreign_keys = ON", "PRAGMA cache_size = -2000"] {
      try? connection.execute(sql)
    }
    guard isFile else { return }
    for sql in ["PRAGMA synchronous = NORMAL", "PRAGMA journal_mode = WAL"] {
      try? connection.execute(sql)
    }
  }
}

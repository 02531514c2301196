import Foundation
import KithBase
import KithModel
import KithStore
import Testing

/// Columns kept in files beside a book must be what the book holds, whoever wrote to it. The
/// reading without files (`Book.readColumns`) is the judge.
@Suite struct StoreImageTests {
  private static let customerFields = [
    "name", "code", "city", "size", "budget", "left", "created", "owner", "high_risk",
    "wallet_share", "merged_into",
  ]
  private static let dealFields = ["name", "customer", "amount", "stage", "created", "manual_win"]

  /// Ids up to 20,000 and 24,000, every tenth one: ten and twelve chunks, just enough to be kept.
  private func makeBook(_ path: String) throws {
    let book = try Book.create(path)
    try book.connection.execute(
      """
      INSERT INTO member (id, name) VALUES (1, '王芳'), (2, '李雷'), (3, 'Ann');
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
      INSERT INTO customer (id, name, code, city, size, budget_fen, left_on, created_at, owner_id,
        high_risk, wallet_share)
      SELECT i * 10, '客户' || i, 'c' || i, iif(i % 7 = 0, NULL, 'city ' || (i % 50)),
        iif(i % 3 = 0, 'large', 'small'), i * 100, iif(i % 11 = 0, '2026-01-05', NULL),
        '2026-03-01T08:00:00Z', i % 3 + 1, i % 2, iif(i % 5 = 0, 0.25, NULL) FROM n;
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2400)
      INSERT INTO opportunity (id, name, customer_id, amount_fen, stage_id, created_at, funnel_id)
      SELECT i * 10, 'deal ' || i, (i % 2000 + 1) * 10, i, i % 6 + 1, '2026-04-01T08:00:00Z', 1 FROM n;
      """)
  }

  /// What the files give, and what the book gives without them.
  private func compare(_ image: ColumnImage, _ book: Book, _ step: String) throws {
    for (entity, fields) in [
      (EntitySpec.customer, Self.customerFields), (.opportunity, Self.dealFields),
    ] {
      let known = fields.filter { name in
        entity.fields.contains { $0.name == name } || entity.toOne.contains { $0.name == name }
      }
      let (kept, read) = try book.reading {
        (
          try image.read(entity, fields: known),
          try book.readColumns(entity, fields: known) { target in
            guard let spec = book.catalogue.entity(target) else { return IDMap(ids: []) }
            return IDMap(ids: try book.readIDs(spec))
          }
        )
      }
      #expect(kept.ids == read.ids, "\(step): ids of \(entity.name)")
      for name in known {
        guard let left = kept.columns[name], let right = read.columns[name] else {
          Issue.record("\(step): no column \(entity.name).\(name)")
          continue
        }
        let isEqual = sameCells(left, right)
        #expect(isEqual, "\(step): \(entity.name).\(name)")
      }
    }
  }

  /// Dictionaries may number their values differently.
  private func sameCells(_ left: Vector, _ right: Vector) -> Bool {
    switch (left, right) {
    case (.int(let a), .int(let b)): return a == b
    case (.float(let a), .float(let b)): return a.map(\.bitPattern) == b.map(\.bitPattern)
    case (.day(let a), .day(let b)): return a == b
    case (.bool(let a), .bool(let b)): return a == b
    case (.row(let a), .row(let b)): return a == b
    case (.text(let a, let names), .text(let b, let others)):
      let left = names.strings().map { Array($0.utf8) }
      let right = others.strings().map { Array($0.utf8) }
      return a.count == b.count && zip(a, b).allSatisfy { left[Int($0)] == right[Int($1)] }
    default: return false
    }
  }

  @Test func filesAreUsedAndDamagedOnesAreNot() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("a.book")
    try makeBook(path)
    let book = try Book.open(path)
    let image = try #require(ColumnImage(book, tongue: .english))
    try compare(image, book, "first")
    let files = try FileManager.default.contentsOfDirectory(atPath: path + "-columns")
    #expect(files.contains("customer.name") && files.contains("opportunity.amount"))
    // The members are three rows: reading them from the book costs less than a file.
    #expect(!files.contains { $0.hasPrefix("member") })
    var random = SplitMix(seed: 7)
    for round in 0..<60 {
      let name = files.sorted()[random.int(0...(files.count - 1))]
      let file = path + "-columns/" + name
      var bytes = try Data(contentsOf: URL(fileURLWithPath: file))
      let place = random.int(0...(bytes.count - 1))
      switch random.int(0...2) {
      case 0: bytes[place] ^= UInt8(1 << random.int(0...7))
      case 1: bytes = bytes.prefix(place)
      default: bytes.append(0)
      }
      try bytes.write(to: URL(fileURLWithPath: file))
      let next = try #require(ColumnImage(book, tongue: .english))
      try compare(next, book, "round \(round): \(name) damaged at \(place)")
    }
  }

  @Test func filesOfAnotherBookAreNotRead() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("a.book")
    try makeBook(path)
    do {
      let book = try Book.open(path)
      let image = try #require(ColumnImage(book, tongue: .english))
      try compare(image, book, "first")
    }
    // The same rows and tokens with other contents, in the same place.
    try FileManager.default.copyItem(atPath: path, toPath: path + ".copy")
    do {
      let copy = try Connection(path + ".copy", .write)
      try copy.execute("DROP TRIGGER \"kith_customer_update\"")
      try copy.execute("UPDATE customer SET city = 'elsewhere' WHERE id < 100")
      try copy.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    }
    try FileManager.default.removeItem(atPath: path)
    for ending in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + ending) }
    try FileManager.default.moveItem(atPath: path + ".copy", toPath: path)
    let book = try Book.open(path)
    let image = try #require(ColumnImage(book, tongue: .english))
    try compare(image, book, "another book at the path")
  }

  /// Random writes of another program; a reader that stays and one that is new each time.
  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func noWriteGoesUnseen(seed: UInt64) throws {
    let folder = try TemporaryFolder()
    let path = folder.file("a.book")
    try makeBook(path)
    let book = try Book.open(path)
    let staying = try #require(ColumnImage(book, tongue: .english))
    let writer = try Connection(path, .write)
    var random = SplitMix(seed: seed)
    for round in 0..<50 {
      let sql = Self.write(&random)
      // Some are refused, as a write may be; then nothing has changed.
      do { try writer.execute(sql) } catch { try? writer.execute("ROLLBACK") }
      let step = "seed \(seed), round \(round), \(sql)"
      try compare(staying, book, step)
      guard round % 3 == 0 else { continue }
      let other = try Book.open(path)
      try compare(try #require(ColumnImage(other, tongue: .english)), other, "anew, " + step)
    }
  }

  private static func write(_ random: inout SplitMix) -> String {
    let id = 10 * random.int(1...2_050)
    let other = 10 * random.int(1...2_000)
    switch random.int(0...16) {
    case 0: return "UPDATE customer SET city = 'new \(id)' WHERE id = \(id)"
    case 1: return "UPDATE customer SET budget_fen = \(other), size = NULL WHERE id = \(id)"
    case 2: return "INSERT INTO customer (name, code) VALUES ('新客户\(id)', 'n\(id)')"
    case 3: return "DELETE FROM opportunity WHERE id % 977 = \(id % 977)"
    case 4:
      // Takes the row that has the code away without a delete trigger.
      return
        "INSERT OR REPLACE INTO opportunity (id, code, name, funnel_id) VALUES (\(30_000 + id), 'x', 'r', 1)"
    case 5:
      return """
        BEGIN; INSERT INTO opportunity (name, customer_id, funnel_id) VALUES ('d', \(other), 1);
        UPDATE opportunity SET customer_id = \(other) WHERE id = \(id); COMMIT
        """
    case 6: return "BEGIN; UPDATE customer SET name = 'gone' WHERE id < 3000; ROLLBACK"
    case 7: return "UPDATE opportunity SET amount_fen = amount_fen + 1 WHERE id % 97 = 5"
    case 8: return "PRAGMA wal_checkpoint(TRUNCATE)"
    case 9: return "UPDATE OR IGNORE customer SET code = 'c\(other / 10)' WHERE id = \(id)"
    case 10: return "UPDATE opportunity SET id = \(60_000 + id) WHERE id = \(id)"
    case 11: return "UPDATE customer SET merged_into_id = \(other) WHERE id = \(id)"
    case 12: return "UPDATE customer SET owner_id = 2, left_on = '2026-02-02' WHERE id > 19000"
    case 13: return "INSERT INTO opportunity (id, name, funnel_id) VALUES (-\(id), 'below zero', 1)"
    case 14: return "UPDATE OR REPLACE opportunity SET code = 'x' WHERE id = \(id)"
    case 15: return "VACUUM"
    default: return "UPDATE opportunity SET name = 'deal \(other)' WHERE id = \(id)"
    }
  }
}

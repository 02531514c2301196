import Foundation
import KithBase
import KithModel
import KithStore
import Testing

@Suite struct StoreSchemaTests {
  /// The published schema was made by another program; both must give the same tables.
  @Test func generatedSchemaEqualsThePublishedOne() throws {
    guard let path = domainFile("schema.sql") else { return }
    let published = try Connection(":memory:", .memory)
    try published.execute(try String(contentsOfFile: path, encoding: .utf8))
    let book = try Book.inMemory()
    let tables =
      """
      SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name
      """
    let names = try sqlRows(published, tables)
    #expect(names.count == 54)
    // Kith's own table of tokens is no entity.
    #expect(try sqlRows(book.connection, tables) == (names + ["kith_chunk"]).sorted())
    for name in names {
      for question in [
        """
        SELECT name, type, "notnull", dflt_value, pk FROM pragma_table_info('\(name)')
        ORDER BY name
        """,
        "SELECT \"from\", \"table\", \"to\" FROM pragma_foreign_key_list('\(name)') ORDER BY 1",
        "SELECT strict FROM pragma_table_list WHERE name = '\(name)'",
        """
        SELECT l.partial, group_concat(i.name) FROM pragma_index_list('\(name)') l,
          pragma_index_info(l.name) i WHERE l."unique" GROUP BY l.name ORDER BY 1, 2
        """,
      ] {
        #expect(
          try sqlRows(book.connection, question) == sqlRows(published, question),
          "\(name): \(question)")
      }
    }
  }

  /// Checks are not in `table_info`: the parenthesised conditions are compared as text.
  @Test func generatedChecksEqualThePublishedOnes() throws {
    guard let path = domainFile("schema.sql") else { return }
    func checks(_ sql: String) -> [String] {
      sql.split(separator: "\n").compactMap { line in
        guard let range = line.range(of: "CHECK (") else { return nil }
        let end = line.range(of: "))")?.upperBound ?? line.range(of: ")")?.upperBound
        let column = line.split(separator: "\"").dropFirst().first ?? ""
        return column + ": " + line[range.lowerBound..<(end ?? line.endIndex)]
      }
    }
    let published = checks(try String(contentsOfFile: path, encoding: .utf8)).sorted()
    let generated = Catalogue.shipped.entities.flatMap(Schema.tables).flatMap(checks).sorted()
    #expect(published.count > 40)
    #expect(generated == published)
  }

  @Test func everyNewBookBeginsWithTheShippedRows() throws {
    let book = try Book.inMemory()
    // Counted in the sources: 94 constants and one of our own, 431 values, 41 checklist lines, 30 warnings, 4
    // cadences.
    for (table, count) in [
      ("setting", 95), ("term", 431), ("funnel", 1), ("stage", 6), ("action", 41), ("rule", 30),
      ("cadence", 4), ("customer", 0),
    ] {
      #expect(
        try book.connection.int("SELECT count(*) FROM \"\(table)\"") == Int64(count), "\(table)")
    }
    // The product of the planned conversions up to the winning stage: .8 * .7 * .6 * .5.
    let chain = try book.connection.text(
      """
      SELECT printf('%.4f', exp(sum(ln(planned_conversion)))) FROM stage
      WHERE position < (SELECT position FROM stage WHERE winning)
      """)
    #expect(chain == "0.1680")
    #expect(
      try sqlRows(
        book.connection,
        "SELECT s.code, count(*) FROM action a JOIN stage s ON s.id = a.stage_id GROUP BY 1")
        == ["A|10", "B|10", "C|12", "D|9"])
  }

  @Test func aBookRefusesRowsThatBreakItsRules() throws {
    let book = try Book.inMemory()
    for sql in [
      "INSERT INTO customer (name) VALUES (NULL)",
      "INSERT INTO customer (name, person) VALUES ('a', 2)",
      "INSERT INTO customer (name, power) VALUES ('a', 4)",
      "INSERT INTO customer (name, budget_fen) VALUES ('a', 'much')",
      "INSERT INTO customer (name, owner_id) VALUES ('a', 99)",
      "INSERT INTO stage (code, name_zh, position, funnel_id) VALUES ('A', 'x', 1, 1)",
      "INSERT INTO setting (key) VALUES ('currency')",
      "INSERT INTO customer (name, code) VALUES ('a', 'k'), ('b', 'k')",
    ] {
      #expect(diagnosticCode { try book.connection.execute(sql) } == "K6016", "\(sql)")
    }
    // A double-quoted text is a name, never a string.
    #expect(diagnosticCode { try book.connection.execute("SELECT \"nosuch\"") } == "K6014")
  }

  @Test func uniqueWordsOfOneContactMayStandAtTwoCustomers() throws {
    let book = try Book.inMemory()
    try book.connection.execute(
      """
      INSERT INTO customer (id, name) VALUES (1, 'a'), (2, 'b');
      INSERT INTO tag (name, kind, customer_id) VALUES ('x', 'free', 1), ('x', 'free', 2);
      """)
    #expect(
      diagnosticCode {
        try book.connection.execute("INSERT INTO tag (name, customer_id) VALUES ('x', 1)")
      }
        == "K6016")
  }
}

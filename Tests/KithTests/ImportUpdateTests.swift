import KithBase
import KithModel
import KithStore
import Testing

/// Keys, updates, transactions, funnels and histories.
@Suite struct ImportUpdateTests {
  @Test func theCodeIsTheKeyByItself() throws {
    let bench = try ImportBench()
    _ = try bench.bring("code,name,city,phone\nC1,甲,深圳,1\nC2,乙,上海,2\n", into: "customers")
    let report = try bench.bring(
      "code,name,city\nC1,甲,广州\nC2,乙,\nC3,丙,北京\n", into: "customers")
    #expect([report.rowsNew, report.rowsUpdated, report.rowsUnchanged] == [1, 1, 1])
    #expect(
      try bench.rows("SELECT code, city, phone FROM customer ORDER BY id") == [
        "C1|广州|1", "C2|上海|2", "C3|北京|·",
      ])
    #expect(
      try bench.rows(
        "SELECT entity, object_id, field, from_value, to_value, at, batch_id FROM change")
        == ["customer|1|city|深圳|广州|2026-11-21T08:00:00Z|2"])
    #expect(
      try bench.rows(
        "SELECT kind, entity, rows_read, rows_new, rows_updated, rows_rejected, keys FROM batch")
        == [
          "import|customer|2|2|0|0|code", "import|customer|3|1|1|0|code",
        ])
  }

  @Test func keysOfOtherFieldsAndPaths() throws {
    let bench = try ImportBench()
    _ = try bench.bring(
      "customer,ordered,amount\n甲,2026-01-01,5\n甲,2026-01-02,6\n乙,2026-01-01,7\n",
      into: "purchases")
    let report = try bench.bring(
      "customer,ordered,amount\n甲,2026/1/2,60\n乙,2026-01-02,70\n", into: "purchases"
    ) { $0.key = ["customer", "购买日期"] }
    #expect([report.rowsNew, report.rowsUpdated] == [1, 1])
    #expect(
      try bench.rows("SELECT amount_fen FROM purchase ORDER BY id") == [
        "500", "6000", "700", "7000",
      ])
    let problem = try bench.problem("customer,ordered\n甲,2026-01-01\n", into: "purchases") {
      $0.key = ["contract"]
    }
    #expect(problem?.code == "K7107")
  }

  @Test func aKeyOfSeveralRowsIsRejectedUnlessAllAreMeant() throws {
    let bench = try ImportBench()
    _ = try bench.bring(
      "customer,ordered,contract\n甲,2026-01-01,N1\n乙,2026-01-02,N1\n", into: "purchases")
    let text = "contract,returned\nN1,是\n"
    let one = try bench.bring(text, into: "purchases") { $0.key = ["contract"] }
    #expect(one.rejects.first?.reason.contains("fits 2 purchases") == true)
    _ = try bench.bring(text, into: "purchases") {
      $0.key = ["contract"]
      $0.everyMatch = true
    }
    #expect(try bench.rows("SELECT returned FROM purchase") == ["1", "1"])
  }

  @Test func emptyCellsEmptyOnlyWhenAsked() throws {
    let bench = try ImportBench()
    _ = try bench.bring("code,name,city\nC1,甲,深圳\n", into: "customers")
    _ = try bench.bring("code,city\nC1,\n", into: "customers") { $0.emptyOverwrites = true }
    #expect(try bench.rows("SELECT name, city FROM customer") == ["甲|·"])
    #expect(try bench.rows("SELECT field, from_value, to_value FROM change") == ["city|深圳|·"])
  }

  @Test func aKeyTwiceInOneFile() throws {
    let bench = try ImportBench()
    let report = try bench.bring("code,name\nC1,甲\nC1,乙\n", into: "customers")
    #expect([report.rowsNew, report.rowsUpdated] == [1, 1])
    #expect(report.notes.map(\.kind) == ["repeated"])
    #expect(try bench.rows("SELECT name FROM customer") == ["乙"])
  }

  @Test func idsFindRowsAndNeverMakeThem() throws {
    let bench = try ImportBench()
    _ = try bench.bring("name\n甲\n", into: "customers")
    let report = try bench.bring("nr,name\n1,乙\n7,丙\n", into: "customers") {
      $0.map = [ImportMapping("nr", "id")]
    }
    #expect(report.rowsUpdated == 1)
    #expect(report.rejects.map(\.reason) == ["the book has no customer with this id"])
  }

  @Test func stepsOfTheLaddersAreWrittenDown() throws {
    let bench = try ImportBench()
    _ = try bench.bring("code,name,class\nC1,甲,target\n", into: "customers")
    _ = try bench.bring("code,class\nC1,意向\n", into: "customers")
    #expect(
      try bench.rows("SELECT from_class, to_class, at, customer_id FROM class_change") == [
        "target|intent|2026-11-21T08:00:00Z|1"
      ])
    _ = try bench.bring("code,stage,amount\nD1,A,5\n", into: "opportunities")
    _ = try bench.bring("code,stage,amount\nD1,C,6\n", into: "opportunities")
    _ = try bench.bring("code,state\nD1,丢单\n", into: "opportunities")
    #expect(
      try bench.rows(
        """
        SELECT f.code, t.code, s.state, s.amount_fen FROM stage_change s
        LEFT JOIN stage f ON f.id = s.from_id LEFT JOIN stage t ON t.id = s.to_id ORDER BY s.id
        """) == ["A|C|open|600", "C|·|lost|600"])
    #expect(try bench.rows("SELECT field FROM change WHERE entity = 'opportunity'") == ["amount"])
  }

  @Test func nothingOfAFileStaysThatFails() throws {
    let bench = try ImportBench()
    let text = "name,colour\n甲,red\n\"乙\n"
    #expect(try bench.problem(text, into: "customers") { $0.keep = true }?.code == "K7103")
    #expect(try bench.int("SELECT count(*) FROM field") == 0)
    _ = try bench.bring("name,city\na,x\nb\n", into: "customers")
    #expect(bench.book.catalogue.entity("customer")?.fields.contains { $0.custom } == false)
    // Ended half-way by whoever asked for it.
    struct Enough: Error {}
    let options = ImportOptions(
      files: [try bench.folder.write("b.csv", "name,sector\nx,Other\nshort\n")],
      entity: "customers", now: bench.now)
    #expect(throws: Enough.self) {
      try importFiles(options, into: bench.book) { _, _ in throw Enough() }
    }
    #expect(try bench.int("SELECT count(*) FROM customer") == 1)
    #expect(try bench.int("SELECT count(*) FROM batch") == 1)
    // The rejects of the good file, and nothing of the one that was ended.
    #expect(bench.folder.names == ["b.csv", "file.csv", "file.csv.rejects.csv"])
  }

  @Test func aRehearsalWritesNothing() throws {
    let bench = try ImportBench()
    let report = try bench.bring("name,colour,sector\n甲,red,New\n乙\n", into: "customers") {
      $0.dryRun = true
      $0.keep = true
      $0.newValues = true
    }
    #expect([report.rowsNew, report.rowsRejected] == [1, 1])
    #expect(report.customFields.map(\.name) == ["colour"])
    #expect(report.termsAdded.map(\.code) == ["New"])
    #expect(report.batch == nil)
    #expect(try bench.int("SELECT count(*) FROM customer") == 0)
    #expect(try bench.int("SELECT count(*) FROM field") == 0)
    #expect(try bench.int("SELECT count(*) FROM batch") == 0)
    #expect(bench.book.catalogue.entity("customer")?.fields.contains { $0.custom } == false)
    #expect(
      bench.book.catalogue.enumeration("industry")?.values.contains { $0.code == "New" } == false)
    #expect(bench.folder.names == ["file.csv"])
  }

  @Test func rejectedRowsComeBackMended() throws {
    let bench = try ImportBench()
    _ = try bench.bring("code,name,headcount\nC1,甲,many\nC2,\"a,\"\"b\",2\n", into: "customers")
    let rejects = try #require(bench.folder.read("file.csv.rejects.csv"))
    #expect(
      rejects == """
        line,column,value,reason,code,name,headcount
        2,headcount,many,'many' is not a whole number,C1,甲,many

        """)
    let mended = rejects.replacing("甲,many", with: "甲,5")
    let report = try bench.bring(mended, into: "customers", as: "mended.csv")
    #expect(report.rowsNew == 1)
    #expect(report.notes.isEmpty)
    #expect(try bench.rows("SELECT headcount FROM customer WHERE code = 'C1'") == ["5"])
  }

  @Test func aFunnelOfTheFilesOwnStages() throws {
    let bench = try ImportBench()
    let report = try bench.bring(
      "code,stage\n1,Prospecting\n2,engaging\n3,Won\n4,Lost\n5,\n6,Nowhere\n",
      into: "opportunities", as: "pipe.csv"
    ) { $0.stages = "Prospecting, Engaging, Won*, Lost-" }
    #expect(report.rowsNew == 5)
    #expect(report.rejects.first?.reason.hasPrefix("'Nowhere' is no stage") == true)
    #expect(report.notes.contains { $0.kind == "main" })
    #expect(
      try bench.rows(
        "SELECT s.code, s.position, s.winning FROM stage s JOIN funnel f ON f.id = s.funnel_id "
          + "WHERE f.name = 'pipe' AND f.main = 1 ORDER BY position") == [
          "Prospecting|1|0", "Engaging|2|0", "Won|3|1",
        ])
    #expect(
      try bench.rows(
        """
        SELECT o.code, s.code, o.state, f.name FROM opportunity o
        LEFT JOIN stage s ON s.id = o.stage_id JOIN funnel f ON f.id = o.funnel_id ORDER BY o.id
        """) == [
          "1|Prospecting|open|pipe", "2|Engaging|open|pipe", "3|Won|won|pipe", "4|·|lost|pipe",
          "5|·|open|pipe",
        ])
    let bad = try bench.problem("code,stage\n1,A\n", into: "opportunities") { $0.stages = "A,a" }
    #expect(bad?.code == "K7107")
  }

  @Test func stagesOfTheBooksOwnFunnel() throws {
    let bench = try ImportBench()
    let report = try bench.bring(
      "code,阶段\n1,C\n2,商务谈判\n3,Close\n4,X\n", into: "opportunities")
    #expect(report.rowsRejected == 1)
    // E is the winning stage of the funnel that ships.
    #expect(
      try bench.rows(
        "SELECT s.code, o.state FROM opportunity o JOIN stage s ON s.id = o.stage_id ORDER BY o.id")
        == ["C|open", "D|open", "E|won"])
  }

  private let history = """
    case,step,when,who,sum
    1,A,2026-01-01 09:00,Ann,10
    2,A,2026-01-02 09:00,,20
    1,B,2026-01-03 09:00,Bob,11
    1,Won,2026-01-03 09:00,Bob,12
    2,No,2026-01-01T23:00:00Z,Ann,20
    3,Other,2026-01-01,,5
    2,B,2026-01-02 08:00,,20

    """

  private func bringHistory(_ bench: ImportBench) throws -> ImportFileReport {
    try bench.bring(history, into: "opportunities") {
      $0.history = true
      $0.stages = "A,B,Won*,No-"
      $0.skipUnknownStages = true
      $0.map = try ImportMapping.parse("case=code,step=stage,when=at,who=member,sum=amount")
    }
  }

  @Test func entriesIntoStagesAreSortedByTimeThenByLine() throws {
    let bench = try ImportBench()
    let report = try bringHistory(bench)
    #expect([report.rowsNew, report.stageChanges, report.rowsSkipped] == [2, 6, 1])
    // 23:00 in London on the first is 07:00 on the second in Shanghai, before all others of deal 2.
    #expect(
      try bench.rows(
        """
        SELECT o.code, f.code, t.code, c.state, c.at, c.amount_fen, m.name FROM stage_change c
        JOIN opportunity o ON o.id = c.opportunity_id LEFT JOIN stage f ON f.id = c.from_id
        LEFT JOIN stage t ON t.id = c.to_id LEFT JOIN member m ON m.id = c.author_id
        ORDER BY c.id
        """) == [
          "1|·|A|open|2026-01-01T01:00:00Z|1000|Ann",
          "1|A|B|open|2026-01-03T01:00:00Z|1100|Bob",
          "1|B|Won|won|2026-01-03T01:00:00Z|1200|Bob",
          "2|·|·|lost|2026-01-01T23:00:00Z|2000|Ann",
          "2|·|B|open|2026-01-02T00:00:00Z|2000|·",
          "2|B|A|open|2026-01-02T01:00:00Z|2000|·",
        ])
    #expect(
      try bench.rows(
        """
        SELECT o.code, o.name, s.code, o.state, o.created_at, o.closed_at, o.amount_fen
        FROM opportunity o JOIN stage s ON s.id = o.stage_id ORDER BY o.id
        """) == [
          "1|1|Won|won|2026-01-01T01:00:00Z|2026-01-03T01:00:00Z|1200",
          "2|2|A|open|2026-01-01T23:00:00Z|·|2000",
        ])
  }

  @Test func aHistoryTwiceAddsNothing() throws {
    let bench = try ImportBench()
    _ = try bringHistory(bench)
    let again = try bringHistory(bench)
    #expect([again.rowsNew, again.stageChanges, again.rowsUnchanged] == [0, 0, 2])
    #expect(try bench.int("SELECT count(*) FROM stage_change") == 6)
  }

  @Test func unknownStagesOfAHistoryAreRejectedUnlessSkipped() throws {
    let bench = try ImportBench()
    let report = try bench.bring(
      "code,stage,at\n1,A,2026-01-01\n1,Q,2026-01-02\n1,B,\n", into: "opportunities"
    ) { $0.history = true }
    #expect(report.rejects.map(\.line) == [3, 4])
    #expect(report.stageChanges == 1)
    let noTime = try bench.problem("code,stage\n1,A\n", into: "opportunities") {
      $0.history = true
    }
    #expect(noTime?.message == "a history needs the time of each entry")
  }

  @Test func rowsAreChosenByPatterns() throws {
    let bench = try ImportBench()
    let report = try bench.bring("name,city\nab,x\nac,y\nb,x\n甲乙,x\n", into: "customers") {
      $0.only = ["name=a*", "city!=y"]
    }
    #expect([report.rowsNew, report.rowsSkipped] == [1, 3])
    let second = try bench.bring("name\n甲乙\n甲\n", into: "customers") { $0.only = ["name=甲?"] }
    #expect(second.rowsNew == 1)
    #expect(
      try bench.problem("name\na\n", into: "customers") { $0.only = ["nam=x"] }?.code == "K7107")
  }

  @Test func aBookOpenForReadingIsRefused() throws {
    let bench = try ImportBench()
    let path = bench.folder.path + "/a.book"
    _ = try Book.create(path)
    let book = try Book.open(path, access: .read)
    let file = try bench.folder.write("a.csv", "name\na\n")
    #expect(throws: Diagnostic.self) {
      try importFiles(ImportOptions(files: [file], entity: "customers", now: bench.now), into: book)
    }
  }
}

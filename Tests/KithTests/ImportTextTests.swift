import Foundation
import KithBase
import KithStore
import Testing

/// Encodings, separators, quotes and line ends of imported files.
@Suite struct ImportTextTests {
  @Test(arguments: ["\n", "\r\n", "\r"])
  func lineEndsOfAllKinds(end: String) throws {
    let bench = try ImportBench()
    let text = ["name,city", "甲,深圳", "", "\"乙\nB\",上海"].joined(separator: end)
    let report = try bench.bring(text, into: "customers")
    #expect(report.rowsNew == 2)
    #expect(
      try bench.rows("SELECT name, city FROM customer ORDER BY id") == ["甲|深圳", "乙\nB|上海"])
  }

  @Test(arguments: [",", "\t", ";", "|"])
  func separatorsAreFound(separator: String) throws {
    let bench = try ImportBench()
    let text = "name\(separator)city\nA, B\(separator)深圳\n".replacingOccurrences(
      of: "A, B", with: separator == "," ? "\"A, B\"" : "A, B")
    _ = try bench.bring(text, into: "customers")
    #expect(try bench.rows("SELECT name, city FROM customer") == ["A, B|深圳"])
  }

  @Test func quotesDoubledAndCommasInside() throws {
    let bench = try ImportBench()
    _ = try bench.bring(
      "name,address\n\"say \"\"hi\"\"\",\"a,b\r\nc\"\nplain \"x\" y,\"\"\n", into: "customers")
    #expect(
      try bench.rows("SELECT name, address FROM customer ORDER BY id") == [
        "say \"hi\"|a,b\r\nc", "plain \"x\" y|·",
      ])
  }

  @Test func aQuoteNeverClosedNamesItsPlace() throws {
    let bench = try ImportBench()
    let problem = try bench.problem("name,city\n甲,x\n丙丁,\"深圳\n乙,y\n", into: "customers")
    #expect(problem?.code == "K7103")
    #expect(problem?.message.contains("line 3, column 4 is never closed") == true)
    #expect(try bench.int("SELECT count(*) FROM customer") == 0)
  }

  @Test func textBehindAClosingQuoteNamesItsPlace() throws {
    let bench = try ImportBench()
    let problem = try bench.problem("name,city\n\"甲\"乙,x\n", into: "customers")
    #expect(problem?.code == "K7103")
    #expect(problem?.message.contains("line 2, column 4") == true)
  }

  @Test func rowsOfOtherLengthsAreRejectedAndTheRestGoesOn() throws {
    let bench = try ImportBench()
    let report = try bench.bring("name,city\na\nb,x,y\nc,z\nd,z,,\n", into: "customers")
    #expect(report.rowsNew == 2)
    #expect(report.rowsRejected == 2)
    #expect(report.rejects.map(\.line) == [2, 3])
    #expect(report.rejects.first?.reason == "the row has 1 cells and the header 2")
    #expect(
      bench.folder.read("file.csv.rejects.csv") == """
        line,column,value,reason,name,city
        2,,,the row has 1 cells and the header 2,a
        3,,,the row has 3 cells and the header 2,b,x,y

        """)
  }

  @Test func byteOrderMarksAndUTF16() throws {
    let text = "名称,城市\n甲,深圳\n"
    let little: [UInt8] = [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    let big: [UInt8] = [0xFE, 0xFF] + text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
    for bytes in [[0xEF, 0xBB, 0xBF] + Array(text.utf8), little, big] {
      let bench = try ImportBench()
      _ = try bench.bring(Data(bytes), into: "customers")
      #expect(try bench.rows("SELECT name, city FROM customer") == ["甲|深圳"])
    }
  }

  /// 名称,城市 / 深圳华强,北京 in GBK, from the code chart (two bytes a character).
  private let gbk: [UInt8] =
    [0xC3, 0xFB, 0xB3, 0xC6, 0x2C, 0xB3, 0xC7, 0xCA, 0xD0, 0x0A]
    + [0xC9, 0xEE, 0xDB, 0xDA, 0xBB, 0xAA, 0xC7, 0xBF, 0x2C, 0xB1, 0xB1, 0xBE, 0xA9, 0x0A]

  @Test func gbkIsFoundByItself() throws {
    let bench = try ImportBench()
    let report = try bench.bring(Data(gbk), into: "customers")
    #expect(report.encoding == "GB18030")
    #expect(try bench.rows("SELECT name, city FROM customer") == ["深圳华强|北京"])
  }

  @Test func damagedUTF8IsNotTakenForGBK() throws {
    let bench = try ImportBench()
    // Sound UTF-8 but for one byte, which GB18030 would read as half a character.
    let bytes = Array("名称,城市\n深圳华强电子,北京\n甲".utf8) + [0xC0, 0x41] + Array(",上海\n".utf8)
    let problem = try bench.problem(Data(bytes), into: "customers")
    #expect(problem?.code == "K7102")
    // 14 bytes of header, 26 of the second line, 3 of 甲.
    #expect(problem?.message.contains("byte 0xC0 at offset 43, line 3") == true)
  }

  @Test func bytesOfNoEncodingNameTheirPlace() throws {
    let bench = try ImportBench()
    let problem = try bench.problem(
      Data(Array("name\nab".utf8) + [0xFF, 0xFF, 0x0A]), into: "customers")
    #expect(problem?.code == "K7102")
    #expect(problem?.message.contains("byte 0xFF at offset 7, line 2") == true)
  }

  @Test func aWindowSmallerThanTheFile() throws {
    // Cells cut by the reader's window of a megabyte, one of them longer than it.
    let bench = try ImportBench()
    let long = String(repeating: "长\"\"文", count: 300_000)
    var text = "name,address\n"
    for index in 0..<40_000 { text += "客户\(index),\"街 \(index), 楼\"\n" }
    text += "last,\"\(long)\"\n"
    let report = try bench.bring(text, into: "customers")
    #expect(report.rowsNew == 40_001)
    #expect(try bench.int("SELECT count(*) FROM customer WHERE address LIKE '街 %, 楼'") == 40_000)
    // 300,000 times 长"文: three characters.
    #expect(try bench.int("SELECT length(address) FROM customer WHERE name = 'last'") == 900_000)
  }

  @Test func nulBytesAreRejected() throws {
    let bench = try ImportBench()
    let report = try bench.bring(
      Data(Array("name,city\na,x\nb".utf8) + [0] + Array("c,y\n".utf8)), into: "customers")
    #expect(report.rowsNew == 1)
    #expect(report.rejects.first?.reason == "the cell holds a NUL byte")
  }

  @Test func emptyFilesAndHeadersAlone() throws {
    let bench = try ImportBench()
    #expect(try bench.problem("", into: "customers")?.code == "K7105")
    #expect(try bench.problem("\n\n", into: "customers")?.code == "K7105")
    let report = try bench.bring("name,city\n", into: "customers")
    #expect(report.rowsRead == 0)
    #expect(report.notes.map(\.kind) == ["no-rows"])
  }

  @Test func headersThatStandTwiceOrAreEmpty() throws {
    let bench = try ImportBench()
    let twice = try bench.problem("name,x,x\na,1,2\n", into: "customers")
    #expect(twice?.message == "the header 'x' stands over columns 2 and 3")
    let both = try bench.problem("city,城市,name\na,b,c\n", into: "customers")
    #expect(both?.message == "the columns 'city' and '城市' both mean city")
    let report = try bench.bring("name,,city,\na,1,b,\n", into: "customers")
    #expect(report.notes.map(\.kind) == ["unnamed"])
    #expect(try bench.rows("SELECT name, city FROM customer") == ["a|b"])
  }

  /// `name\n甲\n` packed by Python's gzip module.
  private let packed: [UInt8] = [
    0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0xFF, 0xCB, 0x4B, 0xCC, 0x4D, 0xE5,
    0x7A, 0x3E, 0x65, 0x13, 0x17, 0x00, 0x59, 0x09, 0x95, 0x11, 0x09, 0x00, 0x00, 0x00,
  ]

  @Test func packedFilesAreUnpacked() throws {
    let bench = try ImportBench()
    _ = try bench.bring(Data(packed), into: "customers", as: "a.csv.gz")
    #expect(try bench.rows("SELECT name FROM customer") == ["甲"])
  }

  @Test func packedFilesCutShortAreRefused() throws {
    let bench = try ImportBench()
    let problem = try bench.problem(
      Data(packed.dropLast(8)), into: "customers", as: "a.csv.gz")
    #expect(problem?.code == "K7101")
    #expect(try bench.int("SELECT count(*) FROM customer") == 0)
  }

  @Test func rowsOverTheLimitAreRefused() throws {
    let bench = try ImportBench()
    let text = "name,city\n甲,x\n\"" + String(repeating: "a,b\n", count: 600_000)
    let problem = try bench.problem(text, into: "customers") { $0.longestRowBytes = 1 << 20 }
    #expect(problem?.code == "K7104")
    #expect(problem?.message.contains("line 3 is longer than 1048576 bytes") == true)
  }

  @Test func aPlaceForRejectsThatIsNone() throws {
    let bench = try ImportBench()
    let problem = try bench.problem("name,city\na,x\nb\n", into: "customers") {
      $0.rejectsPath = bench.folder.path + "/none/rejects.csv"
    }
    #expect(problem?.code == "K7108")
    #expect(problem?.help == "name another place with --rejects")
    #expect(try bench.int("SELECT count(*) FROM customer") == 0)
  }

  @Test func aFileReadAsATable() throws {
    let bench = try ImportBench()
    let path = try bench.folder.write(
      "t.csv",
      "名,n,share,on,at,ok,price\n甲,1,5%,3/4/2026,2026-01-02 08:00,yes,¥5\n,,,,,,\n"
        + "乙,-2,1%,21/4/2026,2026-01-02,no,3万\n")
    let table = try FileTable.read(path, zone: .shanghai)
    #expect(table.rowCount == 3)
    #expect(
      table.columns.map { "\($0.name) \($0.type.name)" } == [
        "名 text", "n int", "share percent", "on date", "at time", "ok bool", "price money",
      ])
    let rows = (0..<3).map { row in table.columns.map { $0.vector.scalar(row, $0.type) } }
    let third = try #require(Day(year: 2026, month: 4, day: 3))
    #expect(
      rows[0] == [
        .text("甲"), .int(1), .float(0.05), .date(third),
        // 2026-01-02T00:00:00Z, from date(1).
        .time(Instant(microseconds: 1_767_312_000_000_000)), .bool(true), .money(500),
      ])
    #expect(rows[1].allSatisfy { $0.isEmpty })
    #expect(rows[2][1] == .int(-2))
    #expect(rows[2][6] == .money(3_000_000))
    let short = try bench.folder.write("s.csv", "a,b\n1\n")
    #expect(throws: Diagnostic.self) { try FileTable.read(short, zone: .shanghai) }
  }

  /// Any bytes at all end in a report or in an error of the text's own, and leave the book sound.
  @Test(arguments: [1, 2, 3, 4])
  func anyBytesAtAll(seed: UInt64) throws {
    var state = seed
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let pieces: [[UInt8]] =
      ["name", "code", "\"", "\"\"", ",", ",", "\n", "\r", "\r\n", "\t", ";", "甲", "1", "-", "%"]
      .map { Array($0.utf8) } + [[0], [0xFF], [0xC3, 0xFB], [0xE4]]
    let bench = try ImportBench()
    for round in 0..<60 {
      var bytes: [UInt8] = round % 2 == 0 ? Array("name,code,parent,x\n".utf8) : []
      for _ in 0..<next(60) { bytes += pieces[next(pieces.count)] }
      let problem = try bench.problem(Data(bytes), into: "customers") { $0.keep = true }
      if let problem { #expect(problem.code.hasPrefix("K7"), "\(seed) \(round): \(problem)") }
    }
    #expect(try bench.rows("PRAGMA integrity_check") == ["ok"])
    #expect(try bench.rows("PRAGMA foreign_key_check").isEmpty)
  }

  @Test func missingFilesAndFolders() throws {
    let bench = try ImportBench()
    for path in [bench.folder.path + "/none.csv", bench.folder.path] {
      let options = ImportOptions(files: [path], entity: "customers", now: bench.now)
      #expect(throws: Diagnostic.self) { try importFiles(options, into: bench.book) }
    }
  }

  @Test func blanksBetweenCellsWithoutHeaders() throws {
    let bench = try ImportBench()
    let report = try bench.bring(
      " 00004 19970101  2   29.33\r\n 00004 19970118  2   29.73\r\n", into: "purchases"
    ) {
      $0.header = false
      $0.delimiter = "blanks"
      $0.columns = ["客户编号", "ordered", "pieces", "amount"]
      $0.map = [ImportMapping("客户编号", "customer.code"), ImportMapping("pieces", "-")]
    }
    #expect(report.rowsNew == 2)
    #expect(
      try bench.rows("SELECT ordered_on, amount_fen, customer_id FROM purchase ORDER BY id") == [
        "1997-01-01|2933|1", "1997-01-18|2973|1",
      ])
    #expect(try bench.rows("SELECT code, name FROM customer") == ["00004|00004"])
  }
}

import KithBase
import KithShow
import Testing

/// What is exported reads back: laws over generated tables, with the seed in every failure.
@Suite struct ShowRoundTrip {
  private static let alphabet: [String] = [
    "a", "B", "7", " ", ",", "\"", "\n", "\r", "\t", "\\", ";", "'", "深", "圳", "👨‍👩‍👧",
    "e\u{301}", "|", "=", "+", "-", "@", "\u{0}", "\u{1b}", "\u{85}", "\u{202E}", "\u{FEFF}", "＝",
  ]

  private static func cells(_ seed: UInt64) -> [[String]] {
    var generator = ShowGenerator(seed: seed)
    let columnCount = 1 + generator.below(4)
    return (0..<(1 + generator.below(12))).map { _ in
      (0..<columnCount).map { _ in
        (0..<generator.below(7)).map { _ in alphabet[generator.below(alphabet.count)] }.joined()
      }
    }
  }

  private static func table(_ cells: [[String]]) -> ResultTable {
    let columns = cells[0].indices.map { column in
      ShowSamples.text("c\(column)", cells.map { $0[column] })
    }
    return ResultTable(columns: columns, rowCount: cells.count)
  }

  /// A reader of RFC 4180 written from its grammar, over bytes.
  private static func parseCSV(_ bytes: [UInt8]) -> [[String]] {
    var records: [[String]] = []
    var record: [String] = []
    var field: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == 0x22 {
        index += 1
        while index < bytes.count {
          if bytes[index] == 0x22 {
            if index + 1 < bytes.count, bytes[index + 1] == 0x22 {
              index += 1
            } else {
              break
            }
          }
          field.append(bytes[index])
          index += 1
        }
        index += 1
      }
      while index < bytes.count, bytes[index] != 0x2C, bytes[index] != 0x0D {
        field.append(bytes[index])
        index += 1
      }
      record.append(String(decoding: field, as: UTF8.self))
      field = []
      if index < bytes.count, bytes[index] == 0x0D {
        index += 2
        records.append(record)
        record = []
      } else {
        index += 1
        if index == bytes.count { record.append("") }
      }
    }
    return records
  }

  @Test(arguments: 0..<400 as Range<UInt64>)
  func csvReadsBackAsItWas(_ seed: UInt64) throws {
    let cells = Self.cells(seed)
    let csv = try #require(FormatCatalogue.format(named: "csv"))
    let text = csv.rendered(
      Self.table(cells), options: RenderOptions(showsHeader: false, defusesFormulas: false))
    #expect(Self.parseCSV(Array(text.utf8)) == cells, "seed \(seed)")
  }

  /// Defused or not, a cell differs by one `'` at most, and none that is left runs as a formula.
  @Test(arguments: 0..<200 as Range<UInt64>)
  func defusedCSVOnlyAddsAnApostrophe(_ seed: UInt64) throws {
    let cells = Self.cells(seed)
    let csv = try #require(FormatCatalogue.format(named: "csv"))
    let text = csv.rendered(Self.table(cells), options: RenderOptions(showsHeader: false))
    let read = Self.parseCSV(Array(text.utf8))
    #expect(read.count == cells.count, "seed \(seed)")
    for (line, original) in zip(read, cells) {
      for (cell, before) in zip(line, original) {
        #expect(cell == before || cell == "'" + before, "seed \(seed)")
        let first = cell.unicodeScalars.first
        let starts: [Unicode.Scalar] = ["=", "@", "\t", "\r", "＝"]
        #expect(!starts.contains { $0 == first }, "seed \(seed)")
      }
    }
  }

  @Test(arguments: 0..<200 as Range<UInt64>)
  func tsvIsOneLineARowAndReadsBack(_ seed: UInt64) throws {
    let cells = Self.cells(seed)
    let text = FormatCatalogue.tsv.rendered(
      Self.table(cells), options: RenderOptions(showsHeader: false))
    let lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast()
    let read = lines.map { line in
      line.split(separator: 0x09, omittingEmptySubsequences: false).map { field in
        var bytes: [UInt8] = []
        var isEscaped = false
        for byte in field {
          if isEscaped {
            bytes.append([0x74: 0x09, 0x6E: 0x0A, 0x72: 0x0D][byte] ?? byte)
            isEscaped = false
          } else if byte == 0x5C {
            isEscaped = true
          } else {
            bytes.append(byte)
          }
        }
        return String(decoding: bytes, as: UTF8.self)
      }
    }
    #expect(read == cells, "seed \(seed)")
  }

  /// Integers of every length against the standard library's own digits.
  @Test func integers() {
    let seed: UInt64 = 20_261_121
    var generator = ShowGenerator(seed: seed)
    let values: [Int64] =
      [0, 1, -1, 9, 10, Int64.max, Int64.min + 1]
      + (0..<2_000).map { _ in
        Int64(truncatingIfNeeded: generator.next()) >> Int64(generator.below(64))
      }
    let table = ResultTable(columns: [ShowSamples.ints("n", values)], rowCount: values.count)
    let text = FormatCatalogue.tsv.rendered(table, options: RenderOptions(showsHeader: false))
    #expect(text.split(separator: "\n").map(String.init) == values.map { String($0) }, "\(seed)")
  }
}

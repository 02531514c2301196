import KithBase

/// The UTF-8 bytes of one cell, inside the reader's window: good until the next batch is read.
typealias CellBytes = UnsafeBufferPointer<UInt8>

/// Some rows of a file, cut into cells; views into the reader's window.
struct RowBatch {
  /// Bounds of all cells, row after row, as offsets from `base`.
  var starts: [Int] = []
  var ends: [Int] = []
  /// The first cell of each row; one more than there are rows.
  var rows: [Int] = [0]
  /// The line of the file each row begins on, from 1.
  var lines: [Int] = []
  var base: UnsafePointer<UInt8>?

  var rowCount: Int { lines.count }

  mutating func clear() {
    starts.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    rows.removeAll(keepingCapacity: true)
    lines.removeAll(keepingCapacity: true)
    rows.append(0)
  }

  func cellCount(_ row: Int) -> Int { rows[row + 1] - rows[row] }

  /// A cell as it stands, quotes undone; an index past the row's end gives no bytes.
  func cell(_ row: Int, _ column: Int) -> CellBytes {
    let index = rows[row] + column
    guard let base, index < rows[row + 1] else { return CellBytes(start: nil, count: 0) }
    return CellBytes(start: base + starts[index], count: ends[index] - starts[index])
  }

  func string(_ row: Int, _ column: Int) -> String {
    String(decoding: cell(row, column), as: UTF8.self)
  }

  /// All cells of a row, copied.
  func strings(_ row: Int) -> [String] { (0..<cellCount(row)).map { string(row, $0) } }
}

/// How rows are cut into cells.
struct Dialect: Equatable {
  enum Separator: Equatable {
    case byte(UInt8)
    /// Runs of blanks and tabs; no quotes.
    case blanks
  }

  var separator: Separator
  /// A cell that begins with `"` ends with one, `""` inside stands for one (RFC 4180).
  var quoted = true

  static let comma = Dialect(separator: .byte(UInt8(ascii: ",")))
}

extension Dialect {
  /// The separator, of `, \t ; |`, that cuts the first lines of a text into like numbers of cells.
  ///
  /// Comma where none does: a file of one column. `sample` is the beginning of the text.
  static func sniffed(_ sample: CellBytes, fileName: String) -> Dialect {
    let candidates: [UInt8] = [0x2C, 0x09, 0x3B, 0x7C]
    var counts = [[Int]](repeating: [], count: candidates.count)
    var current = [Int](repeating: 0, count: candidates.count)
    var inQuotes = false
    var lineHasText = false
    for byte in sample {
      if byte == 0x22 { inQuotes.toggle() }
      if (byte == 0x0A || byte == 0x0D), !inQuotes {
        if lineHasText {
          for index in candidates.indices { counts[index].append(current[index]) }
        }
        current = [Int](repeating: 0, count: candidates.count)
        lineHasText = false
        if counts[0].count == 50 { break }
      } else {
        lineHasText = true
        if !inQuotes, let index = candidates.firstIndex(of: byte) { current[index] += 1 }
      }
    }
    // A last line without its end counts only if it is the only one.
    if counts[0].isEmpty {
      for index in candidates.indices { counts[index].append(current[index]) }
    }
    var best = 0
    var bestScore = (agreeing: 0, count: 0)
    for index in candidates.indices {
      guard let first = counts[index].first, first > 0 else { continue }
      let agreeing = counts[index].filter { $0 == first }.count
      if agreeing > bestScore.agreeing
        || (agreeing == bestScore.agreeing && first > bestScore.count)
      {
        best = index
        bestScore = (agreeing, first)
      }
    }
    if bestScore.agreeing == 0, fileName.hasSuffix(".tsv") { best = 1 }
    return Dialect(separator: .byte(candidates[best]))
  }
}

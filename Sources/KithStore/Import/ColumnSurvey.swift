import KithBase
import KithModel

/// Reads a file ahead of its import, to learn what only all values of a column tell.
struct ColumnSurvey {
  let path: String
  let encoding: DetectedEncoding
  let dialect: Dialect
  let hasHeader: Bool
  let emptyWords: [String]
  let longestRow: Int

  /// Whether the dates of a column are day first; nil where they do not tell, or tell both.
  func dateOrder(_ column: Int) throws(Diagnostic) -> DateOrder? {
    var evidence = DateOrderEvidence()
    try forEachCell([column]) { _, cell in evidence.add(cell) }
    return evidence.order
  }

  /// The narrowest type that holds every value of each column.
  func types(_ columns: [Int], zone: TimeZoneTable) throws(Diagnostic) -> [KithType] {
    var guesses = columns.map { _ in TypeGuess(zone: zone) }
    try forEachCell(columns) { index, cell in guesses[index].add(cell) }
    return guesses.map(\.type)
  }

  /// Every cell that is not empty, trimmed, with its place in `columns`.
  private func forEachCell(
    _ columns: [Int], _ body: (Int, CellBytes) -> Void
  ) throws(Diagnostic) {
    let source = try TextSource(path: path, encoding: encoding)
    let reader = try RowReader(source: source, dialect: dialect, longestRow: longestRow)
    var batch = RowBatch()
    var isFirst = hasHeader
    while try reader.next(&batch) {
      for row in 0..<batch.rowCount {
        if isFirst {
          isFirst = false
          continue
        }
        for (index, column) in columns.enumerated() {
          let cell = trimmed(batch.cell(row, column))
          if cell.isEmpty { continue }
          if !emptyWords.isEmpty, emptyWords.contains(String(decoding: cell, as: UTF8.self)) {
            continue
          }
          if isASCII(cell) {
            body(index, cell)
          } else {
            foldedWidth(cell).withUnsafeBufferPointer { body(index, trimmed($0)) }
          }
        }
      }
    }
  }
}

/// Types a column may still have after the values seen so far.
private struct TypeGuess {
  private let zone: TimeZoneTable
  private var seen = false
  private var candidates: [KithType] = [.bool, .int, .float, .percent, .money, .date, .time]

  init(zone: TimeZoneTable) { self.zone = zone }

  /// The first candidate left; text where none is, or where nothing was seen.
  var type: KithType { seen ? candidates.first ?? .text : .text }

  mutating func add(_ cell: CellBytes) {
    seen = true
    if candidates.isEmpty { return }
    let zone = zone
    candidates.removeAll { !TypeGuess.fits(cell, $0, zone) }
  }

  private static func fits(_ cell: CellBytes, _ type: KithType, _ zone: TimeZoneTable) -> Bool {
    do {
      switch type {
      case .bool:
        // 0 and 1 alone are numbers; a claim is written in words.
        if cell.count == 1, cell[0] == 0x30 || cell[0] == 0x31 { return false }
        _ = try NumberSpelling.bool(cell)
      case .int:
        // 00123 is a number of something, and its zeros belong to it.
        if hasLeadingZero(cell) { return false }
        _ = try NumberSpelling.int(cell)
      case .float:
        if hasLeadingZero(cell) { return false }
        _ = try NumberSpelling.float(cell)
      case .percent:
        guard cell.last == 0x25 else { return false }
        _ = try NumberSpelling.percent(cell)
      case .money:
        // An amount shows that it is one; a plain number is left a number.
        guard cell.contains(where: { $0 >= 0x80 || $0 == 0x24 }) else { return false }
        _ = try MoneySpelling.fen(cell)
      case .date:
        guard cell.contains(where: { $0 < 0x30 || $0 > 0x39 }) else { return false }
        // Either order will do here; which one it is, is found out when it matters.
        return dayWithoutClock(cell, zone)
      case .time:
        guard cell.contains(where: { $0 < 0x30 || $0 > 0x39 }) else { return false }
        return isTime(cell, .dayFirst, zone) || isTime(cell, .monthFirst, zone)
      default: return false
      }
      return true
    } catch {
      return false
    }
  }

  private static func hasLeadingZero(_ cell: CellBytes) -> Bool {
    let start = cell.first == 0x2D ? 1 : 0
    return cell.count > start + 1 && cell[start] == 0x30 && cell[start + 1] != 0x2E
  }

  private static func dayWithoutClock(_ cell: CellBytes, _ zone: TimeZoneTable) -> Bool {
    for order in DateOrder.allCases {
      var scanner = CellScanner(cell)
      if (try? DateSpelling.date(&scanner, order)) != nil, scanner.atEnd { return true }
    }
    return false
  }

  private static func isTime(
    _ cell: CellBytes, _ order: DateOrder, _ zone: TimeZoneTable
  ) -> Bool {
    (try? TimeSpelling.instant(cell, order: order, zone: zone)) != nil
  }
}

import KithBase
import KithModel

/// A value on its way from a cell to a row of the book.
enum CellValue {
  case empty
  /// Whole numbers, fen, yes and no, ids.
  case int(Int64)
  case real(Double)
  /// Bytes in the reader's window or in the arena; they hold at least until the row is written.
  case text(CellBytes)
  case day(Day)
  /// Microseconds since 1970, UTC.
  case time(Int64)

  var isEmpty: Bool { if case .empty = self { true } else { false } }
}

/// A column as the file tells it cannot be read yet: whether its dates are day first is to be found
/// out from all of them.
struct DateOrderNeeded: Error {}

/// Turns the cells of one column into values of one field.
final class ValueDecoder {
  let field: FieldSpec
  private let zone: TimeZoneTable
  private let emptyWords: [String]
  private let factor: Int64
  private let arena: ByteArena
  /// The order of `3/4/2026`; asked for once, by `DateOrderNeeded`.
  var order: DateOrder?
  var orderIsDecided: Bool
  /// Amounts with a sign of another currency.
  private(set) var foreignCount = 0
  /// Codes of an enumeration by the spelling that was seen and by folded word.
  private var codes: ByteIndex
  private var codeTexts: [CellBytes] = []
  private var words: EnumerationWords?
  private let defaultValue: CellValue
  /// Adds a value to the enumeration and gives its code; nil where it may not grow.
  private let addValue: ((String) throws -> String)?
  /// Finds the stage a cell names; nil for all other fields.
  private let stages: StageLookup?

  init(
    field: FieldSpec, enumeration: EnumerationSpec?, options: ImportOptions, factor: Int64,
    arena: ByteArena, stages: StageLookup? = nil, addValue: ((String) throws -> String)? = nil
  ) {
    self.field = field
    self.zone = options.zone
    self.emptyWords = options.emptyWords
    self.factor = factor
    self.arena = arena
    self.order = options.dateOrder
    self.orderIsDecided = options.dateOrder != nil
    self.words = enumeration.map(EnumerationWords.init)
    self.codes = ByteIndex()
    self.addValue = addValue
    self.stages = stages
    self.defaultValue = Self.literal(field.defaultValue, arena)
  }

  /// `'open'` or `1`, as the default stands in the schema.
  private static func literal(_ sql: String?, _ arena: ByteArena) -> CellValue {
    guard let sql else { return .empty }
    if sql.hasPrefix("'"), sql.hasSuffix("'"), sql.count >= 2 {
      return .text(arena.store(String(sql.dropFirst().dropLast())))
    }
    return Int64(sql).map { .int($0) } ?? .empty
  }

  /// Whether a cell holds nothing: no byte but blanks, or a word that means so.
  func isEmpty(_ cell: CellBytes) -> Bool {
    if cell.isEmpty { return true }
    guard !emptyWords.isEmpty else { return false }
    let text = String(decoding: cell.prefix(80), as: UTF8.self)
    return emptyWords.contains(text)
  }

  /// The value of a cell; an empty one is the field's default or `.empty`.
  ///
  /// Errors: `CellFault` why it is none, `DateOrderNeeded`, and what the book throws when a term is
  /// added.
  func value(_ raw: CellBytes) throws -> CellValue {
    let cell = trimmed(raw)
    if isEmpty(cell) { return defaultValue }
    for byte in cell where byte == 0 { throw CellFault("the cell holds a NUL byte", "单元格含空字节") }
    if field.type == .text { return .text(cell) }
    if let stages { return try stages.value(cell) }
    if case .enumeration = field.type { return try code(cell) }
    if case .list = field.type { return try list(cell) }
    if case .bool = field.type { return try bool(cell) }
    // The form a book keeps dates in needs no rewriting, and most files have it.
    if case .date = field.type, DateSpelling.isStoredForm(cell) { return .text(cell) }
    if isASCII(cell) { return try typed(cell) }
    let folded = foldedWidth(cell)
    return try folded.withUnsafeBufferPointer { try typed(trimmed($0)) }
  }

  private func typed(_ cell: CellBytes) throws -> CellValue {
    switch field.type {
    case .int, .duration:
      let value = try NumberSpelling.int(cell)
      let (product, overflow) = value.multipliedReportingOverflow(by: factor)
      if overflow { throw CellFault.largerThanInt(cell) }
      return .int(try inRange(product, cell))
    case .float:
      let value = try NumberSpelling.float(cell) * Double(factor)
      guard value.isFinite else {
        throw CellFault.largerThanNumber(cell)
      }
      return .real(value)
    case .percent: return .real(try NumberSpelling.percent(cell))
    case .money:
      let money = try MoneySpelling.fen(cell, factor: factor)
      if money.foreign { foreignCount += 1 }
      return .int(money.fen)
    case .date:
      return .day(
        try dated { (order) throws(DateFault) in
          try DateSpelling.day(cell, order: order, zone: zone)
        })
    case .time:
      return .time(
        try dated { (order) throws(DateFault) in
          try TimeSpelling.instant(cell, order: order, zone: zone)
        })
    // Types no stored field has are kept as they are written.
    default: return .text(cell)
    }
  }

  private func dated<Value>(
    _ read: (DateOrder?) throws(DateFault) -> Value
  ) throws -> Value {
    do throws(DateFault) {
      return try read(order)
    } catch {
      if case DateFault.fault(let fault) = error { throw fault }
      guard orderIsDecided else { throw DateOrderNeeded() }
      throw CellFault(
        "the date may be day first or month first and no other date of the column tells which; "
          + "say --dates dmy or --dates mdy",
        "分不清日在前还是月在前，这一列的其他日期也说明不了；请用 --dates dmy 或 --dates mdy")
    }
  }

  private func inRange(_ value: Int64, _ cell: CellBytes) throws(CellFault) -> Int64 {
    if let range = field.range, !range.contains(value) {
      throw CellFault(
        "'\(shown(cell))' is not between \(range.lowerBound) and \(range.upperBound)",
        "“\(shown(cell))”不在 \(range.lowerBound) 到 \(range.upperBound) 之间")
    }
    return value
  }

  /// The few spellings of a column are looked up by their bytes once they are known.
  private func bool(_ cell: CellBytes) throws -> CellValue {
    if let hit = codes.find(cell) { return .int(hit.id) }
    let folded = foldedWidth(cell)
    let claim = try folded.withUnsafeBufferPointer { try NumberSpelling.bool(trimmed($0)) }
    codes.add(cell, claim ? 1 : 0)
    return .int(claim ? 1 : 0)
  }

  // MARK: Enumerations

  private func code(_ cell: CellBytes) throws -> CellValue {
    if let hit = codes.find(cell) { return .text(codeTexts[Int(hit.id)]) }
    let text = String(decoding: cell, as: UTF8.self)
    let code: String
    if let known = words?.code(text) {
      code = known
    } else if let addValue, text.unicodeScalars.count <= 60 {
      code = try addValue(text)
      words?.add(text, code)
    } else {
      throw unknownValue(text, cell)
    }
    return .text(known(cell, code))
  }

  /// Keeps what a spelling means, for the next cell that has it.
  private func known(_ cell: CellBytes, _ code: String) -> CellBytes {
    let stored = arena.store(code)
    codes.add(cell, Int64(codeTexts.count))
    codeTexts.append(stored)
    return stored
  }

  private func unknownValue(_ text: String, _ cell: CellBytes) -> CellFault {
    let near = Nearest.words(to: text, among: words?.all ?? [])
    let hint = near.isEmpty ? "" : "; did you mean \(near.joined(separator: ", "))"
    let zhHint = near.isEmpty ? "" : "；是否要写 \(near.joined(separator: "、"))"
    return CellFault(
      "'\(shown(cell))' is no value of \(field.name)" + hint,
      "“\(shown(cell))”不是“\(field.zh)”的值" + zhHint)
  }

  /// Several values in a cell, `a, b` or `a、b`, kept as codes with commas between.
  private func list(_ cell: CellBytes) throws -> CellValue {
    if let hit = codes.find(cell) { return .text(codeTexts[Int(hit.id)]) }
    var result: [String] = []
    let text = String(decoding: cell, as: UTF8.self)
    for part in text.split(whereSeparator: { ",，、;；|".contains($0) }) {
      let word = String(part)
      guard let words else {
        result.append(word)
        continue
      }
      guard let code = words.code(word) else {
        var copy = word
        throw copy.withUTF8 { unknownValue(word, trimmed($0)) }
      }
      result.append(code)
    }
    return .text(known(cell, result.joined(separator: ",")))
  }
}

/// The values of an enumeration by every way of writing them.
struct EnumerationWords {
  private var codes: [String: String] = [:]
  /// Codes and labels, for suggestions.
  let all: [String]

  init(_ enumeration: EnumerationSpec) {
    all = enumeration.values.flatMap { [$0.code, $0.en, $0.zh] }
    // A code wins over a label, a label over a synonym.
    for value in enumeration.values { add(value.code, value.code) }
    for value in enumeration.values {
      add(value.en, value.code)
      add(value.zh, value.code)
    }
    for value in enumeration.values { for word in value.synonyms { add(word, value.code) } }
  }

  mutating func add(_ word: String, _ code: String) {
    let key = foldedWord(word)
    if codes[key] == nil { codes[key] = code }
  }

  func code(_ word: String) -> String? { codes[foldedWord(word)] }
}

package import KithBase
import KithModel

/// A file of rows read into columns, for `read "file.csv"`.
package enum FileTable {
  /// Reads a whole file (CSV, TSV and their like, also `.gz`); types are told by the values.
  ///
  /// Names are the headers; a column without one is called `column N`. Empty cells are empty.
  /// - Parameter zone: for times without an offset.
  ///
  /// Errors: K7101 to K7104 for the file and its text, K7105 an empty file, headers that stand
  /// twice, or a row with more or fewer cells than the header.
  package static func read(_ path: String, zone: TimeZoneTable) throws -> ColumnTable {
    var options = ImportOptions(files: [path], entity: "", now: Instant(microseconds: 0))
    options.zone = zone
    let source = try RowSource(path: path, options: options)
    let names = source.headers.enumerated().map { $1.isEmpty ? "column \($0 + 1)" : $1 }
    for (index, name) in names.enumerated() where names[..<index].contains(name) {
      throw Diagnostic("K7105", "the header '\(name)' of '\(path)' stands over two columns")
    }
    let types = try source.survey.types(Array(names.indices), zone: zone)
    var builders: [FileColumn] = []
    for (index, type) in types.enumerated() {
      var order: DateOrder?
      if type == .date || type == .time { order = try source.survey.dateOrder(index) }
      builders.append(FileColumn(type: type, order: order, zone: zone))
    }
    var count = 0
    while let batch = try source.next() {
      for row in 0..<batch.rowCount {
        guard batch.cellCount(row) == names.count else {
          throw Diagnostic(
            "K7105",
            "the row at '\(path)' line \(batch.lines[row]) has \(batch.cellCount(row)) "
              + "cells and the header \(names.count)")
        }
        for column in builders.indices { try builders[column].add(batch.cell(row, column)) }
        count += 1
      }
    }
    let columns = zip(names, builders).map { name, builder in
      TableColumn(name: name, type: builder.type, vector: builder.vector)
    }
    return ColumnTable(columns: columns, rowCount: count)
  }
}

/// One column on its way into memory.
private struct FileColumn {
  let type: KithType
  private let order: DateOrder?
  private let zone: TimeZoneTable
  private var ints: [Int64] = []
  private var floats: [Double] = []
  private var days: [Int32] = []
  private var bools: [UInt8] = []
  private var codes: [Int32] = []
  private var texts = TextDictionaryBuilder()

  init(type: KithType, order: DateOrder?, zone: TimeZoneTable) {
    self.type = type
    self.order = order
    self.zone = zone
  }

  var vector: Vector {
    switch type {
    case .int, .money, .time: .int(ints)
    case .float, .percent: .float(floats)
    case .date: .day(days)
    case .bool: .bool(bools)
    default: .text(codes, texts.finish())
    }
  }

  mutating func add(_ raw: CellBytes) throws {
    let cell = trimmed(raw)
    if cell.isEmpty { return addEmpty() }
    if type == .text { return codes.append(texts.code(cell)) }
    do {
      if isASCII(cell) {
        try addTyped(cell)
      } else {
        try foldedWidth(cell).withUnsafeBufferPointer { try addTyped(trimmed($0)) }
      }
    } catch let fault as CellFault {
      // The type was told by all values, so only a date that may be two days comes here.
      throw Diagnostic("K7105", fault.english)
    }
  }

  private mutating func addEmpty() {
    switch type {
    case .int, .money, .time: ints.append(Vector.emptyInt)
    case .float, .percent: floats.append(.nan)
    case .date: days.append(Vector.emptyDay)
    case .bool: bools.append(Vector.emptyBool)
    default: codes.append(0)
    }
  }

  private mutating func addTyped(_ cell: CellBytes) throws {
    switch type {
    case .int: ints.append(try NumberSpelling.int(cell))
    case .money: ints.append(try MoneySpelling.fen(cell).fen)
    case .float: floats.append(try NumberSpelling.float(cell))
    case .percent: floats.append(try NumberSpelling.percent(cell))
    case .bool: bools.append(try NumberSpelling.bool(cell) ? 1 : 0)
    case .date:
      days.append(
        try dated { order throws(DateFault) in
          try DateSpelling.day(cell, order: order, zone: zone).number
        })
    case .time:
      ints.append(
        try dated { order throws(DateFault) in
          try TimeSpelling.instant(cell, order: order, zone: zone)
        })
    default: codes.append(texts.code(cell))
    }
  }

  private func dated<Value>(
    _ read: (DateOrder?) throws(DateFault) -> Value
  ) throws -> Value {
    do throws(DateFault) {
      return try read(order)
    } catch {
      if case DateFault.fault(let fault) = error { throw fault }
      throw CellFault(
        "a date of the file may be day first or month first, and no other tells which",
        "文件中的日期分不清日在前还是月在前，其他日期也说明不了")
    }
  }
}

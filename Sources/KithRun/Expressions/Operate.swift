import KithBase
import KithPlan

extension Execution {
  /// An operator over some rows.
  func operate(
    _ operation: Operation, _ operands: [Bound], _ type: KithType, _ frame: Frame, _ rows: Selection
  ) throws -> Column {
    switch operation {
    case .and: return try both(operands, frame, rows, empty: true)
    case .or: return try both(operands, frame, rows, empty: false)
    case .coalesce: return try coalesce(operands, type, frame, rows)
    default: break
    }
    var columns: [Column] = []
    columns.reserveCapacity(operands.count)
    for operand in operands { columns.append(try evaluate(operand, frame, rows)) }
    return try apply(operation, columns, operands, type, inPlay: frame.inPlay)
  }

  private func apply(
    _ operation: Operation, _ columns: [Column], _ operands: [Bound], _ type: KithType, inPlay: Int
  ) throws -> Column {
    let types = operands.map(\.type)
    switch operation {
    case .compare(let comparison):
      return Column(
        flags: try compare(comparison, columns[0], columns[1], types[0], inPlay: inPlay))
    case .isIn(let constants): return Column(flags: try isIn(columns[0], constants, types[0]))
    case .contains, .startsWith, .endsWith:
      return Column(flags: try textTest(operation, columns[0], columns[1], inPlay: inPlay))
    case .matches(let pattern):
      return Column(flags: try matches(pattern, columns[0], inPlay: inPlay))
    case .and, .or, .coalesce: throw mismatch("an operator")
    case .not:
      let flags = try truth(columns[0])
      return Column(flags: flags.map { $0 ^ 1 })
    case .isEmpty: return Column(flags: columns[0].emptyFlags)
    case .add, .subtract, .multiply, .remainder, .divide, .negate, .toFloat, .scaleMoney,
      .rescale, .roundMoney:
      return Column(try arithmetic(operation, columns, types))
    case .addDays, .addMonths, .timeAddDays, .timeAddMonths, .timeAddMicroseconds,
      .daysBetween, .microsecondsBetween, .localDay, .dayStart, .daysToMicroseconds, .period,
      .periodStart, .periodEnd:
      return Column(try dates(operation, columns, types))
    case .stageCompare(let comparison, let code):
      return Column(flags: try stageCompare(comparison, code: code, columns[0]))
    case .stageOrder(let comparison):
      return Column(flags: try stageOrder(comparison, columns[0], columns[1]))
    case .concatenate, .interpolate:
      return Column(try join(columns, skippingEmpty: operation == .interpolate))
    case .toText: return Column(try shownTexts(columns[0], types[0]))
    case .makeList: return Column(try makeList(columns, type))
    case .isInList: return Column(flags: try isInList(columns[0], columns[1], types[0]))
    }
  }

  /// `and` (empty is true) and `or` (empty is false); an empty operand counts as false.
  private func both(
    _ operands: [Bound], _ frame: Frame, _ rows: Selection, empty isAnd: Bool
  ) throws -> Column {
    var result = [UInt8](repeating: isAnd ? 1 : 0, count: rows.count)
    for operand in operands {
      let flags = try truth(evaluate(operand, frame, rows))
      result.withUnsafeMutableBufferPointer { result in
        flags.withUnsafeBufferPointer { flags in
          if isAnd {
            for i in 0..<result.count { result[i] &= flags[i] }
          } else {
            for i in 0..<result.count { result[i] |= flags[i] }
          }
        }
      }
    }
    return Column(flags: result)
  }

  /// A bool column with empty as false: 0 or 1 for each row.
  func truth(_ column: Column) throws -> [UInt8] {
    guard case .bool(let values) = column.vector else { throw mismatch("a condition") }
    if column.isTwoValued, column.start == 0, column.count == values.count { return values }
    if column.isConstant {
      return [UInt8](repeating: values[column.start] == 1 ? 1 : 0, count: column.count)
    }
    return values.withUnsafeBufferPointer { values in
      [UInt8](unsafeUninitializedCapacity: column.count) { output, filled in
        for i in 0..<column.count { output[i] = values[column.start + i] & 1 }
        filled = column.count
      }
    }
  }

  /// Conditions are asked of the rows no earlier one took, values only of the rows they are for.
  func choose(
    _ choices: [(condition: Bound, value: Bound)], otherwise: Bound?, _ type: KithType,
    _ frame: Frame, _ rows: Selection
  ) throws -> Column {
    if choices.allSatisfy({ $0.condition.isTotal && $0.value.isTotal }),
      otherwise?.isTotal != false
    {
      return try blend(choices, otherwise: otherwise, type, frame, rows)
    }
    // Source of each row: the part, and the place in it.
    var parts: [Column] = []
    var part = [Int32](repeating: -1, count: rows.count)
    var place = [Int32](repeating: 0, count: rows.count)
    var remaining = Kernel.sequence(from: 0, count: rows.count)
    var selection = rows

    func take(_ expr: Bound, _ indices: [Int32], _ chosen: Selection) throws {
      if indices.isEmpty { return }
      let column = try evaluate(expr, frame, chosen)
      for (offset, index) in indices.enumerated() {
        part[Int(index)] = Int32(parts.count)
        place[Int(index)] = column.isConstant ? Int32(column.start) : Int32(column.start + offset)
      }
      parts.append(column)
    }

    for choice in choices where !remaining.isEmpty {
      let flags = try truth(evaluate(choice.condition, frame, selection))
      var yes: [Int32] = []
      var no: [Int32] = []
      var yesPositions: [Int32] = []
      var noPositions: [Int32] = []
      for (i, index) in remaining.enumerated() {
        let position = Int32(selection.position(i))
        if flags[i] == 1 {
          yes.append(index)
          yesPositions.append(position)
        } else {
          no.append(index)
          noPositions.append(position)
        }
      }
      try take(
        choice.value, yes, yes.count == remaining.count ? selection : Selection(yesPositions))
      if yes.isEmpty { continue }
      remaining = no
      selection = Selection(noPositions)
    }
    if let otherwise { try take(otherwise, remaining, selection) }
    return Column(try assemble(parts, part, place, type))
  }

  private func coalesce(
    _ operands: [Bound], _ type: KithType, _ frame: Frame, _ rows: Selection
  ) throws -> Column {
    if operands.allSatisfy(\.isTotal) { return try firstFilled(operands, type, frame, rows) }
    var parts: [Column] = []
    var part = [Int32](repeating: -1, count: rows.count)
    var place = [Int32](repeating: 0, count: rows.count)
    var remaining = Kernel.sequence(from: 0, count: rows.count)
    var selection = rows
    for operand in operands where !remaining.isEmpty {
      let column = try evaluate(operand, frame, selection)
      let flags = column.emptyFlags
      if parts.isEmpty, !flags.contains(1) { return column }
      var left: [Int32] = []
      var positions: [Int32] = []
      for (i, index) in remaining.enumerated() {
        if flags[i] == 1 {
          left.append(index)
          positions.append(Int32(selection.position(i)))
        } else {
          part[Int(index)] = Int32(parts.count)
          place[Int(index)] = Int32(column.isConstant ? column.start : column.start + i)
        }
      }
      parts.append(column)
      remaining = left
      selection = Selection(positions)
    }
    return Column(try assemble(parts, part, place, type))
  }

  private func makeList(_ columns: [Column], _ type: KithType) throws -> Vector {
    guard case .list(let element) = type else { throw mismatch("a list") }
    let count = columns.first?.count ?? 1
    // Column after column, then read row by row.
    var builder = ColumnBuilder(element)
    for column in columns { builder.append(column) }
    let all = builder.finish()
    var positions: [Int32] = []
    var offsets: [Int32] = [0]
    for row in 0..<count {
      for index in columns.indices {
        let position = index * count + row
        if !all.isEmpty(at: position) { positions.append(Int32(position)) }
      }
      offsets.append(Int32(positions.count))
    }
    return .list(offsets, all.gather(positions))
  }
}

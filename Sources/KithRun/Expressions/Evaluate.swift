import KithBase
import KithPlan

extension Execution {
  /// The value of an expression for some rows of a frame.
  func evaluate(_ expr: Expr, _ frame: Frame, _ rows: Selection) throws -> Column {
    try evaluate(bind(expr, frame), frame, rows)
  }

  func evaluate(_ bound: Bound, _ frame: Frame, _ rows: Selection) throws -> Column {
    switch bound.kind {
    case .constant(let vector): return Column(constant: vector, count: rows.count)
    case .slot(let slot): return try value(of: slot, frame, rows)
    case .column(let column, let object): return try read(column, object, frame, rows)
    case .looked(let column, let few, let key):
      return try look(column, few, try evaluate(key, frame, rows))
    case .shared(let part, let cell):
      guard rows.list == nil else { return try evaluate(part, frame, rows) }
      if let known = cell.column, cell.start == rows.start, known.count == rows.count {
        return known
      }
      let column = try evaluate(part, frame, rows)
      cell.column = column
      cell.start = rows.start
      return column
    case .guarded(let value, let object):
      return try guarded(
        try evaluate(value, frame, rows), try evaluate(object, frame, rows), bound.type)
    case .derived(_, let slot, let body, let object):
      return try compute(body, slot, of: try evaluate(object, frame, rows), inPlay: frame.inPlay)
    case .operation(let operation, let operands):
      return try operate(operation, operands, bound.type, frame, rows)
    case .function(let function, let arguments, let context):
      return try call(function, arguments, context, frame, rows)
    case .choose(let choices, let otherwise):
      return try choose(choices, otherwise: otherwise, bound.type, frame, rows)
    case .children(let call, let through):
      return try childAggregate(call, through, frame, rows)
    case .inSet(let operand, let set): return try isIn(try evaluate(operand, frame, rows), set)
    }
  }

  func value(of slot: SlotID, _ frame: Frame, _ rows: Selection) throws -> Column {
    switch frame.slots[slot] {
    case .range(let first)?:
      if let list = rows.list {
        let positions = list[rows.start..<(rows.start + rows.count)]
        return Column(.row(positions.map { first + $0 }))
      }
      return Column(
        .row(Kernel.sequence(from: first + Int32(rows.start), count: rows.count)))
    case .vector(let vector)?:
      if let list = rows.list {
        return Column(
          list.withUnsafeBufferPointer {
            vector.gather(UnsafeBufferPointer(rebasing: $0[rows.start..<(rows.start + rows.count)]))
          })
      }
      return Column(vector, start: rows.start, count: rows.count)
    case nil:
      throw Diagnostic("K9111", "a plan reads slot \(slot.number) where it is not made")
    }
  }

  /// A run of the column where the objects are consecutive rows, else a gather by row number.
  private func read(
    _ column: Vector, _ object: Bound, _ frame: Frame, _ rows: Selection
  ) throws -> Column {
    if case .slot(let slot) = object.kind, case .range(let first)? = frame.slots[slot] {
      guard let list = rows.list else {
        return Column(column, start: Int(first) + rows.start, count: rows.count)
      }
      return Column(
        list.withUnsafeBufferPointer {
          column.gather(
            UnsafeBufferPointer(rebasing: $0[rows.start..<(rows.start + rows.count)]),
            offset: Int(first))
        })
    }
    return try gather(column, by: evaluate(object, frame, rows))
  }

  /// A column by code or row number at some codes or rows.
  private func look(_ column: Vector, _ few: [Int32]?, _ keys: Column) throws -> Column {
    let codes: [Int32]
    switch keys.vector {
    case .text(let values, _): codes = values
    case .row(let values): codes = values
    default: throw mismatch("a look-up")
    }
    if keys.isConstant {
      return Column(constant: column.slice(Int(codes[keys.start]), 1), count: keys.count)
    }
    if let few {
      return Column(
        flags: CompareKernel.codes(codes, start: keys.start, count: keys.count, in: few))
    }
    return Column(
      codes.withUnsafeBufferPointer {
        column.gather(UnsafeBufferPointer(rebasing: $0[keys.start..<(keys.start + keys.count)]))
      })
  }

  /// The values, empty where the object is nobody.
  private func guarded(_ value: Column, _ object: Column, _ type: KithType) throws -> Column {
    guard case .row(let rows) = object.vector else { throw mismatch("an object") }
    if object.isConstant {
      if rows[object.start] != 0 { return value }
      return Column(constant: Vector.empties(type, count: 1), count: value.count)
    }
    let hasNobody = rows.withUnsafeBufferPointer { rows in
      var nobodies: Int32 = 0
      for i in object.start..<(object.start + object.count) { nobodies |= rows[i] == 0 ? 1 : 0 }
      return nobodies != 0
    }
    if !hasNobody { return value }
    var positions = Kernel.sequence(from: 0, count: value.count)
    for i in 0..<object.count where rows[object.start + i] == 0 { positions[i] = -1 }
    return Column(value.dense.gatherOrEmpty(positions))
  }

  /// A whole-entity column at the rows an object expression gave.
  func gather(_ column: Vector, by objects: Column) throws -> Column {
    guard case .row(let keys) = objects.vector else { throw mismatch("a path") }
    if objects.isConstant {
      return Column(
        constant: column.slice(Int(keys[objects.start]), 1), count: objects.count)
    }
    return Column(
      keys.withUnsafeBufferPointer {
        column.gather(
          UnsafeBufferPointer(rebasing: $0[objects.start..<(objects.start + objects.count)]))
      })
  }

  /// One value as a vector of one.
  func constant(_ scalar: Scalar, _ type: KithType) throws -> Vector {
    switch scalar {
    case .empty: return Vector.empties(type, count: 1)
    case .int(let value):
      switch type {
      case .float, .percent, .floatMoney: return .float([Double(value)])
      default: return .int([value])
      }
    case .float(let value): return .float([value])
    case .bool(let value): return .bool([value ? 1 : 0])
    case .text(let value): return literalText(value)
    case .money(let value): return .int([value])
    case .date(let day): return .day([day.number])
    case .time(let instant): return .int([instant.microseconds])
    case .duration(let duration): return .int([length(duration, type)])
    case .period(let period): return .day([period.start.number])
    case .code(let code):
      guard case .enumeration(let name) = type else { return literalText(code) }
      let dictionary = dictionary(ofEnumeration: name)
      guard let place = dictionary.strings().firstIndex(of: code) else { return literalText(code) }
      return .text([Int32(place)], dictionary)
    case .object(let row): return .row([row])
    case .list(let values):
      guard case .list(let element) = type else { throw mismatch("a list") }
      var builder = ColumnBuilder(element)
      for value in values { builder.append(try constant(value, element)) }
      return .list([0, Int32(values.count)], builder.finish())
    }
  }

  private func length(_ duration: Duration, _ type: KithType) -> Int64 {
    guard case .duration(let unit) = type else { return duration.days }
    switch unit {
    case .months: return duration.months
    case .days: return duration.days
    case .microseconds: return duration.microseconds
    }
  }

  private func literalText(_ text: String) -> Vector {
    if text.isEmpty { return .text([0], .none) }
    let dictionary = literalDictionaries[text] ?? TextDictionary([text])
    literalDictionaries[text] = dictionary
    return .text([1], dictionary)
  }
}

import KithBase
import KithPlan

extension Execution {
  /// The value of an expression for some rows of a frame.
  func evaluate(_ expr: Expr, _ frame: Frame, _ rows: Selection) throws -> Column {
    switch expr.kind {
    case .literal(let scalar):
      return Column(constant: try constant(scalar, expr.type), count: rows.count)
    case .slot(let slot): return try value(of: slot, frame, rows)
    case .field(let object, let entity, let field):
      return try value(of: field, entity, object, frame, rows)
    case .derived(let object, let key): return try derived(key, of: object, frame, rows)
    case .operation(let operation, let operands):
      return try operate(operation, operands, expr.type, frame, rows)
    case .function(let name, let arguments):
      return try call(name, arguments, frame, rows)
    case .choose(let choices, let otherwise):
      return try choose(choices, otherwise: otherwise, expr.type, frame, rows)
    case .aggregate(let call): return try childAggregate(call, frame, rows)
    case .scalar(let subquery, let call):
      return Column(constant: try scalar(subquery, call), count: rows.count)
    case .inPlan(let operand, let subquery, let column):
      return try isIn(operand, subquery, column: column, frame, rows)
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

  /// A field of an object: a run of the stored column where the objects are consecutive rows, else a
  /// gather by row number.
  private func value(
    of field: String, _ entity: String, _ object: Expr, _ frame: Frame, _ rows: Selection
  ) throws -> Column {
    let column = try tables.column(entity, field)
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

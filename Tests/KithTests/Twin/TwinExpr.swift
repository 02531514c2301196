import KithBase
import KithModel
import KithPlan

/// Expressions over one row.
extension TwinRun {
  func truth(_ expr: Expr, _ row: TwinRow) throws -> Bool { try value(expr, row) == .bool(true) }

  func value(_ expr: Expr, _ row: TwinRow) throws -> Scalar {
    switch expr.kind {
    case .literal(let scalar): return scalar
    case .slot(let slot):
      // A zero that `fill` added is of the type of its column.
      if case .int(let number)? = row[slot] { return TwinValues.scalar(number, expr.type) }
      return row[slot] ?? .empty
    case .field(let object, let entity, let field):
      guard case .object(let number) = try value(object, row) else { return .empty }
      return book.value(entity, number, field, catalogue)
    case .derived(let object, let key):
      guard case .object(let number) = try value(object, row) else { return .empty }
      return try derived(key, number)
    case .operation(let operation, let operands):
      return try operate(operation, operands, expr.type, row)
    case .function(let name, let arguments): return try call(name, arguments, expr.type, row)
    case .choose(let choices, let otherwise):
      for choice in choices where try truth(choice.condition, row) {
        return try value(choice.value, row)
      }
      return try otherwise.map { try value($0, row) } ?? .empty
    case .aggregate(let call): return try aggregate(call, [row])
    case .scalar(let subquery, let call): return try aggregate(call, rows(of: subquery))
    case .inPlan(let operand, let subquery, let column):
      let wanted = try value(operand, row)
      if wanted.isEmpty { return .bool(false) }
      let found = try rows(of: subquery).contains {
        let element = try value(column, $0)
        return !element.isEmpty && TwinValues.same(element, wanted)
      }
      return .bool(found)
    }
  }

  /// The rows of a plan that does not see the row, computed once.
  private func rows(of subquery: Subquery) throws -> [TwinRow] {
    let identity = ObjectIdentifier(subquery)
    if let known = subqueryRows[identity] { return known }
    let counts = stageCounts
    let all = try rows(subquery.plan)
    stageCounts = counts
    subqueryRows[identity] = all
    return all
  }

  /// A function of the catalogue, called for one row.
  private func call(
    _ name: String, _ arguments: [Expr], _ type: KithType, _ row: TwinRow
  ) throws -> Scalar {
    guard let function = functions.find(name) else {
      throw Diagnostic("K9000", "no function \(name)")
    }
    let types = arguments.map(\.type)
    let vectors = try arguments.map { vector(try value($0, row), $0.type) }
    let context = FunctionContext(
      zone: zone, today: query.today, now: query.now, argumentTypes: types)
    return try function.kernel(vectors, 1, context).scalar(0, type)
  }

  /// A column of one value.
  private func vector(_ value: Scalar, _ type: KithType) -> Vector {
    switch type {
    case .int, .money, .exactMoney, .time, .duration:
      return .int([TwinValues.integer(value) ?? Vector.emptyInt])
    case .float, .percent, .floatMoney: return .float([TwinValues.double(value) ?? .nan])
    case .date, .period:
      if case .period(let period) = value { return .day([period.start.number]) }
      if case .date(let day) = value { return .day([day.number]) }
      return .day([Vector.emptyDay])
    case .bool, .empty:
      if case .bool(let bool) = value { return .bool([bool ? 1 : 0]) }
      return .bool([Vector.emptyBool])
    case .text:
      if case .text(let text) = value { return .text([1], TextDictionary([text])) }
      return .text([0], TextDictionary([]))
    case .enumeration(let name):
      let codes = catalogue.enumeration(name)?.values.map(\.code) ?? []
      guard case .code(let code) = value, let place = codes.firstIndex(of: code) else {
        return .text([0], TextDictionary(codes))
      }
      return .text([Int32(place + 1)], TextDictionary(codes))
    case .object:
      if case .object(let number) = value { return .row([number]) }
      return .row([0])
    case .list(let element):
      guard case .list(let elements) = value else { return .list([0, 0], vector(.empty, element)) }
      return .list([0, Int32(elements.count)], column(elements, element))
    }
  }

  /// The elements of a list as a column; each element alone makes a column of one.
  private func column(_ elements: [Scalar], _ type: KithType) -> Vector {
    var ints: [Int64] = []
    var floats: [Double] = []
    var days: [Int32] = []
    var bools: [UInt8] = []
    var codes: [Int32] = []
    var rows: [Int32] = []
    var builder = TextDictionaryBuilder()
    for element in elements {
      switch vector(element, type) {
      case .int(let values): ints += values
      case .float(let values): floats += values
      case .day(let values): days += values
      case .bool(let values): bools += values
      case .row(let values): rows += values
      case .text(let values, let dictionary):
        if case .enumeration = type {
          codes += values
        } else {
          codes += values.map { builder.code(Array(dictionary.string($0).utf8)) }
        }
      case .list: break
      }
    }
    switch vector(.empty, type) {
    case .int: return .int(ints)
    case .float: return .float(floats)
    case .day: return .day(days)
    case .bool: return .bool(bools)
    case .row, .list: return .row(rows)
    case .text(_, let dictionary):
      if case .enumeration = type { return .text(codes, dictionary) }
      return .text(codes, builder.finish())
    }
  }
}

/// Children of a row.
extension TwinRun {
  /// The row once per child, with the child in its slot.
  func children(_ through: Through, _ row: TwinRow) throws -> [TwinRow] {
    guard case .object(let start) = try value(through.object, row) else { return [] }
    var found = [start]
    for step in through.steps {
      switch step {
      case .many(let entity, let key):
        found = found.flatMap { parent in
          book.rows(entity).filter { book.value(entity, $0, key, catalogue) == .object(parent) }
        }
      case .one(let entity, let field, _):
        found = found.compactMap {
          guard case .object(let next) = book.value(entity, $0, field, catalogue) else {
            return nil
          }
          return next
        }
      case .changes(let entity):
        found = found.flatMap { parent in
          let id = Scalar.int(book.id(entity, parent))
          return book.rows("change").filter {
            book.stored("change", $0, "entity") == .text(entity)
              && book.stored("change", $0, "object") == id
          }
        }
      case .downstream(let entity):
        found = found.flatMap { tree.everyoneBelow(entity, $0) }
      case .referred(let entity):
        found = found.flatMap { tree.broughtFirst(entity, $0) }
      }
    }
    if through.distinct { found = Array(Set(found)) }
    return inTimeOrder(found, through.entity).map { child in
      var pair = row
      pair[through.child] = .object(child)
      return pair
    }
  }

  /// In the order of the entity's own date or time, those without one last, then by id.
  func inTimeOrder(_ rows: [Int32], _ entity: String) -> [Int32] {
    let times = Dictionary(
      rows.map { ($0, time(entity, $0)) }, uniquingKeysWith: { first, _ in first })
    return rows.sorted { left, right in
      let (a, b) = (times[left] ?? Int64.max, times[right] ?? Int64.max)
      return a != b ? a < b : left < right
    }
  }

  /// The value of the path an entity is ordered by.
  private func time(_ entity: String, _ row: Int32) -> Int64 {
    guard let path = catalogue.entity(entity)?.time else { return Int64.max }
    var entity = entity
    var row = row
    let names = path.split(separator: ".").map(String.init)
    for name in names.dropLast() {
      guard case .object(let next) = book.value(entity, row, name, catalogue),
        let target = catalogue.entity(entity)?.toOne.first(where: { $0.name == name })?.target
      else { return Int64.max }
      entity = target
      row = next
    }
    guard let last = names.last else { return Int64.max }
    return TwinValues.integer(book.stored(entity, row, last)) ?? Int64.max
  }
}

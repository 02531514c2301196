import KithBase
import KithModel
import KithPlan

extension Execution {
  /// A derived field of the objects an expression gives; empty for nobody.
  ///
  /// A body that only looks at stored fields is put in the field's place. Others become a whole
  /// column of their entity, once a query, unless few rows are asked.
  func derived(
    _ key: DerivedKey, of object: Expr, _ type: KithType, _ frame: Frame
  ) throws -> Bound.Kind {
    if let known = derivedColumns[key] {
      return .column(known, object: try bind(object, frame))
    }
    guard let body = query.derived[key] else {
      throw Diagnostic("K9114", "a plan reads '\(key.name)' of '\(key.entity)' without its body")
    }
    if case .expr(let slot, let expr) = body {
      if Cost(of: expr, query.derived) < .collective {
        let value = try bind(
          expr.replacing(Expr(.slot(slot), .object(key.entity)), with: object), frame)
        if case .slot(let source) = object.kind, case .range(let first)? = frame.slots[source],
          first > 0
        {
          return value.kind
        }
        return .guarded(value, object: try bind(object, frame))
      }
      let size = try tables.table(key.entity).count
      let isFew = frame.inPlay * 8 < size || frame.inPlay == 0
      if !isFew, let column = try unlessError({ try wholeColumn(key, body) }) {
        derivedColumns[key] = column
        return .column(column, object: try bind(object, frame))
      }
      return .derived(key, slot: slot, body: expr, object: try bind(object, frame))
    }
    let column = try wholeColumn(key, body)
    derivedColumns[key] = column
    return .column(column, object: try bind(object, frame))
  }

  /// The body for the objects at hand, as rows of a frame of their own.
  func compute(
    _ expr: Expr, _ slot: SlotID, of objects: Column, inPlay: Int
  ) throws -> Column {
    guard case .row(let keys) = objects.vector else { throw mismatch("an object") }
    if objects.isConstant {
      if keys[objects.start] == 0 {
        return Column(constant: Vector.empties(expr.type, count: 1), count: objects.count)
      }
      var inner = Frame(rowCount: 1)
      inner.slots[slot] = .vector(.row([keys[objects.start]]))
      return Column(constant: try evaluate(expr, inner, inner.all).dense, count: objects.count)
    }
    let asked = Array(keys[objects.start..<(objects.start + objects.count)])
    var inner = Frame(rowCount: asked.count)
    inner.slots[slot] = .vector(.row(asked))
    inner.inPlay = inPlay
    let result = try evaluate(expr, inner, inner.all)
    guard asked.contains(0) else { return result }
    var positions = Kernel.sequence(from: 0, count: asked.count)
    for i in asked.indices where asked[i] == 0 { positions[i] = -1 }
    return Column(result.dense.gatherOrEmpty(positions))
  }

  private func wholeColumn(_ key: DerivedKey, _ body: DerivedBody) throws -> Vector {
    let size = try tables.table(key.entity).count
    try budget.reserve((size + 1) * 8)
    switch body {
    case .expr(let slot, let expr):
      var frame = Frame(rowCount: size)
      frame.slots[slot] = .range(first: 1)
      var builder = ColumnBuilder(expr.type, capacity: size + 1)
      builder.append(Vector.empties(expr.type, count: 1))
      builder.append(try column(expr, frame))
      return builder.finish()
    case .plan(let plan, let object, let result):
      let frame = try run(plan)
      let values = try column(result, frame)
      guard case .row(let rows) = try value(of: object, frame, frame.all).dense else {
        throw mismatch("a derived field")
      }
      var places = [Int32](repeating: -1, count: size + 1)
      for i in rows.indices where rows[i] != 0 { places[Int(rows[i])] = Int32(i) }
      let column = values.gatherOrEmpty(places)
      sayWhyEmpty(key, column, size)
      return column
    case .algorithm(let algorithm):
      return try derivedColumn(algorithm, entity: key.entity)
    }
  }
}

extension Execution {
  /// A field that is empty for everybody says why, where it knows a reason.
  private func sayWhyEmpty(_ key: DerivedKey, _ column: Vector, _ size: Int) {
    guard size > 0,
      let reason = tables.catalogue.entity(key.entity)?.derived.first(where: { $0.name == key.name }
      )?
      .emptyReason,
      !column.emptyFlags(0, column.count).contains(0)
    else { return }
    notes.count(.reason, reason.english + "|" + reason.chinese, 1)
  }
}

/// How dear an expression is, for the order in which conditions are asked.
enum Cost: Int, Comparable {
  /// Codes, numbers and dates of the row.
  case field
  /// One or more to-one steps away.
  case path
  /// Texts and functions.
  case text
  /// Needs other rows: children, whole derived columns, sub-plans.
  case collective

  static func < (left: Cost, right: Cost) -> Bool { left.rawValue < right.rawValue }

  init(of expr: Expr, _ derived: [DerivedKey: DerivedBody]) {
    switch expr.kind {
    case .literal, .slot: self = .field
    case .field(let object, _, _):
      if case .slot = object.kind {
        self = .field
      } else {
        self = max(.path, Cost(of: object, derived))
      }
    case .derived(let object, let key):
      guard case .expr(_, let body)? = derived[key] else {
        self = .collective
        return
      }
      self = max(Cost(of: body, derived), Cost(of: object, derived))
    case .operation(let operation, let operands):
      let inner = operands.map { Cost(of: $0, derived) }.max() ?? .field
      switch operation {
      case .contains, .startsWith, .endsWith, .matches, .concatenate, .interpolate, .toText:
        self = max(.text, inner)
      default: self = inner
      }
    case .function(_, let arguments):
      self = max(.text, arguments.map { Cost(of: $0, derived) }.max() ?? .text)
    case .choose(let choices, let otherwise):
      var costs = choices.flatMap {
        [Cost(of: $0.condition, derived), Cost(of: $0.value, derived)]
      }
      if let otherwise { costs.append(Cost(of: otherwise, derived)) }
      self = costs.max() ?? .field
    case .aggregate, .scalar, .inPlan: self = .collective
    }
  }
}

import KithBase
import KithPlan

/// An expression made ready for the rows of one operator: columns found, constants worked out, and
/// what depends on few different values worked out once for each of them. It is made once an
/// operator and evaluated batch by batch.
struct Bound {
  indirect enum Kind {
    case constant(Vector)
    case slot(SlotID)
    /// A column by row number (index 0 for nobody), read at the rows of an object.
    case column(Vector, object: Bound)
    /// A column by code or row number, read at a text or an object; if it is a bool column that is
    /// true for a few codes only, these.
    case looked(Vector, few: [Int32]?, key: Bound)
    /// A value that is empty where the object is nobody.
    case guarded(Bound, object: Bound)
    /// A derived field worked out for the rows at hand.
    case derived(DerivedKey, slot: SlotID, body: Expr, object: Bound)
    case operation(Operation, [Bound])
    case function(FunctionSpec, [Bound], FunctionContext)
    case choose([(condition: Bound, value: Bound)], otherwise: Bound?)
    /// A part that stands in several places: worked out once for each run of rows.
    case shared(Bound, SharedCell)
    /// An aggregate over the children of the rows at hand.
    case children(AggregateCall, Through)
    case inSet(Bound, PlanSet)
  }

  let kind: Kind
  let type: KithType

  init(_ kind: Kind, _ type: KithType) {
    self.kind = kind
    self.type = type
  }

  /// Nothing but columns read at objects or texts: whole columns are then made in one go.
  var isRead: Bool {
    switch kind {
    case .constant, .slot: true
    case .column(_, let object): object.isRead
    case .looked(_, _, let key): key.isRead
    default: false
    }
  }

  /// Never an error and never a note, and no dearer than a few passes over columns.
  var isTotal: Bool {
    switch kind {
    case .constant, .slot: return true
    case .column(_, let object): return object.isTotal
    case .looked(_, _, let key): return key.isTotal
    case .guarded(let value, let object): return value.isTotal && object.isTotal
    case .shared(let bound, _): return bound.isTotal
    case .operation(let operation, let operands):
      switch operation {
      case .compare, .isIn, .and, .or, .not, .isEmpty, .coalesce, .stageCompare, .stageOrder,
        .localDay, .period, .periodStart, .toFloat:
        return operands.allSatisfy(\.isTotal)
      default: return false
      }
    case .choose(let choices, let otherwise):
      return choices.allSatisfy { $0.condition.isTotal && $0.value.isTotal }
        && otherwise?.isTotal != false
    case .derived, .function, .children, .inSet: return false
    }
  }

  var constant: Vector? { if case .constant(let vector) = kind { vector } else { nil } }
}

extension Execution {
  /// Makes an expression ready for a frame, of which `frame.inPlay` rows will be asked.
  func bind(_ expr: Expr, _ frame: Frame) throws -> Bound {
    let saved = sharedCells
    sharedCells = frame.inPlay < Frame.batch ? [:] : RepeatedParts.cells(of: expr)
    defer { sharedCells = saved }
    return try part(expr, frame)
  }

  /// A part of an expression that is being bound.
  private func part(_ expr: Expr, _ frame: Frame) throws -> Bound {
    if let cell = sharedCells[expr] {
      if let known = cell.bound { return Bound(.shared(known, cell), expr.type) }
      let bound = Bound(try kind(expr, frame), expr.type)
      cell.bound = bound
      return Bound(.shared(bound, cell), expr.type)
    }
    if let looked = try lookUp(expr, frame) { return looked }
    return Bound(try kind(expr, frame), expr.type)
  }

  private func kind(_ expr: Expr, _ frame: Frame) throws -> Bound.Kind {
    switch expr.kind {
    case .literal(let scalar): return .constant(try constant(scalar, expr.type))
    case .slot(let slot): return .slot(slot)
    case .field(let object, let entity, let field):
      return .column(try tables.column(entity, field), object: try part(object, frame))
    case .derived(let object, let key): return try derived(key, of: object, expr.type, frame)
    case .operation(let operation, let operands):
      return try self.operation(operation, operands, expr.type, frame)
    case .function(let name, let arguments): return try function(name, arguments, frame)
    case .choose(let choices, let otherwise):
      return .choose(
        try choices.map { (try part($0.condition, frame), try part($0.value, frame)) },
        otherwise: try otherwise.map { try part($0, frame) })
    case .aggregate(let call): return try children(call, frame)
    case .scalar(let subquery, let call): return .constant(try scalar(subquery, call))
    case .inPlan(let operand, let subquery, let column):
      return .inSet(try part(operand, frame), try planSet(subquery, column))
    }
  }

  /// Operands that are all constant make a constant.
  private func operation(
    _ operation: Operation, _ operands: [Expr], _ type: KithType, _ frame: Frame
  ) throws -> Bound.Kind {
    if let simpler = DateTests.simpler(operation, operands, zone) {
      return try kind(simpler, frame)
    }
    let bound = try operands.map { try part($0, frame) }
    let kind = Bound.Kind.operation(operation, bound)
    guard !bound.isEmpty, bound.allSatisfy({ $0.constant != nil }) else { return kind }
    let one = Frame(rowCount: 1)
    return .constant(try evaluate(Bound(kind, type), one, one.all).dense)
  }

  private func function(
    _ name: String, _ arguments: [Expr], _ frame: Frame
  ) throws -> Bound.Kind {
    guard let function = functions.find(name) else {
      throw Diagnostic("K9112", "a plan calls a function '\(name)' that there is not")
    }
    let context = FunctionContext(
      zone: zone, today: query.today, now: query.now, argumentTypes: arguments.map(\.type))
    let bound = try arguments.map { try part($0, frame) }
    let constants = bound.compactMap(\.constant)
    if !bound.isEmpty, constants.count == bound.count {
      return .constant(try function.kernel(constants, 1, context))
    }
    return .function(function, bound, context)
  }

  // MARK: Once for each different value

  /// What an expression reads of the row, if that is one text or one object only.
  private enum Key {
    case text(Expr, TextDictionary)
    case object(Expr, rows: Int)
  }

  /// An expression that depends on one text or one to-one object of the row is worked out once for
  /// each value of the dictionary, or each row of the object's table, if these are fewer than the
  /// rows in play.
  private func lookUp(_ expr: Expr, _ frame: Frame) throws -> Bound? {
    switch expr.kind {
    case .operation, .function, .choose: break
    default: return nil
    }
    var reader = KeyReader(derived: query.derived)
    guard reader.read(expr), let base = reader.base, let key = try key(base, frame) else {
      return nil
    }
    let slot = SlotID(-2)
    let stand = Expr(.slot(slot), base.type)
    let inner = expr.replacing(base, with: stand)
    var values: Frame
    var bound: Bound
    switch key {
    case .text(let text, let dictionary):
      values = Frame(rowCount: dictionary.count)
      values.slots[slot] = .vector(
        .text(Kernel.sequence(from: 0, count: dictionary.count), dictionary))
      bound = Bound(try kind(text, frame), text.type)
    case .object(let object, let rows):
      values = Frame(rowCount: rows + 1)
      values.slots[slot] = .range(first: 0)
      bound = try part(object, frame)
    }
    guard let vector = try looked(inner, values, key) else { return nil }
    var few: [Int32]?
    if case .bool(let flags) = vector {
      // A table look-up a row is dearer than up to four comparisons.
      let trues = flags.indices.filter { flags[$0] != 0 }.prefix(5).map { Int32($0) }
      if trues.count < 5, trues.allSatisfy({ flags[Int($0)] == 1 }) { few = trues }
    }
    bound = Bound(bound.kind, bound.type)
    return Bound(.looked(vector, few: few, key: bound), expr.type)
  }

  private func key(_ base: Expr, _ frame: Frame) throws -> Key? {
    if case .object(let entity) = base.type {
      if case .slot = base.kind { return nil }
      let rows = try tables.table(entity).count
      return rows * 2 < frame.inPlay ? .object(base, rows: rows) : nil
    }
    let vector: Vector
    switch base.kind {
    case .field(_, let entity, let field): vector = try tables.column(entity, field)
    case .slot(let slot):
      guard case .vector(let values)? = frame.slots[slot] else { return nil }
      vector = values
    default: return nil
    }
    guard case .text(_, let dictionary) = vector, dictionary.count < frame.inPlay else {
      return nil
    }
    return .text(base, dictionary)
  }

  /// Nil where a value would be an error or a note: then only the rows in play are asked.
  private func looked(_ inner: Expr, _ values: Frame, _ key: Key) throws -> Vector? {
    var identity = LookedKey(expr: inner, dictionary: nil)
    if case .text(_, let dictionary) = key { identity.dictionary = keep(dictionary) }
    if let known = lookedColumns[identity] { return known }
    let saved = notes
    let cells = sharedCells
    sharedCells = [:]
    defer { sharedCells = cells }
    do {
      let bound = Bound(try kind(inner, values), inner.type)
      var builder = ColumnBuilder(inner.type, capacity: values.rowCount)
      try values.all.batches(of: Frame.block) { batch, _ in
        try budget.tick(batch.count)
        builder.append(try evaluate(bound, values, batch))
      }
      guard notes.total == saved.total else {
        notes = saved
        return nil
      }
      let vector = builder.finish()
      lookedColumns[identity] = vector
      return vector
    } catch let problem as Diagnostic where problem.code.hasPrefix("K4") {
      notes = saved
      return nil
    }
  }
}

struct LookedKey: Hashable {
  var expr: Expr
  var dictionary: ObjectIdentifier?
}

/// Finds the one text or object an expression reads of the row.
private struct KeyReader {
  let derived: [DerivedKey: DerivedBody]
  private(set) var base: Expr?

  init(derived: [DerivedKey: DerivedBody]) { self.derived = derived }

  /// False where there are several, or something else is read.
  mutating func read(_ expr: Expr) -> Bool {
    switch expr.kind {
    case .literal, .scalar: return true
    case .slot: return take(expr)
    case .field(let object, _, _):
      // The object is what the value hangs on, unless it is the row's own.
      if case .slot = object.kind { return take(expr) }
      return take(object)
    case .derived(let object, let key):
      if case .slot = object.kind { return false }
      guard case .expr(_, let body)? = derived[key], Cost(of: body, derived) < .collective else {
        return false
      }
      return take(object)
    case .operation(_, let operands):
      for operand in operands where !read(operand) { return false }
      return true
    case .function(_, let arguments):
      for argument in arguments where !read(argument) { return false }
      return true
    case .choose(let choices, let otherwise):
      for choice in choices where !read(choice.condition) || !read(choice.value) { return false }
      return otherwise.map { read($0) } ?? true
    case .aggregate, .inPlan: return false
    }
  }

  private mutating func take(_ expr: Expr) -> Bool {
    if let base { return base == expr }
    base = expr
    return true
  }
}

/// Tests of an instant's local day, as tests of the instant: one comparison instead of a division a
/// row.
enum DateTests {
  static func simpler(
    _ operation: Operation, _ operands: [Expr], _ zone: TimeZoneTable
  ) -> Expr? {
    guard case .compare(let comparison) = operation, operands.count == 2,
      case .operation(.localDay, let times) = operands[0].kind,
      case .literal(.date(let day)) = operands[1].kind
    else { return nil }
    func test(_ comparison: Comparison, _ day: Day) -> Expr {
      let start = Expr(.literal(.time(zone.start(of: day))), .time)
      return Expr(.operation(.compare(comparison), [times[0], start]), .bool)
    }
    let next = day.adding(days: 1)
    switch comparison {
    case .greaterOrEqual: return test(.greaterOrEqual, day)
    case .greater: return test(.greaterOrEqual, next)
    case .less: return test(.less, day)
    case .lessOrEqual: return test(.less, next)
    case .equal, .notEqual: return nil
    }
  }
}

extension Expr {
  /// The expression with a part exchanged wherever it stands. What an aggregate reads of its child
  /// is left.
  func replacing(_ part: Expr, with new: Expr) -> Expr {
    if self == part { return new }
    var result = self
    switch kind {
    case .literal, .slot, .scalar: break
    case .field(let object, let entity, let field):
      result.kind = .field(object.replacing(part, with: new), entity: entity, field: field)
    case .derived(let object, let key):
      result.kind = .derived(object.replacing(part, with: new), key)
    case .operation(let operation, let operands):
      result.kind = .operation(operation, operands.map { $0.replacing(part, with: new) })
    case .function(let name, let arguments):
      result.kind = .function(name, arguments.map { $0.replacing(part, with: new) })
    case .choose(let choices, let otherwise):
      result.kind = .choose(
        choices.map {
          Choice(
            condition: $0.condition.replacing(part, with: new),
            value: $0.value.replacing(part, with: new))
        }, otherwise: otherwise?.replacing(part, with: new))
    case .aggregate(var call):
      if var through = call.through {
        through.object = through.object.replacing(part, with: new)
        call.through = through
      }
      call.filter = call.filter?.replacing(part, with: new)
      call.arguments = call.arguments.map { $0.replacing(part, with: new) }
      call.sort = call.sort.map {
        SortKey($0.expr.replacing(part, with: new), descending: $0.descending)
      }
      call.unit = call.unit?.replacing(part, with: new)
      result.kind = .aggregate(call)
    case .inPlan(let operand, let subquery, let column):
      result.kind = .inPlan(operand.replacing(part, with: new), subquery, column: column)
    }
    return result
  }
}

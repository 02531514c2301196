import KithBase
import KithPlan

/// The stored fields a query reads, by entity, so that each table is read once.
struct FieldNeeds {
  private var fields: [String: [String]] = [:]
  private var seen = Set<ObjectIdentifier>()
  private let query: Query
  /// Whether a part of the query is asked as of another day.
  private var looksBack = false

  init(_ query: Query) { self.query = query }

  /// The fields of one plan of the query, and of the derived fields it may read at a moment.
  consuming func collect(_ plan: Plan, at moment: Instant?) -> [String: [String]] {
    read(plan)
    for (key, body) in query.derived where key.moment == moment { read(body) }
    return fields
  }

  mutating func collect() -> [String: [String]] {
    read(query.plan)
    for output in query.output { read(output.expr) }
    if let object = query.object { read(object) }
    for body in query.derived.values { read(body) }
    if looksBack { addHistory() }
    return fields
  }

  private mutating func read(_ body: DerivedBody) {
    switch body {
    case .expr(_, let expr): read(expr)
    case .plan(let plan, _, let result):
      read(plan)
      read(result)
    case .algorithm: break
    }
  }

  /// What tells of an earlier moment.
  private mutating func addHistory() {
    for field in ["entity", "object", "field", "from", "to", "at"] { add("change", field) }
    if let deals = fields["opportunity"], !deals.isEmpty {
      for field in ["state", "closed", "created"] { add("opportunity", field) }
      for field in ["opportunity", "from", "to", "state", "at", "amount", "expected_close"] {
        add("stage_change", field)
      }
    }
    if fields["customer"]?.contains("class") == true {
      for field in ["customer", "from", "to", "at"] { add("class_change", field) }
    }
  }

  private mutating func add(_ entity: String, _ field: String) {
    if fields[entity]?.contains(field) != true { fields[entity, default: []].append(field) }
  }

  private mutating func read(_ expr: Expr) {
    switch expr.kind {
    case .literal, .slot: break
    case .field(let object, let entity, let field):
      add(entity, field)
      read(object)
    case .derived(let object, _): read(object)
    case .operation(_, let operands): for operand in operands { read(operand) }
    case .function(_, let arguments): for argument in arguments { read(argument) }
    case .choose(let choices, let otherwise):
      for choice in choices {
        read(choice.condition)
        read(choice.value)
      }
      if let otherwise { read(otherwise) }
    case .aggregate(let call): read(call)
    case .scalar(let subquery, let call):
      read(subquery)
      read(call)
    case .inPlan(let operand, let subquery, let column):
      read(operand)
      read(subquery)
      read(column)
    }
  }

  private mutating func read(_ subquery: Subquery) {
    if seen.insert(ObjectIdentifier(subquery)).inserted { read(subquery.plan) }
  }

  private mutating func read(_ call: AggregateCall) {
    if let through = call.through { read(through) }
    if let filter = call.filter { read(filter) }
    for argument in call.arguments { read(argument) }
    for key in call.sort { read(key.expr) }
    if let unit = call.unit { read(unit) }
  }

  private mutating func read(_ through: Through) {
    read(through.object)
    for step in through.steps {
      switch step {
      case .many(let entity, let key): add(entity, key)
      case .one(let entity, let field, _): add(entity, field)
      case .changes, .downstream, .referred: break
      }
    }
  }

  private mutating func read(_ keys: [SortKey]) { for key in keys { read(key.expr) } }

  private mutating func read(_ plan: Plan) {
    switch plan {
    case .scan(let source):
      switch source {
      case .entity(let entity, _), .objects(let entity, _, _):
        if fields[entity] == nil { fields[entity] = [] }
      case .table, .one: break
      }
    case .filter(let input, let filter):
      read(input)
      read([filter.condition] + filter.negated.map(\.expr))
    case .compute(let input, let slots):
      read(input)
      read(slots.map(\.expr))
    case .window(let input, let slots):
      read(input)
      for slot in slots {
        if case .aggregate(let call) = slot.call.function { read(call) }
        read(slot.call.arguments + slot.call.partition)
        read(slot.call.sort)
      }
    case .aggregate(let input, let aggregation):
      read(input)
      read(aggregation.keys.map(\.expr))
      for slot in aggregation.aggregates { read(slot.call) }
    case .order(let input, let keys):
      read(input)
      read(keys)
    case .reverse(let input), .mark(let input, _): read(input)
    case .limit(let input, let limit):
      read(input)
      read(limit.per)
      read(limit.sortedBy)
    case .expand(let input, let expansion):
      read(input)
      read(expansion.through)
    case .join(let left, let right, let join):
      read(left)
      read(right)
      read(join.leftKeys + join.rightKeys)
    case .append(let first, let second, let slots):
      read(first)
      read(second)
      read(slots.compactMap(\.first) + slots.compactMap(\.second))
    case .walk(let input, let walk):
      read(input)
      if let start = walk.start { read(start) }
    case .duplicates(let input, let keys, _):
      read(input)
      read(keys)
    case .funnel(let input, let funnel):
      read(input)
      read([funnel.unit] + funnel.by.map(\.expr))
      for block in funnel.blocks { read((block.steps + block.exclusions).compactMap(\.condition)) }
    case .fill(let input, _): read(input)
    case .cases(let input, let plan):
      read(input)
      for part in plan.cases { for expr in [part.condition] + part.values { read(expr) } }
    case .describe(let input, let describe):
      read(input)
      read(describe.columns.map(\.expr))
    case .histogram(let input, let histogram):
      read(input)
      read(histogram.expr)
    case .forecast, .cohort, .sequence, .asOf: readTime(plan)
    }
  }

  private mutating func readTime(_ plan: Plan) {
    switch plan {
    case .forecast(let input, let forecast):
      read(input)
      read(forecast)
    case .cohort(let input, let cohort):
      read(input)
      read([cohort.key] + [cohort.unit].compactMap { $0 })
      read(cohort.activity)
    case .sequence(let input, let sequence):
      read(input)
      read(sequence.unit)
    case .asOf(let input, _):
      looksBack = true
      read(input)
    default: break
    }
  }

  private mutating func read(_ forecast: ForecastPlan) {
    read([forecast.unit, forecast.amount, forecast.win] + forecast.by.map(\.expr))
    for slot in forecast.figures { read(slot.call) }
    if let target = forecast.target { read(target) }
  }

  private mutating func read(_ exprs: [Expr]) { for expr in exprs { read(expr) } }
}

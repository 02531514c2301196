import KithBase
import KithModel
import KithPlan

/// What makes tables show the end of an earlier moment. Rows keep their numbers; one that did not exist
/// is empty in every column and nothing leads to it.
final class Past {
  /// The tables of today. They own the earlier ones, so they live as long as these are used.
  unowned let base: Tables
  let moment: Int64
  let day: Int32
  let zone: TimeZoneTable
  private let budget: Budget
  private var live: [String: [UInt8]?] = [:]
  private var moves: DealMoves?

  init(_ asOf: AsOf, of base: Tables, zone: TimeZoneTable, budget: Budget) {
    self.base = base
    self.zone = zone
    self.budget = budget
    moment = asOf.moment.microseconds
    day = zone.day(of: moment)
  }

  /// 1 for each row that existed, index 0 not; nil if all did.
  func flags(_ entity: String) throws -> [UInt8]? {
    if let known = live[entity] { return known }
    let times = try base.appearances(entity, zone)
    try budget.tick(times.count)
    var missing = 0
    let flags = [UInt8](unsafeUninitializedCapacity: times.count) { output, filled in
      for row in 0..<times.count {
        let isThere = row > 0 && times[row] <= moment
        output[row] = isThere ? 1 : 0
        missing += isThere ? 0 : 1
      }
      filled = times.count
    }
    let result = missing > 1 ? flags : nil
    live[entity] = .some(result)
    return result
  }

  /// A stored column as it was.
  func column(_ entity: String, _ field: String) throws -> Vector {
    let spec = try base.spec(entity)
    var vector = try restored(spec, field)
    try budget.tick(vector.count)
    if case .row(let rows) = vector, let path = spec.toOne.first(where: { $0.name == field }),
      let targets = try flags(path.target)
    {
      vector = .row(rows.map { targets[Int($0)] == 1 ? $0 : 0 })
    } else if let stored = spec.fields.first(where: { $0.name == field }) {
      vector = withoutLater(vector, stored)
    }
    if let flags = try flags(entity) { vector = vector.keeping(flags) }
    return vector
  }

  private func restored(_ spec: EntitySpec, _ field: String) throws -> Vector {
    let present = try base.column(spec.name, field)
    switch (spec.name, field) {
    case ("opportunity", "stage"), ("opportunity", "state"), ("opportunity", "closed"),
      ("opportunity", "amount"), ("opportunity", "expected_close"):
      return try dealMoves().column(field, present: present)
    case ("customer", "class"): return try classes(present)
    default: break
    }
    guard spec.tracked, PastRules.historic.contains(field) else { return present }
    var vector = present
    if field == "state" { vector = try beforeClosing(vector, spec) }
    guard let log = try base.log(spec.name, field) else { return vector }
    return log.restoring(vector, at: moment)
  }

  private func dealMoves() throws -> DealMoves {
    if let moves { return moves }
    let made = try DealMoves(base, at: moment)
    try budget.tick(made.dealCount)
    moves = made
    return made
  }

  /// Classes by the last step of the ladder.
  private func classes(_ present: Vector) throws -> Vector {
    let relation = try base.relation("class_change", "customer")
    guard case .int(let at) = try base.column("class_change", "at"),
      case .text(let to, let toTexts) = try base.column("class_change", "to"),
      case .text(let from, let fromTexts) = try base.column("class_change", "from"),
      case .text(var codes, let texts) = present
    else { throw Diagnostic("K9121", "the class history of the book has another shape") }
    var builder = TextDictionaryBuilder(texts)
    let (toCodes, fromCodes) = (toTexts.map(into: &builder), fromTexts.map(into: &builder))
    for customer in 1..<max(1, codes.count) {
      let range = relation.children(of: Int32(customer))
      guard let later = range.first(where: { at[Int($0)] > moment && at[Int($0)] != Empty.int })
      else { continue }
      let earlier = range.last { at[Int($0)] <= moment && at[Int($0)] != Empty.int }
      codes[customer] =
        earlier.map { toCodes[Int(to[Int($0)])] } ?? fromCodes[Int(from[Int(later)])]
    }
    return .text(codes, builder.finish())
  }

  /// What ended later had not ended: it was as a new one is.
  private func beforeClosing(_ present: Vector, _ spec: EntitySpec) throws -> Vector {
    guard case .text(var codes, let texts) = present,
      let first = PastRules.firstState(of: spec),
      let closing = PastRules.closings.first(where: { name in
        spec.fields.contains { $0.name == name && $0.type == .time }
      }), case .int(let times) = try base.column(spec.name, closing)
    else { return present }
    var builder = TextDictionaryBuilder(texts)
    let code = builder.code(Array(first.utf8))
    for row in codes.indices where times[row] > moment { codes[row] = code }
    return .text(codes, builder.finish())
  }

  /// A time that had not come is empty, unless it is a plan.
  private func withoutLater(_ vector: Vector, _ field: FieldSpec) -> Vector {
    if PastRules.planned.contains(field.name) { return vector }
    switch (vector, field.type) {
    case (.int(let values), .time):
      return .int(values.map { $0 > moment ? Empty.int : $0 })
    case (.day(let values), .date) where PastRules.happened.contains(field.name):
      return .day(values.map { $0 > day ? Empty.day : $0 })
    default: return vector
    }
  }
}

extension Vector {
  /// The values where a flag is 1, empty elsewhere.
  fileprivate func keeping(_ flags: [UInt8]) -> Vector {
    func kept<Value>(_ values: [Value], _ empty: Value) -> [Value] {
      [Value](unsafeUninitializedCapacity: values.count) { output, filled in
        for row in 0..<values.count { output[row] = flags[row] == 1 ? values[row] : empty }
        filled = values.count
      }
    }
    switch self {
    case .int(let values): return .int(kept(values, Empty.int))
    case .float(let values): return .float(kept(values, .nan))
    case .day(let values): return .day(kept(values, Empty.day))
    case .bool(let values): return .bool(kept(values, Empty.bool))
    case .text(let codes, let dictionary): return .text(kept(codes, 0), dictionary)
    case .row(let rows): return .row(kept(rows, 0))
    case .list:
      return gatherOrEmpty(flags.indices.map { flags[$0] == 1 ? Int32($0) : -1 })
    }
  }
}

extension Tables {
  /// When each row came to be, index 0 unused; the smallest number where that is not known, as what
  /// nobody dated always was.
  func appearances(_ entity: String, _ zone: TimeZoneTable) throws -> [Int64] {
    if let known = appeared[entity] { return known }
    let spec = try spec(entity)
    let rule = PastRules.appearance(of: spec)
    let count = try table(entity).count + 1
    var times = [Int64](repeating: Int64.max, count: count)
    if let own = rule.own, let moments = try moments(entity, path: own) {
      let isDay = try isDay(own, of: spec)
      for row in 0..<count where moments[row] != Int64.max {
        times[row] =
          isDay
          ? zone.start(of: Day(number: Int32(clamping: moments[row] / 86_400_000_000)))
            .microseconds : moments[row]
      }
    }
    if rule.hasCreated, !rule.isOwnAlone, case .int(let created) = try column(entity, "created") {
      for row in 0..<count where created[row] != Empty.int {
        times[row] = min(times[row], created[row])
      }
    }
    if entity == "opportunity" { try addFirstMoves(&times) }
    for row in 0..<count where times[row] == Int64.max { times[row] = Int64.min }
    appeared[entity] = times
    return times
  }

  /// A deal that does not say when it was made was there at its first move.
  private func addFirstMoves(_ times: inout [Int64]) throws {
    guard times.contains(Int64.max) else { return }
    let relation = try relation("stage_change", "opportunity")
    guard case .int(let at) = try column("stage_change", "at") else { return }
    for deal in 1..<max(1, times.count) where times[deal] == Int64.max {
      if let first = relation.children(of: Int32(deal)).first, at[Int(first)] != Empty.int {
        times[deal] = at[Int(first)]
      }
    }
  }

  private func isDay(_ path: String, of spec: EntitySpec) throws -> Bool {
    var owner = spec
    var steps = path.split(separator: ".").map(String.init)
    guard let last = steps.popLast() else { return false }
    for step in steps {
      guard let next = owner.toOne.first(where: { $0.name == step }) else { return false }
      owner = try self.spec(next.target)
    }
    return owner.fields.first { $0.name == last }?.type == .date
  }
}

import KithBase
import KithModel
import KithPlan

/// Derived fields.
extension TwinRun {
  func derived(_ key: DerivedKey, _ row: Int32) throws -> Scalar {
    if let known = derivedValues[key]?[row] { return known }
    guard let body = query.derived[key] else {
      throw Diagnostic("K9000", "no body for \(key.entity).\(key.name)")
    }
    let result: Scalar
    switch body {
    case .expr(let slot, let expr): result = try value(expr, [slot: .object(row)])
    case .plan(let plan, let object, let expr):
      if derivedPlans[key] == nil {
        let counts = stageCounts
        var values: [Int32: Scalar] = [:]
        for found in try rows(plan) {
          if case .object(let number)? = found[object] {
            values[number] = try value(expr, found)
          }
        }
        stageCounts = counts
        derivedPlans[key] = values
      }
      result = derivedPlans[key]?[row] ?? .empty
    case .algorithm(let algorithm): result = try computed(algorithm, key, row)
    }
    derivedValues[key, default: [:]][row] = result
    return result
  }

  private func computed(
    _ algorithm: DerivedAlgorithm, _ key: DerivedKey, _ row: Int32
  ) throws -> Scalar {
    switch algorithm {
    case .generation:
      if key.entity == "referral" { return .int(Int64(referralGeneration(row))) }
      return .int(Int64(tree.generation(tree.person(key.entity, row))))
    case .daysIn(let stage):
      let visits = visits(row).filter { code(ofStage: $0.stage) == stage }
      if visits.isEmpty { return .empty }
      let length = visits.reduce(Int64(0)) { sum, visit in
        sum + max(0, (visit.left ?? query.now).microseconds - visit.entered.microseconds)
      }
      return .int(length / 86_400_000_000)
    case .entered(let stage): return entered(row, stage).map { .time($0) } ?? .empty
    case .reached(let stage, let within): return reached(row, stage, within)
    case .skipped(let stage): return .bool(skipped(row, stage))
    case .currentDays:
      // A closed deal is in no stage any more.
      guard book.stored("opportunity", row, "state") == .code("open"),
        let visit = visits(row).last
      else { return .empty }
      return .int(max(0, query.now.microseconds - visit.entered.microseconds) / 86_400_000_000)
    case .usualDays: return usualDays(row)
    case .missingRoles:
      let roles = book.rows("role").filter {
        book.stored("role", $0, "opportunity") == .object(row)
      }
      .map { book.stored("role", $0, "role") }
      let wanted = ["coach", "user", "technical", "economic"].map { Scalar.code($0) }
      return .list(wanted.filter { !roles.contains($0) })
    case .root: return root(row)
    }
  }

  /// One more than the parent's; a referral without one brings the first generation.
  private func referralGeneration(_ row: Int32) -> Int {
    var met: Set<Int32> = [row]
    var generation = 1
    var current = row
    while case .object(let parent) = book.stored("referral", current, "parent"),
      met.insert(parent).inserted
    {
      generation += 1
      current = parent
    }
    return generation
  }

  private typealias Visit = (stage: Int32, entered: Instant, left: Instant?)

  /// Stays in stages. One ends with the next move, else when the deal was closed.
  private func visits(_ deal: Int32) -> [Visit] {
    let history = history(deal)
    var closed: Instant?
    if case .time(let at) = book.stored("opportunity", deal, "closed") { closed = at }
    return history.indices.compactMap { index in
      guard let stage = history[index].stage else { return nil }
      return (stage, history[index].at, index + 1 < history.count ? history[index + 1].at : closed)
    }
  }

  private func code(ofStage stage: Int32) -> String? {
    if case .text(let code) = book.stored("stage", stage, "code") { return code }
    return nil
  }

  private func entered(_ deal: Int32, _ code: String) -> Instant? {
    history(deal).first { arrival in
      arrival.stage.map { self.code(ofStage: $0) == code } ?? (arrival.won && code == "won")
    }?.at
  }

  private func reached(_ deal: Int32, _ code: String, _ withinDays: Int64?) -> Scalar {
    guard case .object(let funnel) = book.stored("opportunity", deal, "funnel"),
      let wanted = position(ofCode: code, inFunnel: funnel)
    else { return .bool(false) }
    let first = history(deal).first { arrival in
      if code == "won" { return arrival.stage == nil && arrival.won }
      return (position(arrival, funnel) ?? Int64.min) >= wanted
    }
    guard let withinDays else { return .bool(first != nil) }
    guard case .time(let created) = book.stored("opportunity", deal, "created") else {
      return .empty
    }
    let limit = later(created, Duration(days: withinDays))
    if query.now < limit { return .empty }
    return .bool(first.map { $0.at <= limit } ?? false)
  }

  /// A later stage was reached, this one never visited; without a code: any stage.
  private func skipped(_ deal: Int32, _ code: String?) -> Bool {
    guard case .object(let funnel) = book.stored("opportunity", deal, "funnel") else {
      return false
    }
    let history = history(deal)
    let visited = Set(history.compactMap(\.stage))
    let furthest = history.compactMap { position($0, funnel) }.max()
    return book.rows("stage").contains { stage in
      guard book.stored("stage", stage, "funnel") == .object(funnel), !visited.contains(stage),
        code == nil || self.code(ofStage: stage) == code,
        let place = TwinValues.integer(book.stored("stage", stage, "position")), let furthest
      else { return false }
      return place < furthest
    }
  }

  /// The middle length of the completed visits, in whole days.
  private func usualDays(_ stage: Int32) -> Scalar {
    let lengths = book.rows("opportunity").flatMap(visits)
      .compactMap { visit -> Int64? in
        guard visit.stage == stage, let left = visit.left, left <= query.now else { return nil }
        return max(0, left.microseconds - visit.entered.microseconds)
      }.sorted()
    if lengths.isEmpty { return .empty }
    let middle = lengths.count / 2
    let median =
      lengths.count % 2 == 1 ? lengths[middle] : (lengths[middle - 1] + lengths[middle]) / 2
    return .int(median / 86_400_000_000)
  }

  /// The referrer of the referral at the top of the parents; in a ring nobody is above the others, so
  /// it is the one with the smallest id.
  private func root(_ row: Int32) -> Scalar {
    var way = [row]
    while case .object(let parent) = book.stored("referral", way[way.count - 1], "parent") {
      if let start = way.firstIndex(of: parent) {
        let top = way[start...].min() ?? parent
        return book.stored("referral", top, "referrer")
      }
      way.append(parent)
    }
    return book.stored("referral", way[way.count - 1], "referrer")
  }
}

import KithBase
import KithModel
import KithPlan

/// A move in the history of a deal.
struct TwinArrival {
  var at: Instant
  /// Nil at the closing.
  var stage: Int32?
  var won: Bool
}

extension TwinRun {
  /// Every move and closing of a deal, in time. One without a history came to its present stage
  /// when it was created, and was closed when it says.
  func history(_ deal: Int32) -> [TwinArrival] {
    let changes = book.rows("stage_change").filter {
      book.stored("stage_change", $0, "opportunity") == .object(deal)
    }
    if changes.isEmpty { return assumedHistory(deal) }
    return inTimeOrder(changes, "stage_change").compactMap { change in
      guard case .time(let at) = book.stored("stage_change", change, "at") else { return nil }
      let won = book.stored("stage_change", change, "state") == .code("won")
      if case .object(let stage) = book.stored("stage_change", change, "to") {
        return TwinArrival(at: at, stage: stage, won: won)
      }
      return TwinArrival(at: at, stage: nil, won: won)
    }
  }

  private func assumedHistory(_ deal: Int32) -> [TwinArrival] {
    var arrivals: [TwinArrival] = []
    if case .object(let stage) = book.stored("opportunity", deal, "stage"),
      case .time(let created) = book.stored("opportunity", deal, "created")
    {
      arrivals.append(TwinArrival(at: created, stage: stage, won: false))
    }
    let state = book.stored("opportunity", deal, "state")
    if state != .code("open"), case .time(let at) = book.stored("opportunity", deal, "closed") {
      arrivals.append(TwinArrival(at: at, stage: nil, won: state == .code("won")))
    }
    return arrivals
  }

  /// A stage's place; a won closing is the winning stage of the funnel, or beyond all stages.
  func position(_ arrival: TwinArrival, _ funnel: Int32) -> Int64? {
    if let stage = arrival.stage {
      return TwinValues.integer(book.stored("stage", stage, "position"))
    }
    return arrival.won ? winning(funnel) : nil
  }

  private func winning(_ funnel: Int32) -> Int64 {
    let stage = book.rows("stage").first {
      book.stored("stage", $0, "funnel") == .object(funnel)
        && book.stored("stage", $0, "winning") == .bool(true)
    }
    return stage.flatMap { TwinValues.integer(book.stored("stage", $0, "position")) } ?? Int64.max
  }

  /// The place of a step of a funnel; `won` is the closing.
  func position(ofCode code: String, inFunnel funnel: Int32) -> Int64? {
    let stage = book.rows("stage").first {
      book.stored("stage", $0, "funnel") == .object(funnel)
        && TwinValues.same(book.stored("stage", $0, "code"), .text(code))
    }
    if let stage { return TwinValues.integer(book.stored("stage", stage, "position")) }
    return code == "won" ? winning(funnel) : nil
  }

  /// An instant and a length of time later.
  func later(_ instant: Instant, _ duration: Duration) -> Instant {
    let days = moved(instant) {
      $0.adding(months: Int(duration.months)).adding(days: Int(duration.days))
    }
    return Instant(microseconds: days.microseconds + duration.microseconds)
  }

  // MARK: Funnels

  func funnelled(_ rows: [TwinRow], _ plan: FunnelPlan) throws -> [TwinRow] {
    let keyed = try rows.map { try computed(plan.by, $0) }
    let units = try plan.blocks.map { try self.units(keyed, $0, plan) }
    switch plan.result {
    case .steps: return try stepRows(keyed, units, plan)
    case .opened(let number, let steps):
      var kept: [TwinPassage] = []
      for (block, step) in zip(plan.blocks.indices, steps) {
        guard let step else { continue }
        let chosen = meant(number, step, units[block], plan.blocks[block], plan)
        kept += try chosen.filter { passage in
          guard let condition = plan.kept else { return true }
          var row = keyed[passage.row]
          if let slot = plan.blockSlot { row[slot] = .text(plan.blocks[block].name) }
          return try truth(condition, row)
        }
      }
      guard let slot = plan.unitSlot else {
        return kept.sorted { $0.row < $1.row }.map { rows[$0.row] }
      }
      let values = try kept.map { try value(plan.unit, rows[$0.row]) }
      let objects = values.compactMap { if case .object(let row) = $0 { row } else { nil } }
      if objects.count == values.count { return objects.sorted().map { [slot: .object($0)] } }
      return values.map { [slot: $0] }
    }
  }

  /// The units of a block with all they lived through.
  private func units(
    _ rows: [TwinRow], _ block: FunnelPlan.Block, _ plan: FunnelPlan
  ) throws -> [TwinUnit] {
    switch plan.ladder {
    case .deals:
      guard let funnel = book.tables["funnel"]?.row(ofID: block.funnel ?? 0) else { return [] }
      return try rows.indices.compactMap { index in
        guard case .object(let deal) = try value(plan.unit, rows[index]),
          book.stored("opportunity", deal, "funnel") == .object(funnel)
        else { return nil }
        return dealUnit(deal, row: index, funnel, block, plan)
      }
    case .classes:
      return try rows.indices.compactMap { index in
        guard case .object(let customer) = try value(plan.unit, rows[index]) else { return nil }
        return customerUnit(customer, row: index, block, plan)
      }
    case .events(let object, let entity):
      return try eventUnits(rows, object, entity, block, plan)
    }
  }

  private func dealUnit(
    _ deal: Int32, row: Int, _ funnel: Int32, _ block: FunnelPlan.Block, _ plan: FunnelPlan
  ) -> TwinUnit {
    func isWon(_ step: FunnelPlan.Step) -> Bool {
      step.code == "won" && stageOf(step.code, funnel) == nil
    }
    // The closing as such stands above all stages.
    let places = block.steps.map { step in
      isWon(step) ? Int64.max : position(ofCode: step.code, inFunnel: funnel) ?? Int64.max
    }
    var moments: [TwinMoment] = []
    for arrival in history(deal) {
      guard let place = position(arrival, funnel) else {
        // A loss is a moment of its own only where it is named.
        let isNamed = block.exclusions.contains { $0.code == "lost" }
        if arrival.stage == nil, isNamed {
          moments.append(TwinMoment(at: arrival.at, excludes: true))
        }
        continue
      }
      let isOwn =
        arrival.stage.map { book.stored("stage", $0, "funnel") == .object(funnel) } ?? true
      let real = plan.rules.countsOnlyRealVisits
      let serves = block.steps.indices.filter { index in
        if isWon(block.steps[index]) { return arrival.stage == nil }
        if real { return arrival.stage != nil && place == places[index] }
        return place >= places[index]
      }
      let code = arrival.stage.flatMap { stageCode($0) } ?? "won"
      moments.append(
        TwinMoment(
          at: arrival.at, place: arrival.stage == nil ? nil : place,
          serves: isOwn ? Set(serves) : [],
          excludes: isOwn && block.exclusions.contains { $0.code == code },
          opens: isOwn && arrival.stage != nil && place == places.first))
    }
    // A closing may be written down before the creation.
    let order = moments.indices.sorted {
      moments[$0].at != moments[$1].at ? moments[$0].at < moments[$1].at : $0 < $1
    }
    var unit = TwinUnit(
      row: row, moments: order.map { moments[$0] }, places: places,
      isLost: [.code("lost"), .code("abandoned")].contains(
        book.stored("opportunity", deal, "state")))
    unit.deal = deal
    unit.funnel = funnel
    return unit
  }

  func stageOf(_ code: String, _ funnel: Int32) -> Int32? {
    book.rows("stage").first {
      book.stored("stage", $0, "funnel") == .object(funnel) && stageCode($0) == code
    }
  }

  func stageCode(_ stage: Int32) -> String? {
    if case .text(let code) = book.stored("stage", stage, "code") { return code }
    return nil
  }

  // MARK: Classes

  private var classLadder: [String] {
    (catalogue.enumeration("class")?.values ?? []).filter { !$0.outsideOrder }.map(\.code)
  }

  private func customerUnit(
    _ customer: Int32, row: Int, _ block: FunnelPlan.Block, _ plan: FunnelPlan
  ) -> TwinUnit {
    let changes = inTimeOrder(
      book.rows("class_change").filter {
        book.stored("class_change", $0, "customer") == .object(customer)
      }, "class_change")
    var steps: [(at: Instant, code: String)] = changes.compactMap { change in
      guard case .time(let at) = book.stored("class_change", change, "at"),
        case .code(let code) = book.stored("class_change", change, "to")
      else { return nil }
      return (at, code)
    }
    if case .time(let created) = book.stored("customer", customer, "created") {
      let first =
        changes.first.map { book.stored("class_change", $0, "from") }
        ?? book.stored("customer", customer, "class")
      if case .code(let code) = first, steps.first.map({ created <= $0.at }) ?? true {
        steps.insert((created, code), at: 0)
      }
    }
    let ladder = classLadder
    let places = block.steps.map { Int64(ladder.firstIndex(of: $0.code) ?? Int.max) }
    let moments = steps.map { step -> TwinMoment in
      let place = ladder.firstIndex(of: step.code).map(Int64.init)
      let serves = places.indices.filter { index in
        guard let place else { return false }
        return plan.rules.countsOnlyRealVisits ? place == places[index] : place >= places[index]
      }
      return TwinMoment(
        at: step.at, place: place, serves: Set(serves),
        excludes: block.exclusions.contains { $0.code == step.code },
        opens: place != nil && place == places.first, isLoss: place == nil)
    }
    let now = book.stored("customer", customer, "class")
    var unit = TwinUnit(
      row: row, moments: moments, places: places, isLost: now == .code("off_net"))
    if case .code(let code) = now { unit.present = ladder.firstIndex(of: code).map(Int64.init) }
    return unit
  }

  // MARK: Events

  private func eventUnits(
    _ rows: [TwinRow], _ object: Expr, _ entity: String, _ block: FunnelPlan.Block,
    _ plan: FunnelPlan
  ) throws -> [TwinUnit] {
    var units: [(key: Scalar, rows: [Int])] = []
    for index in rows.indices {
      let key = TwinValues.key(try value(plan.unit, rows[index]))
      if key.isEmpty { continue }
      if let place = units.firstIndex(where: { $0.key == key }) {
        units[place].rows.append(index)
      } else {
        units.append((key, [index]))
      }
    }
    guard let path = catalogue.entity(entity)?.time, !path.contains(".") else {
      throw TwinUndecided(what: "dates of another object")
    }
    return try units.map { unit in
      let moments = try unit.rows.compactMap { index -> TwinMoment? in
        guard case .object(let row) = try value(object, rows[index]) else { return nil }
        let at: Instant
        switch book.stored(entity, row, path) {
        case .time(let time): at = time
        case .date(let day): at = zone.start(of: day)
        default: return nil
        }
        func holds(_ step: FunnelPlan.Step) throws -> Bool {
          try step.condition.map { try truth($0, rows[index]) } ?? false
        }
        let serves = try block.steps.indices.filter { try holds(block.steps[$0]) }
        return TwinMoment(
          at: at, serves: Set(serves), excludes: try block.exclusions.contains(where: holds),
          opens: serves.contains(0), row: index)
      }
      let ordered = moments.indices.sorted {
        moments[$0].at != moments[$1].at ? moments[$0].at < moments[$1].at : $0 < $1
      }
      var made = TwinUnit(row: unit.rows[0], moments: ordered.map { moments[$0] }, places: [])
      made.isOfEvents = true
      let isDated = rows.first.flatMap { _ in
        catalogue.entity(entity)?.fields.first { $0.name == path }
      }
      if isDated?.type == .date { made.now = zone.start(of: localDay(plan.now)) }
      return made
    }
  }
}

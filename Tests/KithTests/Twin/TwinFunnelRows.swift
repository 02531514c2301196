import KithBase
import KithPlan

/// The figures of a funnel, step by step.
extension TwinRun {
  func stepRows(
    _ rows: [TwinRow], _ units: [[TwinUnit]], _ plan: FunnelPlan
  ) throws -> [TwinRow] {
    let keys = plan.by.map { Expr(.slot($0.slot), $0.expr.type) }
    var groups = try self.groups(rows, by: keys)
    if plan.by.isEmpty { groups = [([], Array(rows.indices))] }
    var result: [TwinRow] = []
    for (index, block) in plan.blocks.enumerated() {
      for group in groups {
        let members = Set(group.rows)
        // The breakdown of a unit of events is that of the event it enters with.
        let own = units[index].filter { $0.isOfEvents || members.contains($0.row) }
        let isEmpty = own.isEmpty && plan.blocks.count > 1
        let isLast = plan.by.isEmpty && index == plan.blocks.count - 1 && result.isEmpty
        if isEmpty && !isLast { continue }
        let passages = own.flatMap { self.passages($0, block, plan) }.filter {
          members.contains($0.row)
        }
        let standing = own.filter { unit in
          !plan.rules.excludesEntirely || !isLeftOut(unit, block, plan)
        }
        for step in block.steps.indices {
          var new: TwinRow
          switch plan.mode {
          case .cohort: new = try cohortRow(step, passages, standing, block, plan)
          case .snapshot(let at): new = try snapshotRow(step, own, block, at, plan)
          case .flow(let from, let to): new = flowRow(step, own, block, from, to, plan)
          }
          if let slot = plan.columns.slot("stage") { new[slot] = .text(block.steps[step].label) }
          if let slot = plan.blockSlot { new[slot] = .text(block.name) }
          for (slot, value) in zip(plan.by, group.key) { new[slot.slot] = value }
          result.append(new)
        }
      }
    }
    return result
  }

  private func isLeftOut(
    _ unit: TwinUnit, _ block: FunnelPlan.Block, _ plan: FunnelPlan
  ) -> Bool {
    var lenient = plan
    lenient.rules.excludesEntirely = false
    return passages(unit, block, lenient).contains(where: \.isExcluded)
  }

  private func money(_ unit: TwinUnit) -> Scalar {
    unit.deal.map { book.stored("opportunity", $0, "amount") } ?? .empty
  }

  private func cohortRow(
    _ step: Int, _ passages: [TwinPassage], _ units: [TwinUnit], _ block: FunnelPlan.Block,
    _ plan: FunnelPlan
  ) throws -> TwinRow {
    var new: TwinRow = [:]
    func set(_ name: String, _ value: Scalar) {
      if let slot = plan.columns.slot(name) { new[slot] = value }
    }
    func ratio(_ part: Int, _ whole: Int) -> Scalar {
      whole == 0 ? .empty : .float(Double(part) / Double(whole))
    }
    let reached = passages.filter { $0.times[step] != nil }
    set("reached", .int(Int64(reached.count)))
    set("cumulative", ratio(reached.count, passages.count))
    set("amount", try sum(reached.map { money($0.unit) }.filter { !$0.isEmpty }, .money))
    let here = units.filter { standing($0, block, nil, plan)?.step == step }
    set("now", .int(Int64(here.count)))
    set("weighted", .money(try here.reduce(0) { try $0 + weighted($1, money($1), nil) }))
    set("back", .int(Int64(passages.map { backMoves($0, step) }.reduce(0, +))))
    setPlan(step, reached, block, plan, &new)
    guard let goal = goal(step, block) else {
      set("skipped", .int(0))
      return new
    }
    let advanced = reached.filter { $0.times[goal] != nil }
    func ended(_ fate: TwinFate) -> Int {
      reached.filter { $0.times[goal] == nil && $0.fate == fate }.count
    }
    set("advanced", .int(Int64(advanced.count)))
    set("lost", .int(Int64(ended(.lost))))
    set("late", .int(Int64(ended(.late))))
    set("open", .int(Int64(ended(.open))))
    set("conversion", ratio(advanced.count, reached.count))
    set("resolved", ratio(advanced.count, reached.count - ended(.open)))
    if case .float(let rate) = ratio(advanced.count, reached.count),
      let slot = plan.columns.slot("planned"), case .float(let planned)? = new[slot]
    {
      set("gap", .float(rate - planned))
    }
    let stood = advanced.filter { $0.unit.isOfEvents || hasVisited($0, step) }
    set("skipped", .int(Int64(advanced.count - stood.count)))
    let days = stood.compactMap { passage -> Double? in
      guard let from = passage.times[step], let to = passage.times[goal], from <= to else {
        return nil
      }
      return Double(to.microseconds - from.microseconds) / 86_400_000_000
    }.sorted()
    set("median_days", median(days))
    set("p90_days", days.isEmpty ? .empty : .float(days[percentile(days.count)]))
    return new
  }

  /// The places that belong to a step: from its own up to the next step's.
  private func holds(_ place: Int64, _ step: Int, _ places: [Int64]) -> Bool {
    let next = places[(step + 1)...].first { $0 > places[step] } ?? Int64.max
    guard place >= places[step], place < next else { return false }
    return places.indices.first { index in
      let upper = places[(index + 1)...].first { $0 > places[index] } ?? Int64.max
      return place >= places[index] && place < upper
    } == step
  }

  private func hasVisited(_ passage: TwinPassage, _ step: Int) -> Bool {
    passage.moments.contains { index in
      passage.unit.moments[index].place.map { holds($0, step, passage.unit.places) } ?? false
    }
  }

  private func backMoves(_ passage: TwinPassage, _ step: Int) -> Int {
    let moments = passage.unit.moments
    return passage.moments.filter { index in
      guard let place = moments[index].place, index + 1 < moments.count,
        let next = moments[index + 1].place
      else { return false }
      return holds(place, step, passage.unit.places) && next < place
    }.count
  }

  // MARK: The plan

  private func setPlan(
    _ step: Int, _ reached: [TwinPassage], _ block: FunnelPlan.Block, _ plan: FunnelPlan,
    _ new: inout TwinRow
  ) {
    guard case .deals = plan.ladder, let id = block.funnel,
      let funnel = book.tables["funnel"]?.row(ofID: id)
    else { return }
    let places = block.steps.map { position(ofCode: $0.code, inFunnel: funnel) ?? Int64.max }
    // Where no stage wins, or the step is the closing as such, it stands beyond all stages.
    let isClosing = block.steps.map { $0.code == "won" && stageOf("won", funnel) == nil }
    if isClosing[step] { return }
    let goal = goal(step, block)
    let upper = goal.map { isClosing[$0] ? Int64.max : places[$0] } ?? Int64.max
    let stages = book.rows("stage").filter { stage in
      guard book.stored("stage", stage, "funnel") == .object(funnel),
        let place = TwinValues.integer(book.stored("stage", stage, "position"))
      else { return false }
      return place >= places[step] && place < upper
    }
    if let goal {
      let counted = stages.filter { stage in
        guard isClosing[goal] else { return true }
        return book.stored("stage", stage, "winning") != .bool(true)
          && !book.stored("stage", stage, "planned_conversion").isEmpty
      }
      let factors = counted.map {
        TwinValues.double(book.stored("stage", $0, "planned_conversion"))
      }
      if !factors.isEmpty, !factors.contains(where: { $0 == nil }),
        let slot = plan.columns.slot("planned")
      {
        new[slot] = .float(factors.compactMap { $0 }.reduce(1, *))
      }
    }
    let days = stages.compactMap { TwinValues.integer(book.stored("stage", $0, "planned_days")) }
    guard !days.isEmpty else { return }
    if let slot = plan.columns.slot("planned_days") { new[slot] = .int(days.reduce(0, +)) }
    guard let slot = plan.columns.slot("over_plan") else { return }
    let over = reached.map { overlongStays($0, step, funnel, plan) }.reduce(0, +)
    new[slot] = .int(Int64(over))
  }

  /// Stays in a step's stages that were longer than planned, those that go on up to now.
  private func overlongStays(
    _ passage: TwinPassage, _ step: Int, _ funnel: Int32, _ plan: FunnelPlan
  ) -> Int {
    guard let deal = passage.unit.deal else { return 0 }
    let moments = passage.unit.moments
    var closed: Instant?
    if book.stored("opportunity", deal, "state") != .code("open"),
      case .time(let at) = book.stored("opportunity", deal, "closed")
    {
      closed = at
    }
    return passage.moments.filter { index in
      guard let place = moments[index].place, holds(place, step, passage.unit.places) else {
        return false
      }
      let stage = book.rows("stage").first {
        book.stored("stage", $0, "funnel") == .object(funnel)
          && TwinValues.integer(book.stored("stage", $0, "position")) == place
      }
      guard let stage, let days = TwinValues.integer(book.stored("stage", stage, "planned_days"))
      else { return false }
      let end = index + 1 < moments.count ? moments[index + 1].at : closed ?? plan.now
      return (end.microseconds - moments[index].at.microseconds) / 86_400_000_000 > days
    }.count
  }

  /// Amount by the chance set by hand, else by that of the stage.
  private func weighted(_ unit: TwinUnit, _ amount: Scalar, _ stage: Int32?) throws -> Int64 {
    guard let deal = unit.deal, case .money(let fen) = amount else { return 0 }
    var win = book.stored("opportunity", deal, "manual_win")
    if win.isEmpty {
      var present = stage
      if present == nil, case .object(let now) = book.stored("opportunity", deal, "stage") {
        present = now
      }
      win = present.map { book.stored("stage", $0, "win") } ?? .empty
    }
    guard let chance = TwinValues.double(win) else { return 0 }
    let product = try Self.rounded(.float(Double(fen) * chance), .floatMoney)
    return try TwinValues.narrow(product)
  }

  // MARK: Stock and flow

  /// The step an open unit stood at, and how many moments had passed; nil for now.
  func standing(
    _ unit: TwinUnit, _ block: FunnelPlan.Block, _ at: Instant?, _ plan: FunnelPlan
  ) -> (step: Int, stage: Int32?)? {
    var place: Int64?
    var stage: Int32?
    if let deal = unit.deal {
      let state = book.stored("opportunity", deal, "state")
      if let at {
        guard let last = history(deal).last(where: { $0.at <= at }) else { return nil }
        if case .time(let closed) = book.stored("opportunity", deal, "closed"),
          state != .code("open"), closed <= at
        {
          return nil
        }
        stage = last.stage
      } else if state == .code("open"),
        case .object(let now) = book.stored("opportunity", deal, "stage")
      {
        stage = now
      }
      guard let stage, let funnel = unit.funnel,
        book.stored("stage", stage, "funnel") == .object(funnel)
      else { return nil }
      place = TwinValues.integer(book.stored("stage", stage, "position"))
    } else if let at {
      place = unit.moments.last { $0.at <= at }?.place
    } else {
      place = unit.present
    }
    guard let place else { return nil }
    return unit.places.indices.first { holds(place, $0, unit.places) }.map { ($0, stage) }
  }

  private func snapshotRow(
    _ step: Int, _ units: [TwinUnit], _ block: FunnelPlan.Block, _ at: Instant?,
    _ plan: FunnelPlan
  ) throws -> TwinRow {
    var new: TwinRow = [:]
    var (count, amount, weighted) = (0, Int64(0), Int64(0))
    for unit in units {
      guard let place = standing(unit, block, at, plan), place.step == step else { continue }
      count += 1
      var money = self.money(unit)
      if let at, let deal = unit.deal {
        let noted = inTimeOrder(
          book.rows("stage_change").filter {
            book.stored("stage_change", $0, "opportunity") == .object(deal)
          }, "stage_change"
        ).last { change in
          guard case .time(let time) = book.stored("stage_change", change, "at") else {
            return false
          }
          return time <= at && !book.stored("stage_change", change, "amount").isEmpty
        }
        if let noted { money = book.stored("stage_change", noted, "amount") }
      }
      if case .money(let fen) = money { amount += fen }
      weighted += try self.weighted(unit, money, place.stage)
    }
    if let slot = plan.columns.slot("count") { new[slot] = .int(Int64(count)) }
    if let slot = plan.columns.slot("amount") { new[slot] = .money(amount) }
    if let slot = plan.columns.slot("weighted") { new[slot] = .money(weighted) }
    return new
  }

  private func flowRow(
    _ step: Int, _ units: [TwinUnit], _ block: FunnelPlan.Block, _ from: Instant, _ to: Instant,
    _ plan: FunnelPlan
  ) -> TwinRow {
    let moves = units.map { self.moves($0, block, from, to) }
    var new: TwinRow = [:]
    func set(_ name: String, _ steps: [Int]) {
      if let slot = plan.columns.slot(name) {
        new[slot] = .int(Int64(steps.filter { $0 == step }.count))
      }
    }
    set("entered", moves.flatMap(\.entered))
    set("forward", moves.flatMap(\.forward))
    set("lost", moves.flatMap(\.lost))
    set("stayed", moves.flatMap(\.stayed))
    return new
  }

  /// From where to where a unit moved within a time, as steps.
  func moves(
    _ unit: TwinUnit, _ block: FunnelPlan.Block, _ from: Instant, _ to: Instant
  ) -> (entered: [Int], forward: [Int], lost: [Int], stayed: [Int]) {
    var result: (entered: [Int], forward: [Int], lost: [Int], stayed: [Int]) = ([], [], [], [])
    func step(_ place: Int64?) -> Int? {
      place.flatMap { place in unit.places.indices.first { holds(place, $0, unit.places) } }
    }
    /// Where it stands after each event: on a step, nowhere, or closed.
    var events: [(at: Instant, step: Int?, isLoss: Bool, isWin: Bool)] = unit.moments.map {
      ($0.at, step($0.place), $0.isLoss, false)
    }
    if let deal = unit.deal, let funnel = unit.funnel {
      events = history(deal).map { arrival in
        let isOwn = arrival.stage.map { book.stored("stage", $0, "funnel") == .object(funnel) }
        let place = isOwn == true ? position(arrival, funnel) : nil
        return (
          arrival.at, step(place), arrival.stage == nil && !arrival.won,
          arrival.stage == nil && arrival.won
        )
      }
    }
    let closing = block.steps.firstIndex {
      $0.code == "won" && stageOf("won", unit.funnel ?? 0) == nil
    }
    let winning = unit.funnel.flatMap { funnel in
      position(TwinArrival(at: from, stage: nil, won: true), funnel)
    }
    let goal = closing ?? (winning == Int64.max ? nil : step(winning))
    var current: Int?
    for event in events where event.at < to {
      let isWithin = event.at >= from
      defer { current = event.isLoss || event.isWin ? nil : event.step }
      guard isWithin else { continue }
      if event.isLoss {
        if let current { result.lost.append(current) }
      } else if event.isWin {
        if let goal, let current, current >= goal { continue }
        if let current { result.forward.append(current) }
        if let goal { result.entered.append(goal) }
      } else if event.step != current {
        if let current, let next = event.step, next > current { result.forward.append(current) }
        if let next = event.step { result.entered.append(next) }
      }
    }
    if let current { result.stayed.append(current) }
    return result
  }

  // MARK: Middles

  private func median(_ values: [Double]) -> Scalar {
    if values.isEmpty { return .empty }
    let middle = values.count / 2
    return .float(
      values.count % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2)
  }

  private func percentile(_ count: Int) -> Int {
    (0..<count).first { Double($0 + 1) / Double(count) >= 0.9 } ?? count - 1
  }
}

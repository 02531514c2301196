import KithBase
import KithModel
import KithPlan

/// The book at the end of an earlier moment, row by row from what is written down.
extension TwinBook {
  func past(_ moment: Instant, _ catalogue: Catalogue, _ zone: TimeZoneTable) -> TwinBook {
    var past = self
    past.hidden = [:]
    let day = zone.day(of: moment.microseconds)
    for entity in catalogue.entities {
      let gone = rows(entity.name).filter {
        (appeared(entity, $0, catalogue, zone) ?? moment) > moment
      }
      past.hidden[entity.name] = Set(gone)
    }
    for entity in catalogue.entities {
      for row in rows(entity.name) {
        var fields = tables[entity.name]?.rows[Int(row) - 1] ?? [:]
        if past.hidden[entity.name]?.contains(row) == true {
          fields = [:]
        } else {
          for name in fields.keys { fields[name] = earlier(entity, row, name, moment, day) }
          for path in entity.toOne where path.through == nil {
            if case .object(let other)? = fields[path.name],
              past.hidden[path.target]?.contains(other) == true
            {
              fields[path.name] = .empty
            }
          }
        }
        past.tables[entity.name]?.rows[Int(row) - 1] = fields
      }
    }
    return past
  }

  /// When a row came to be; nil where nobody says.
  private func appeared(
    _ entity: EntitySpec, _ row: Int32, _ catalogue: Catalogue, _ zone: TimeZoneTable
  ) -> Instant? {
    var times: [Instant] = []
    func add(_ value: Scalar) {
      switch value {
      case .time(let instant): times.append(instant)
      case .date(let day): times.append(zone.start(of: day))
      default: break
      }
    }
    let plans: Set = ["due", "date", "begins", "starts", "kickoff", "launched", "finishes"]
    var isCertain = false
    if entity.name == "item" {
      if case .object(let purchase) = stored("item", row, "purchase") {
        add(stored("purchase", purchase, "ordered"))
      }
      isCertain = true
    } else if let time = entity.time, time != "created", !plans.contains(time) {
      add(stored(entity.name, row, time))
      isCertain = entity.fields.contains { $0.name == time && $0.required }
    }
    if !isCertain { add(stored(entity.name, row, "created")) }
    if times.isEmpty, entity.name == "opportunity" {
      for change in rows("stage_change")
      where stored("stage_change", change, "opportunity") == .object(row) {
        add(stored("stage_change", change, "at"))
      }
    }
    return times.min()
  }

  private func earlier(
    _ entity: EntitySpec, _ row: Int32, _ field: String, _ moment: Instant, _ day: Int32
  ) -> Scalar {
    let present = stored(entity.name, row, field)
    if entity.name == "opportunity",
      ["stage", "state", "closed", "amount", "expected_close"].contains(field)
    {
      return deal(row, field, moment)
    }
    if entity.name == "customer", field == "class" {
      return sayings(ofClass: row).value(at: moment) ?? present
    }
    var value = present
    let historic: Set = ["state", "owner", "amount", "expected_close", "segment", "lifecycle"]
    if entity.tracked, historic.contains(field) {
      if field == "state",
        let closing = ["closed", "done", "ended"].first(where: { name in
          entity.fields.contains { $0.name == name }
        }), case .time(let at) = stored(entity.name, row, closing), at > moment,
        let first = entity.fields.first(where: { $0.name == "state" })?.defaultValue
      {
        value = .code(first.filter { $0 != "'" })
      }
      value = sayings(entity, row, field).value(at: moment) ?? value
    }
    let plans: Set = ["due", "date", "begins", "finishes", "starts", "kickoff", "launched"]
    let happened: Set = [
      "signed", "provisioned", "paid", "left", "stopped", "handed_over", "arrived", "finished",
      "subsidy_submitted", "approved",
    ]
    switch value {
    case .time(let at) where at > moment && !plans.contains(field): return .empty
    case .date(let on) where on.number > day && happened.contains(field): return .empty
    default: return value
    }
  }

  // MARK: What is written down

  /// A remark about a value at a time: what it was before, and what from then on.
  private struct Saying {
    var at: Instant
    var before: Scalar?
    var after: Scalar
  }

  private struct Sayings {
    var all: [Saying]

    /// Nil where nothing later is said, so that today's value holds.
    func value(at moment: Instant) -> Scalar? {
      guard let next = all.filter({ $0.at > moment }).min(by: { $0.at < $1.at }) else {
        return nil
      }
      if let before = next.before { return before }
      return all.filter { $0.at <= moment }.max { $0.at < $1.at }?.after ?? next.after
    }
  }

  private func sayings(ofClass customer: Int32) -> Sayings {
    let changes = rows("class_change").filter {
      stored("class_change", $0, "customer") == .object(customer)
    }
    return Sayings(
      all: changes.compactMap { change in
        guard case .time(let at) = stored("class_change", change, "at") else { return nil }
        let from = stored("class_change", change, "from")
        return Saying(at: at, before: from, after: stored("class_change", change, "to"))
      })
  }

  /// The entries of the change log about a field.
  private func sayings(_ entity: EntitySpec, _ row: Int32, _ field: String) -> Sayings {
    var all: [Saying] = []
    for change in rows("change")
    where stored("change", change, "entity") == .text(entity.name)
      && stored("change", change, "object") == .int(id(entity.name, row))
      && stored("change", change, "field") == .text(field)
    {
      guard case .time(let at) = stored("change", change, "at"),
        let before = read(stored("change", change, "from"), entity, field),
        let after = read(stored("change", change, "to"), entity, field)
      else { continue }
      if before.isEmpty, case .object(let batch) = stored("change", change, "batch"),
        stored("batch", batch, "kind") == .code("import")
      {
        continue
      }
      all.append(Saying(at: at, before: before, after: after))
    }
    return Sayings(all: all)
  }

  /// A text of the log as a value of the field; nil where it does not read as one.
  private func read(_ logged: Scalar, _ entity: EntitySpec, _ field: String) -> Scalar? {
    guard case .text(let text) = logged else { return .empty }
    if let path = entity.toOne.first(where: { $0.name == field }) {
      return Int64(text).map { id in
        tables[path.target]?.row(ofID: id).map { .object($0) } ?? .empty
      }
    }
    switch entity.fields.first(where: { $0.name == field })?.type {
    case .money?: return Int64(text).map { .money($0) }
    case .date?:
      let parts = text.split(separator: "-").compactMap { Int($0) }
      guard parts.count == 3 else { return nil }
      return Day(year: parts[0], month: parts[1], day: parts[2]).map { .date($0) }
    case .text?: return .text(text)
    default: return .code(text)
    }
  }

  // MARK: Deals

  private func moves(of deal: Int32) -> [(row: Int32, at: Instant)] {
    rows("stage_change").filter { stored("stage_change", $0, "opportunity") == .object(deal) }
      .compactMap { move in
        guard case .time(let at) = stored("stage_change", move, "at") else { return nil }
        return (move, at)
      }.sorted { ($0.at, $0.row) < ($1.at, $1.row) }
  }

  private func deal(_ deal: Int32, _ field: String, _ moment: Instant) -> Scalar {
    let present = stored("opportunity", deal, field)
    let moves = moves(of: deal)
    let before = moves.filter { $0.at <= moment }
    let after = moves.filter { $0.at > moment }
    switch field {
    case "stage":
      guard let next = after.first else { return present }
      let stages = before.map { stored("stage_change", $0.row, "to") }.filter { !$0.isEmpty }
      return stages.last ?? stored("stage_change", next.row, "from")
    case "state": return state(deal, before, after, moment).state
    case "closed": return state(deal, before, after, moment).closed
    default:
      guard let spec = Catalogue.shipped.entity("opportunity") else { return present }
      var all = sayings(spec, deal, field).all
      for move in moves {
        let then = stored("stage_change", move.row, field)
        if !then.isEmpty { all.append(Saying(at: move.at, before: nil, after: then)) }
      }
      return Sayings(all: all).value(at: moment) ?? present
    }
  }

  /// A deal is open until something says it was closed.
  private func state(
    _ deal: Int32, _ before: [(row: Int32, at: Instant)], _ after: [(row: Int32, at: Instant)],
    _ moment: Instant
  ) -> (state: Scalar, closed: Scalar) {
    let present = stored("opportunity", deal, "state")
    let closed = stored("opportunity", deal, "closed")
    let last = before.last
    if present != .code("open"), !present.isEmpty, case .time(let at) = closed {
      if at <= moment, after.isEmpty || last.map({ at >= $0.at }) ?? true {
        return (present, closed)
      }
    } else if after.isEmpty {
      return (present, closed)
    }
    guard let last else { return (.code("open"), .empty) }
    let state = stored("stage_change", last.row, "state")
    if state.isEmpty || state == .code("open") { return (.code("open"), .empty) }
    return (state, .time(last.at))
  }
}

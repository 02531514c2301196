import KithBase
import KithLanguage
import KithModel

/// Derived fields whose text is made of rows of the book: the conditions of a profile, the kinds and
/// the period of a cadence. The rows are read while checking, so a changed row is a changed field.
extension Checker {
  /// Fields without a text of their own that `madeBody` knows.
  var madeFields: Set<String> { ["fit", "touch_due", "kept"] }

  func madeBody(
    _ spec: DerivedSpec, _ key: DerivedKey, _ arguments: [DerivedArgument], _ object: Expr,
    _ span: SourceSpan
  ) throws -> Typed {
    environment = Environment()
    guard let first = arguments.first, let id = first.id else { throw Stop() }
    switch spec.name {
    case "fit": return try fit(profile: id, object, key.entity, span)
    case "touch_due": return try touchDue(cadence: id, object, key.entity, span)
    default:
      guard let period = arguments.last else { throw Stop() }
      environment.bindings["p"] = .value(period.value)
      return try kept(cadence: id, object, key.entity, span)
    }
  }

  private func record(_ entity: String, _ id: Int64, _ fields: [String]) throws -> RecordFacts {
    guard let found = facts.records(of: entity, fields: fields).first(where: { $0.id == id }) else {
      throw Stop()
    }
    return found
  }

  /// A condition that stands in a row of the book.
  func storedCondition(_ kith: String, named name: String, over object: Expr, _ entity: String)
    throws -> Expr
  {
    let outer = (text, environment, scopes)
    defer { (text, environment, scopes) = outer }
    text = SourceText(name: name, kith)
    return try condition(try value(of: kith, named: name, over: object, entity))
  }

  // MARK: Profiles

  /// The share of a profile's given conditions that hold; empty where it gives none.
  private func fit(profile id: Int64, _ object: Expr, _ entity: String, _ span: SourceSpan) throws
    -> Typed
  {
    let rules = [
      "industry_rule", "location_rule", "size_rule", "contact_rule", "personality_rule",
      "need_rule",
    ]
    let profile = try record("profile", id, rules)
    var conditions: [Expr] = []
    for rule in rules {
      guard let kith = profile.text(rule) else { continue }
      conditions.append(
        try storedCondition(kith, named: "profile \(id).\(rule)", over: object, entity))
    }
    guard !conditions.isEmpty else { return Typed(.empty(.percent), span) }
    return Typed(shareHolding(conditions), span, label: "fit")
  }

  /// How many of some conditions hold, as a percent of them.
  func shareHolding(_ conditions: [Expr]) -> Expr {
    let ones = conditions.map {
      Expr(.choose([Choice(condition: $0, value: .int(1))], otherwise: .int(0)), .int)
    }
    let sum = ones.dropFirst().reduce(ones[0]) { .call(.add, [$0, $1], .int) }
    let count = Expr(.literal(.float(Double(conditions.count))), .float)
    return .call(.divide, [.call(.toFloat, [sum], .float), count], .percent)
  }

  // MARK: Cadences

  /// What a cadence counts as a touch.
  private struct Touches {
    /// Codes of kinds of activities and of events, as lists of the language; nil for none.
    var activities: String?
    var events: String?
    var period: String
    var times: Int64
    var maximumDays: Int64?
    /// To whom it applies; nil for everybody.
    var condition: String?
  }

  /// Nil for a cadence that is switched off.
  private func touches(of id: Int64, _ span: SourceSpan) throws -> Touches? {
    let row = try record(
      "cadence", id, ["kinds", "period", "times", "max_days", "condition", "active"])
    if row.values["active"] == .bool(false) { return nil }
    var codes: [String] = []
    if case .list(let kinds)? = row.values["kinds"] {
      codes = kinds.compactMap { kind in
        switch kind {
        case .code(let code), .text(let code): code
        default: nil
        }
      }
    }
    func list(_ enumeration: String) -> String? {
      let known = codes.filter { index.value($0, of: enumeration)?.code == $0 }
      return known.isEmpty ? nil : "(" + known.joined(separator: ", ") + ")"
    }
    func whole(_ field: String) -> Int64? {
      if case .int(let value)? = row.values[field] { value } else { nil }
    }
    let found = Touches(
      activities: list("activity_kind"), events: list("event_kind"),
      period: row.text("period") ?? "", times: whole("times") ?? 1, maximumDays: whole("max_days"),
      condition: row.text("condition"))
    guard found.activities != nil || found.events != nil else {
      throw fail(
        Diagnostic(
          "K3107", say("cadence \(id) names no kind of touch", "频次规则 \(id) 没有适用方式"), at: span))
    }
    return found
  }

  /// The last touch and the period; today for one never touched; not before open deals resume.
  private func touchDue(cadence id: Int64, _ object: Expr, _ entity: String, _ span: SourceSpan)
    throws -> Typed
  {
    guard let touches = try touches(of: id, span) else { return Typed(.empty(.date), span) }
    let done = touches.activities.map { "date(max(activities.done where kind in \($0)))" }
    let met = touches.events.map {
      "max(attendances.event.date where attended and event.kind in \($0))"
    }
    var last = done ?? met ?? "empty"
    if let done, let met {
      last = "case when \(met) is empty or \(done) >= \(met) then \(done) when true then \(met) end"
    }
    let lengths = [
      "day": "1 day", "week": "1 week", "month": "1 month", "quarter": "1 quarter",
      "year": "1 year",
    ]
    var due = "((\(last)) + \(lengths[touches.period] ?? "1 month"))"
    if let days = touches.maximumDays { due = "min(\(due), (\(last)) + \(max(0, days)) days)" }
    let pause = "max(opportunities.resumes where open and resumes > today)"
    let kith = """
      case when \(pause) > (\(due) ?? today) then \(pause) when true then (\(due) ?? today) end
      """
    return try applying(touches, kith, id, object, entity)
  }

  /// Whether there were as many touches in the period `p` as the cadence asks for.
  private func kept(cadence id: Int64, _ object: Expr, _ entity: String, _ span: SourceSpan) throws
    -> Typed
  {
    guard let touches = try touches(of: id, span) else { return Typed(.empty(.bool), span) }
    let counts = [
      touches.activities.map { "count(activities where kind in \($0) and done in p)" },
      touches.events.map {
        "count(attendances where attended and event.kind in \($0) and event.date in p)"
      },
    ].compactMap { $0 }
    let kith = "\(counts.joined(separator: " + ")) >= \(max(0, touches.times))"
    return try applying(touches, kith, id, object, entity)
  }

  /// A text over those the cadence applies to, empty for the others.
  private func applying(
    _ touches: Touches, _ kith: String, _ id: Int64, _ object: Expr, _ entity: String
  ) throws -> Typed {
    let value = try value(of: kith, named: "cadence \(id)", over: object, entity)
    guard let condition = touches.condition else { return value }
    let applies = try storedCondition(
      condition, named: "cadence \(id).condition", over: object, entity)
    let expr = try convert(value, to: value.type)
    return Typed(
      Expr(.choose([Choice(condition: applies, value: expr)], otherwise: nil), value.type),
      value.span)
  }
}

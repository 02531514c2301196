import KithBase
import KithLanguage
import KithModel

/// Dates, instants and periods beside each other, and membership.
extension Checker {
  /// A value that can be read as a place in time beside the other: a year number or a date text too.
  func isTime(_ value: Typed, beside other: Typed) -> Bool {
    if value.type.isDateLike { return true }
    guard other.type.isDateLike else { return false }
    switch value.constant {
    case .number(let number): return number.isWhole && (1900...2199).contains(number.digits)
    case .text: return true
    default: return false
    }
  }

  /// The first day and the day after the last, or an instant.
  private enum TimeRange {
    case instant(Expr)
    case day(Expr)
    case days(from: Expr, to: Expr)
  }

  private func range(_ value: Typed, beside other: Typed) throws -> TimeRange {
    switch value.constant {
    case .number(let number):
      let day = Day(year: Int(number.digits), month: 1, day: 1) ?? today
      return literalRange(Period(.year, holding: day))
    case .text:
      guard let constant = value.constant,
        let date = adapt(constant, to: .date, span: value.span)
      else {
        throw fail(
          Diagnostic(
            "K2129", say("the text is no date; write it as 2026-11-21", "该文本不是日期；请写成 2026-11-21"),
            at: value.span))
      }
      return .day(date)
    case .period(let period): return literalRange(period)
    default: break
    }
    switch value.type {
    case .date: return .day(value.expr)
    case .time: return .instant(value.expr)
    default:
      return .days(
        from: .call(.periodStart, [value.expr], .date),
        to: .call(.periodEnd, [value.expr], .date))
    }
  }

  private func literalRange(_ period: Period) -> TimeRange {
    .days(
      from: Expr(.literal(.date(period.start)), .date),
      to: Expr(.literal(.date(period.end)), .date))
  }

  func times(_ op: Comparison, _ left: Typed, _ right: Typed, _ span: SourceSpan) throws -> Expr {
    let a = try range(left, beside: right)
    let b = try range(right, beside: left)
    switch (a, b) {
    case (.instant(let x), .instant(let y)): return .compare(op, x, y)
    case (.days(let from, let to), .days(let start, let end)):
      return periods(op, from, to, start, end)
    case (.days, _): return test(op.mirrored, localDay(b), a)
    default: return test(op, localDay(a), b)
    }
  }

  private func localDay(_ range: TimeRange) -> Expr {
    switch range {
    case .instant(let expr): .call(.localDay, [expr], .date)
    case .day(let expr): expr
    case .days(let from, _): from
    }
  }

  /// A day against a day or a range.
  private func test(_ op: Comparison, _ day: Expr, _ range: TimeRange) -> Expr {
    guard case .days(let from, let to) = range else {
      return .compare(op, day, localDay(range))
    }
    switch op {
    case .equal: return .and([.compare(.greaterOrEqual, day, from), .compare(.less, day, to)])
    case .notEqual:
      return .not(.and([.compare(.greaterOrEqual, day, from), .compare(.less, day, to)]))
    case .less: return .compare(.less, day, from)
    case .lessOrEqual: return .compare(.less, day, to)
    case .greater: return .compare(.greaterOrEqual, day, to)
    case .greaterOrEqual: return .compare(.greaterOrEqual, day, from)
    }
  }

  private func periods(_ op: Comparison, _ from: Expr, _ to: Expr, _ start: Expr, _ end: Expr)
    -> Expr
  {
    let same = Expr.and([.compare(.equal, from, start), .compare(.equal, to, end)])
    switch op {
    case .equal: return same
    case .notEqual: return .not(same)
    case .less: return .compare(.lessOrEqual, to, start)
    case .lessOrEqual: return .compare(.lessOrEqual, to, end)
    case .greater: return .compare(.greaterOrEqual, from, end)
    case .greaterOrEqual: return .compare(.greaterOrEqual, from, start)
    }
  }

  // MARK: in

  func inSet(_ syntax: ExprSyntax, _ set: SetSyntax, negated: Bool, _ span: SourceSpan) throws
    -> Typed
  {
    let value = try check(syntax)
    let test: Expr
    switch set {
    case .elements(let elements) where elements.count == 1:
      test = try membership(value, elements[0], span)
    case .elements(let elements):
      var tests: [Expr] = []
      var failed = false
      for element in elements {
        guard element.stages.isEmpty, case .expr(let expr) = element.source.kind else {
          failed = true
          report(
            Diagnostic("K2130", say("a list holds values, not tables", "列表里只能写值"), at: element.span)
          )
          continue
        }
        let one = attempt {
          try self.compare(.equal, value, try self.value(expr, beside: value), span)
        }
        if let one { tests.append(one) } else { failed = true }
      }
      if failed { throw Stop() }
      test = isIn(tests) ?? .or(tests)
    case .value(let expr):
      let source = SourceSyntax(kind: .expr(expr), alias: nil, span: expr.span)
      let pipeline = PipelineSyntax(asOf: nil, source: source, stages: [], span: expr.span)
      test = try membership(value, pipeline, span)
    }
    return Typed(negated ? .not(test) : test, span)
  }

  /// Several `x = constant` on one x become one look-up.
  private func isIn(_ tests: [Expr]) -> Expr? {
    var operand: Expr?
    var values: [Scalar] = []
    for test in tests {
      guard case .operation(.compare(.equal), let sides) = test.kind, sides.count == 2,
        case .literal(let value) = sides[1].kind, !value.isEmpty, sides[0].type == sides[1].type,
        operand == nil || operand == sides[0]
      else { return nil }
      operand = sides[0]
      values.append(value)
    }
    return operand.map { .call(.isIn(values), [$0], .bool) }
  }

  /// A value in one thing: a table, a list, a period, or a list of one.
  private func membership(_ value: Typed, _ pipeline: PipelineSyntax, _ span: SourceSpan) throws
    -> Expr
  {
    if isTable(pipeline) { return try inTable(value, pipeline, span) }
    guard case .expr(let expr) = pipeline.source.kind else { throw Stop() }
    let other = try self.value(expr, beside: value)
    if other.constant == .open { return .bool(true) }
    if case .list(let element) = other.type {
      let item = try convert(value, to: element)
      return .call(.isInList, [item, other.expr], .bool)
    }
    if case .operation(.makeList, let elements) = other.expr.kind, elements.isEmpty {
      return .bool(false)
    }
    if case .duration? = other.constant, value.type.isDateLike {
      let written = text[other.span]
      throw fail(
        Diagnostic(
          "K2131", say("a date is not in a length of time", "日期不在时长里"), at: other.span,
          fix: .init(span: other.span, replacement: "last " + written),
          suggestions: ["last " + written, "next " + written]))
    }
    return try compare(.equal, value, other, span)
  }

  /// Whether a pipeline is rows rather than a value: it has stages, or its source is a table.
  func isTable(_ pipeline: PipelineSyntax) -> Bool {
    if !pipeline.stages.isEmpty || pipeline.asOf != nil { return true }
    switch pipeline.source.kind {
    case .path, .since: return true
    case .expr(let expr): return isTable(expr)
    }
  }

  func isTable(_ expr: ExprSyntax) -> Bool {
    switch expr.kind {
    case .records: return true
    case .pipeline(let inner): return isTable(inner)
    case .group(let inner): return isTable(inner)
    case .one(let name, _): return tableWord(name.text) != nil
    case .name(let name):
      if !rowHas(name) {
        if let bound = binding(name) {
          switch bound {
          case .table(let pipeline, let environment):
            return within(environment) { self.isTable(pipeline) }
          case .rows: return true
          case .value, .loop: return false
          }
        }
        return index.entity(name.text) != nil || facts.hostTable(name.text) != nil
      }
      return false
    case .call(let name, _):
      return environment.definitions[fold(name.text)].map { isTable($0.body) } ?? false
    default: return false
    }
  }

  func rowHas(_ name: NameSyntax) -> Bool {
    scopes.contains { scope in
      find(name, in: scope.columns) != nil
        || scope.object?.type.entity.flatMap { index.member(name.text, of: $0) } != nil
        || scope.names.contains { fold($0.name) == fold(name.text) }
    }
  }

  private func inTable(_ value: Typed, _ pipeline: PipelineSyntax, _ span: SourceSpan) throws
    -> Expr
  {
    try refuseRelation(pipeline)
    let flow = try independent { try self.flow(of: pipeline) }
    let column: Expr
    if let object = flow.object, value.type == object.type {
      column = object
    } else {
      let shown = shownColumns(of: flow)
      guard shown.count == 1 else {
        throw fail(
          Diagnostic(
            "K2132", say("'in' takes a table of one column or of such objects", "“在”后面要一列的表或同类对象"),
            at: pipeline.span, help: say("end it with '| select NAME'", "请以“| 选择 名称”结尾")))
      }
      column = shown[0].expr
    }
    let other = Typed(column, pipeline.span)
    let (a, b): (Expr, Expr)
    if value.type == column.type {
      (a, b) = (rounded(value.expr), rounded(column))
    } else {
      (a, b) = try sameType("in", value, other, span)
    }
    return Expr(.inPlan(a, Subquery(flow.plan), column: b), .bool)
  }

  /// A bracketed pipeline in a row does not see the row, so its source must not look as if it did.
  private func refuseRelation(_ pipeline: PipelineSyntax) throws {
    guard case .expr(let expr) = pipeline.source.kind, case .name(let name) = expr.kind,
      let entity = scopes.last?.object?.type.entity,
      case .toMany(let relation)? = index.member(name.text, of: entity)
    else { return }
    throw fail(
      Diagnostic(
        "K2133",
        say(
          "'\(name.text)' here could be this \(entity)'s \(relation.name) or all of them",
          "“\(name.text)”可能指这一行的，也可能指全部"),
        at: name.span, help: say("name the table first: let all = …", "请先起名：令 全部 = …")))
  }

  /// Checks something that does not see the rows around it.
  func independent<T>(_ body: () throws -> T) rethrows -> T {
    let saved = (scopes, mode, collector, windowsAllowed, pendingWindows)
    scopes = []
    mode = .row
    collector = nil
    windowsAllowed = false
    pendingWindows = []
    defer { (scopes, mode, collector, windowsAllowed, pendingWindows) = saved }
    return try body()
  }
}

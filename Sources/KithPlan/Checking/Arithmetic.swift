import KithBase
import KithLanguage
import KithModel

/// `+ - * / %` by the table of types; money stays exact until it leaves the expression.
extension Checker {
  func minus(_ operand: ExprSyntax, _ span: SourceSpan) throws -> Typed {
    let value = try check(operand)
    if let constant = value.constant {
      switch constant {
      case .number(let number) where number.digits != .min:
        return self.constant(.number(Decimal(-number.digits, scale: number.scale)), span)
      case .float(let number): return self.constant(.float(-number), span)
      case .percent(let number) where number.digits != .min:
        return self.constant(.percent(Decimal(-number.digits, scale: number.scale)), span)
      case .money(let fen) where fen.digits != .min:
        return self.constant(.money(Decimal(-fen.digits, scale: fen.scale)), span)
      case .duration(let duration): return self.constant(.duration(-duration), span)
      case .empty, .open: return value
      default: break
      }
    }
    switch value.type {
    case .int, .float, .percent, .money, .exactMoney, .floatMoney, .duration:
      return Typed(.call(.negate, [value.expr], value.type), span)
    default: throw mismatch("-", value.type, value.type, span)
    }
  }

  func arithmetic(_ op: BinaryOperator, _ left: Typed, _ right: Typed, _ span: SourceSpan) throws
    -> Typed
  {
    if left.constant == .open || right.constant == .open {
      return Typed(.empty(.empty), span, constant: .open)
    }
    if let a = left.constant, let b = right.constant, let folded = self.folded(op, a, b) {
      return constant(folded, span)
    }
    let label = left.label.isEmpty ? right.label : left.label
    let expr = try operate(op, left, right, span)
    return Typed(expr, span, label: label)
  }

  /// Exact arithmetic on constants, so that `10% * 3` still adapts.
  private func folded(_ op: BinaryOperator, _ left: Constant, _ right: Constant) -> Constant? {
    let exact: BinaryDecimal? =
      switch op {
      case .add: .add
      case .subtract: .subtract
      case .multiply: .multiply
      default: nil
      }
    switch (left, right, op) {
    case (.number(let a), .number(let b), _):
      if let exact, let result = a.combined(b, exact) { return .number(result) }
      return nil
    case (.percent(let a), .percent(let b), _):
      return exact.flatMap { a.combined(b, $0) }.map { .percent($0) }
    case (.number(let a), .percent(let b), .add), (.number(let a), .percent(let b), .subtract),
      (.percent(let a), .number(let b), .add), (.percent(let a), .number(let b), .subtract):
      return exact.flatMap { a.combined(b, $0) }.map { .percent($0) }
    case (.money(let a), .money(let b), .add), (.money(let a), .money(let b), .subtract):
      return exact.flatMap { a.combined(b, $0) }.map { .money($0) }
    case (.money(let a), .number(let b), .multiply), (.money(let a), .percent(let b), .multiply),
      (.number(let b), .money(let a), .multiply), (.percent(let b), .money(let a), .multiply):
      return a.combined(b, .multiply).map { .money($0) }
    case (.duration(let a), .duration(let b), .add): return .duration(sum(a, b))
    case (.duration(let a), .duration(let b), .subtract): return .duration(sum(a, -b))
    case (.duration(let a), .number(let b), .multiply) where b.isWhole,
      (.number(let b), .duration(let a), .multiply) where b.isWhole:
      return times(a, b.digits).map { .duration($0) }
    case (.date(let day), .duration(let d), .add) where d.microseconds == 0 && small(d):
      return .date(day.adding(months: Int(d.months)).adding(days: Int(d.days)))
    case (.date(let day), .duration(let d), .subtract) where d.microseconds == 0 && small(d):
      return .date(day.adding(months: -Int(d.months)).adding(days: -Int(d.days)))
    case (.text(let a), .text(let b), .add): return .text(a + b)
    default: return nil
    }
  }

  private func small(_ d: Duration) -> Bool {
    d.days.magnitude < 4_000_000 && d.months.magnitude < 120_000
  }

  private func sum(_ a: Duration, _ b: Duration) -> Duration {
    Duration(
      months: a.months &+ b.months, days: a.days &+ b.days,
      microseconds: a.microseconds &+ b.microseconds)
  }

  private func times(_ a: Duration, _ factor: Int64) -> Duration? {
    let (months, x) = a.months.multipliedReportingOverflow(by: factor)
    let (days, y) = a.days.multipliedReportingOverflow(by: factor)
    let (micros, z) = a.microseconds.multipliedReportingOverflow(by: factor)
    return x || y || z ? nil : Duration(months: months, days: days, microseconds: micros)
  }

  private func operate(
    _ op: BinaryOperator, _ left: Typed, _ right: Typed, _ span: SourceSpan
  ) throws -> Expr {
    if left.constant == .empty { return .empty(right.type == .empty ? .int : right.type) }
    if right.constant == .empty { return .empty(left.type == .empty ? .int : left.type) }
    if left.type.isMoney || right.type.isMoney { return try money(op, left, right, span) }
    if left.type.isDateLike || right.type.isDateLike { return try dates(op, left, right, span) }
    if isDuration(left) || isDuration(right) { return try durations(op, left, right, span) }
    switch (left.type, right.type, op) {
    case (.text, .text, .add): return .call(.concatenate, [left.expr, right.expr], .text)
    case (.int, .int, .divide):
      return .call(.divide, [float(left.expr), float(right.expr)], .float)
    case (.int, .int, _): return .call(operation(op), [left.expr, right.expr], .int)
    case (.percent, .percent, .divide):
      return .call(.divide, [left.expr, right.expr], .float)
    case (.percent, .percent, _):
      return .call(operation(op), [left.expr, right.expr], .percent)
    case (.percent, _, .add) where right.isConstant && right.type.isNumber,
      (.percent, _, .subtract) where right.isConstant && right.type.isNumber,
      (_, .percent, .add) where left.isConstant && left.type.isNumber,
      (_, .percent, .subtract) where left.isConstant && left.type.isNumber,
      (.percent, _, .divide) where right.type.isNumber:
      return .call(operation(op), [float(left.expr), float(right.expr)], .percent)
    case (let a, let b, _) where a.isNumber && b.isNumber:
      return .call(operation(op), [float(left.expr), float(right.expr)], .float)
    default: throw mismatch(op.rawValue, left.type, right.type, span)
    }
  }

  private func isDuration(_ value: Typed) -> Bool {
    if case .duration = value.type { true } else { false }
  }

  func float(_ expr: Expr) -> Expr {
    switch expr.type {
    case .float, .percent: expr
    case .money, .exactMoney: .call(.toFloat, [expr], .floatMoney)
    case .floatMoney: expr
    default: .call(.toFloat, [expr], .float)
    }
  }

  private func operation(_ op: BinaryOperator) -> Operation {
    switch op {
    case .add: .add
    case .subtract: .subtract
    case .multiply: .multiply
    case .divide: .divide
    default: .remainder
    }
  }

  // MARK: Money

  private func money(_ op: BinaryOperator, _ left: Typed, _ right: Typed, _ span: SourceSpan)
    throws -> Expr
  {
    switch op {
    case .add, .subtract:
      guard let a = asMoney(left, beside: right), let b = asMoney(right, beside: left) else {
        throw mismatch(op.rawValue, left.type, right.type, span)
      }
      let (x, y) = aligned(a, b)
      return .call(operation(op), [x, y], x.type)
    case .multiply:
      if left.type.isMoney, right.type.isMoney { throw mismatch("*", left.type, right.type, span) }
      return try left.type.isMoney ? product(left, right, span) : product(right, left, span)
    case .divide:
      if left.type.isMoney, let b = asMoney(right, beside: left), right.type.isMoney {
        return .call(.divide, [float(left.expr), float(b)], .float)
      }
      guard left.type.isMoney, right.type.isNumber else {
        throw mismatch("/", left.type, right.type, span)
      }
      return .call(.divide, [float(left.expr), float(right.expr)], .floatMoney)
    default: throw mismatch(op.rawValue, left.type, right.type, span)
    }
  }

  private func asMoney(_ value: Typed, beside other: Typed) -> Expr? {
    if value.type.isMoney { return value.expr }
    guard let constant = value.constant, !other.isConstant || other.type.isMoney,
      value.type.isNumber, value.type != .percent
    else { return nil }
    guard case .number(let number) = constant, let fen = number.scaled(by: 2) else { return nil }
    return self.constant(.money(fen), value.span).expr
  }

  /// Two amounts at one scale, or both as Doubles if one is.
  private func aligned(_ a: Expr, _ b: Expr) -> (Expr, Expr) {
    if a.type == .floatMoney || b.type == .floatMoney { return (float(a), float(b)) }
    let scale = max(moneyScale(a.type), moneyScale(b.type))
    return (rescaled(a, to: scale), rescaled(b, to: scale))
  }

  private func moneyScale(_ type: KithType) -> Int {
    if case .exactMoney(let scale) = type { scale } else { 0 }
  }

  private func rescaled(_ expr: Expr, to scale: Int) -> Expr {
    let own = moneyScale(expr.type)
    guard scale > own else { return expr }
    return .call(.rescale(by: scale - own), [expr], .exactMoney(scale: scale))
  }

  private func product(_ amount: Typed, _ factor: Typed, _ span: SourceSpan) throws -> Expr {
    guard factor.type.isNumber else { throw mismatch("*", amount.type, factor.type, span) }
    let exact: Decimal? =
      switch factor.constant {
      case .number(let value): value
      case .percent(let value): value
      default: nil
      }
    if let exact, amount.type != .floatMoney {
      let scale = moneyScale(amount.type) + exact.scale
      guard scale <= 8 else {
        return .call(.multiply, [float(amount.expr), float(factor.expr)], .floatMoney)
      }
      return .call(
        .scaleMoney(digits: exact.digits), [amount.expr],
        scale == 0 ? .money : .exactMoney(scale: scale))
    }
    if factor.type == .int, amount.type != .floatMoney {
      return .call(.multiply, [amount.expr, factor.expr], amount.type)
    }
    return .call(.multiply, [float(amount.expr), float(factor.expr)], .floatMoney)
  }

  // MARK: Dates and durations

  private func dates(_ op: BinaryOperator, _ left: Typed, _ right: Typed, _ span: SourceSpan)
    throws -> Expr
  {
    if op == .subtract, left.type.isDateLike, right.type.isDateLike {
      guard notPeriod(left), notPeriod(right) else {
        throw mismatch("-", left.type, right.type, span)
      }
      if left.type == .time, right.type == .time {
        return .call(
          .microsecondsBetween, [left.expr, right.expr], .duration(.microseconds))
      }
      return .call(.daysBetween, [day(left.expr), day(right.expr)], .duration(.days))
    }
    guard op == .add || op == .subtract, left.type.isDateLike, notPeriod(left), isDuration(right)
    else { throw mismatch(op.rawValue, left.type, right.type, span) }
    if case .duration(let length)? = right.constant {
      return shift(left.expr, by: op == .add ? length : -length)
    }
    let amount = op == .add ? right.expr : .call(.negate, [right.expr], right.type)
    guard case .duration(let unit) = right.type else { throw Stop() }
    return shift(left.expr, by: amount, unit)
  }

  private func notPeriod(_ value: Typed) -> Bool {
    if case .period = value.type { false } else { true }
  }

  func day(_ expr: Expr) -> Expr {
    expr.type == .time ? .call(.localDay, [expr], .date) : expr
  }

  private func shift(_ expr: Expr, by length: Duration) -> Expr {
    var result = expr
    if length.months != 0 {
      let amount = Expr(.literal(.duration(Duration(months: length.months))), .duration(.months))
      result = shift(result, by: amount, .months)
    }
    if length.days != 0 {
      let amount = Expr(.literal(.duration(Duration(days: length.days))), .duration(.days))
      result = shift(result, by: amount, .days)
    }
    if length.microseconds != 0 {
      let value = Duration(microseconds: length.microseconds)
      result = shift(
        result, by: Expr(.literal(.duration(value)), .duration(.microseconds)), .microseconds)
    }
    return result
  }

  private func shift(_ expr: Expr, by amount: Expr, _ unit: DurationUnit) -> Expr {
    switch (expr.type, unit) {
    case (.date, .days): .call(.addDays, [expr, amount], .date)
    case (.date, .months): .call(.addMonths, [expr, amount], .date)
    case (.date, .microseconds):
      .call(.timeAddMicroseconds, [.call(.dayStart, [expr], .time), amount], .time)
    case (_, .days): .call(.timeAddDays, [expr, amount], .time)
    case (_, .months): .call(.timeAddMonths, [expr, amount], .time)
    case (_, .microseconds): .call(.timeAddMicroseconds, [expr, amount], .time)
    }
  }

  private func durations(_ op: BinaryOperator, _ left: Typed, _ right: Typed, _ span: SourceSpan)
    throws -> Expr
  {
    switch op {
    case .add, .subtract, .divide:
      if op == .divide, right.type.isNumber {
        return .call(.divide, [left.expr, float(right.expr)], left.type)
      }
      let (a, b) = try sameType(op.rawValue, left, right, span)
      guard case .duration = a.type else { throw mismatch(op.rawValue, a.type, b.type, span) }
      if op == .divide {
        return .call(
          .divide, [.call(.toFloat, [a], .float), .call(.toFloat, [b], .float)], .float)
      }
      return .call(operation(op), [a, b], a.type)
    case .multiply:
      let (length, factor) = isDuration(left) ? (left, right) : (right, left)
      guard factor.type.isNumber else { throw mismatch("*", left.type, right.type, span) }
      return .call(.multiply, [length.expr, factor.expr], length.type)
    default: throw mismatch(op.rawValue, left.type, right.type, span)
    }
  }
}

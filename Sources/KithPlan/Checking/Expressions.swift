import KithBase
import KithLanguage
import KithModel

/// Expressions by their form; names, comparisons, arithmetic and calls have files of their own.
extension Checker {
  func check(_ syntax: ExprSyntax) throws -> Typed {
    guard expressionDepth < 300 else {
      throw fail(
        Diagnostic("K2302", say("the expression is nested too deeply", "表达式嵌套过深"), at: syntax.span))
    }
    expressionDepth += 1
    defer { expressionDepth -= 1 }
    switch syntax.kind {
    case .literal(let literal): return try self.literal(literal, syntax.span)
    case .name, .member: return try checkPath(syntax)
    case .parameter(let name): return try parameter(name)
    case .one(let name, let key): return try oneObject(name, key, syntax.span)
    case .call(let name, let call): return try self.call(name, call, syntax)
    case .unary(.not, let operand): return try negation(operand, syntax.span)
    case .unary(.minus, let operand): return try minus(operand, syntax.span)
    case .binary(let op, let left, let right): return try binary(op, left, right, syntax.span)
    case .chained(let low, let first, let middle, let second, let high):
      let a = attempt { try self.binary(first, low, middle, low.span.joined(middle.span)) }
      let b = attempt { try self.binary(second, middle, high, middle.span.joined(high.span)) }
      guard let a, let b else { throw Stop() }
      return Typed(.and([a.expr, b.expr]), syntax.span)
    case .isEmpty(let operand, let negated):
      let value = try check(operand)
      let test = Expr.isEmpty(rounded(value.expr))
      return Typed(negated ? .not(test) : test, syntax.span)
    case .inSet(let value, let set, let negated):
      return try inSet(value, set, negated: negated, syntax.span)
    case .between(let value, let low, let high, let negated):
      let a = attempt { try self.binary(.greaterOrEqual, value, low, syntax.span) }
      let b = attempt { try self.binary(.lessOrEqual, value, high, syntax.span) }
      guard let a, let b else { throw Stop() }
      let both = Expr.and([a.expr, b.expr])
      return Typed(negated ? .not(both) : both, syntax.span)
    case .matches(let value, let pattern, let span, let negated):
      return try matches(value, pattern, span, negated: negated, syntax.span)
    case .choose(let branches, let otherwise):
      return try choose(branches, otherwise: otherwise, syntax.span)
    case .list(let elements): return try list(elements, syntax.span)
    case .group(let inner):
      var value = try check(inner)
      value.span = syntax.span
      return value
    case .dateWord(let word): return try dateWord(word, syntax.span)
    case .relative(let length, let ago): return try relative(length, ago: ago, syntax.span)
    case .interpolation(let parts): return try interpolation(parts, syntax.span)
    case .pipeline(let pipeline): return try pipelineValue(pipeline, syntax.span)
    case .records:
      throw fail(
        Diagnostic("K2117", say("a table stands only as a source", "表只能作数据源"), at: syntax.span))
    case .missing: throw Stop()
    }
  }

  /// An expression that must be a condition.
  func condition(_ syntax: ExprSyntax) throws -> Expr {
    let value = try check(syntax)
    return try condition(value)
  }

  func condition(_ value: Typed) throws -> Expr {
    if value.constant == .open { return .bool(true) }
    guard value.type == .bool else {
      throw fail(
        Diagnostic(
          "K2120",
          say(
            "a condition must be true or false, this is \(article(value.type))",
            "条件须为真或假，这里是\(value.type.name)"),
          at: value.span,
          help: value.type.entity != nil || !value.isConstant
            ? say("compare it, or write 'is not empty'", "请作比较，或写“非空”") : nil))
    }
    return value.expr
  }

  func article(_ type: KithType) -> String {
    let name = type.name
    guard let first = name.first else { return name }
    return ("aeio".contains(first) ? "an " : "a ") + name
  }

  /// Money rounded to fen: done wherever a value leaves its expression.
  func rounded(_ expr: Expr) -> Expr {
    switch expr.type {
    case .exactMoney, .floatMoney: .call(.roundMoney, [expr], .money)
    default: expr
    }
  }

  private func negation(_ operand: ExprSyntax, _ span: SourceSpan) throws -> Typed {
    let value = try condition(operand)
    return Typed(.not(value), span)
  }

  func matches(
    _ operand: ExprSyntax, _ pattern: String, _ patternSpan: SourceSpan, negated: Bool,
    _ span: SourceSpan
  ) throws -> Typed {
    var value = try check(operand)
    if let entity = value.type.entity { value.expr = title(of: value.expr, entity) }
    guard value.type == .text else {
      throw mismatch("matches", value.type, .text, span)
    }
    do { _ = try Regex(pattern) } catch {
      throw fail(
        Diagnostic(
          "K2121", say("the pattern does not read as a regular expression", "该模式不是合法的正则表达式"),
          at: patternSpan))
    }
    let test = Expr.call(.matches(pattern), [value.expr], .bool)
    return Typed(negated ? .not(test) : test, span)
  }

  func choose(
    _ branches: [(condition: ExprSyntax, value: ExprSyntax)], otherwise: ExprSyntax?,
    _ span: SourceSpan
  ) throws -> Typed {
    let conditions = branches.map { branch in attempt { try self.condition(branch.condition) } }
    var values = branches.map { branch in attempt { try self.check(branch.value) } }
    if let otherwise { values.append(attempt { try self.check(otherwise) }) }
    let goodConditions = conditions.compactMap { $0 }
    let goodValues = values.compactMap { $0 }
    guard goodConditions.count == conditions.count, goodValues.count == values.count else {
      throw Stop()
    }
    let (exprs, type) = try unify(goodValues, span)
    let choices = zip(goodConditions, exprs).map { Choice(condition: $0, value: $1) }
    let last = otherwise == nil ? nil : exprs.last
    return Typed(Expr(.choose(choices, otherwise: last), type), span)
  }

  /// The common type of several values: a column decides, constants adapt, int widens to float.
  func unify(_ values: [Typed], _ span: SourceSpan) throws -> ([Expr], KithType) {
    let columns = values.filter { !$0.isConstant }
    var type: KithType
    if let first = columns.first {
      type = first.type
      for value in columns.dropFirst() {
        guard let common = commonType(type, value.type) else {
          throw mismatch("case", type, value.type, value.span)
        }
        type = common
      }
      // A constant of decimals among whole numbers makes them decimals.
      if type == .int, values.contains(where: { $0.isConstant && $0.type == .float }) {
        type = .float
      }
    } else {
      type = values.first { $0.constant != .empty && $0.constant != .open }?.type ?? .text
      for value in values where value.constant != .empty && value.constant != .open {
        guard let common = commonType(type, value.type) else {
          throw mismatch("case", type, value.type, value.span)
        }
        type = common
      }
    }
    if case .exactMoney = type { type = .money }
    if type == .floatMoney { type = .money }
    let exprs = try values.map { try self.convert($0, to: type) }
    return (exprs, type)
  }

  func commonType(_ a: KithType, _ b: KithType) -> KithType? {
    if a == b { return a }
    if a.isMoney, b.isMoney { return .money }
    switch (a, b) {
    case (.int, .float), (.float, .int): return .float
    case (.percent, .float), (.float, .percent): return .float
    case (.percent, .int), (.int, .percent): return .float
    case (.empty, _): return b
    case (_, .empty): return a
    case (.date, .time), (.time, .date): return .time
    case (.duration(let x), .duration(let y)) where x != .months && y != .months:
      return .duration(.microseconds)
    default: return nil
    }
  }

  /// A value brought to a type it is known to fit: constants adapt, numbers widen, money is rounded.
  func convert(_ value: Typed, to type: KithType) throws -> Expr {
    if let constant = value.constant {
      guard let expr = adapt(constant, to: type, span: value.span) else {
        throw mismatch("=", value.type, type, value.span)
      }
      return expr
    }
    return try convert(value.expr, to: type, span: value.span)
  }

  func convert(_ expr: Expr, to type: KithType, span: SourceSpan) throws -> Expr {
    if expr.type == type { return expr }
    switch (expr.type, type) {
    case (.exactMoney, .money), (.floatMoney, .money): return .call(.roundMoney, [expr], .money)
    case (.int, .float), (.percent, .float), (.int, .percent), (.float, .percent):
      return .call(.toFloat, [expr], type)
    case (.date, .time): return .call(.dayStart, [expr], .time)
    case (.duration(.days), .duration(.microseconds)):
      return .call(.daysToMicroseconds, [expr], type)
    case (.empty, _): return .empty(type)
    default: throw mismatch("=", expr.type, type, span)
    }
  }

  private func list(_ elements: [ExprSyntax], _ span: SourceSpan) throws -> Typed {
    let values = elements.map { element in attempt { try self.check(element) } }
    let good = values.compactMap { $0 }
    guard good.count == values.count else { throw Stop() }
    guard !good.isEmpty else { return Typed(Expr(.operation(.makeList, []), .list(.text)), span) }
    let (exprs, type) = try unify(good, span)
    return Typed(.call(.makeList, exprs, .list(type)), span)
  }

  private func interpolation(_ parts: [InterpolationPart], _ span: SourceSpan) throws -> Typed {
    var exprs: [Expr] = []
    var whole = ""
    var constant = true
    var failed = false
    for part in parts {
      switch part {
      case .text(let text):
        exprs.append(.text(text))
        whole += text
      case .value(let syntax):
        constant = false
        guard let value = attempt({ try self.check(syntax) }) else {
          failed = true
          continue
        }
        exprs.append(shownText(value.expr))
      }
    }
    if failed { throw Stop() }
    if constant { return Typed(.text(whole), span, constant: .text(whole)) }
    return Typed(.call(.interpolate, exprs, .text), span)
  }

  /// A value as the text a cell would show.
  func shownText(_ expr: Expr) -> Expr {
    let shown = shownForm(expr)
    return shown.type == .text ? shown : .call(.toText, [shown], .text)
  }

  func mismatch(_ operation: String, _ a: KithType, _ b: KithType, _ span: SourceSpan) -> Stop {
    fail(
      Diagnostic(
        "K2110",
        say(
          "'\(operation)' does not fit \(article(a)) and \(article(b))",
          "“\(operation)”不能用于 \(a.name) 和 \(b.name)"), at: span, help: conversionHelp(a, b)))
  }

  private func conversionHelp(_ a: KithType, _ b: KithType) -> String? {
    switch (a, b) {
    case (.text, .int), (.text, .float), (.int, .text), (.float, .text), (.money, .text):
      say("number(…) reads a number from a text, text(…) writes one", "数值(…) 由文本读数，文本(…) 写成文本")
    case (.text, .money): say("money(…) reads an amount from a text", "金额(…) 由文本读出金额")
    case (.text, .date), (.date, .text), (.time, .text):
      say("date(…) reads a date from a text", "日期(…) 由文本读出日期")
    case (.date, .duration), (.time, .duration):
      say("a date is compared with a date: 3 months ago", "日期要与日期比较，如 3个月前")
    default: nil
    }
  }
}

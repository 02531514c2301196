import KithBase
import KithLanguage
import KithModel

/// `=`, `<`, `~`, `in` and their like, by the table of types.
extension Checker {
  func binary(
    _ op: BinaryOperator, _ left: ExprSyntax, _ right: ExprSyntax, _ span: SourceSpan
  ) throws -> Typed {
    switch op {
    case .and, .or:
      let a = attempt { try self.condition(left) }
      let b = attempt { try self.condition(right) }
      guard let a, let b else { throw Stop() }
      return Typed(.call(op == .and ? .and : .or, [a, b], .bool), span)
    case .coalesce:
      let a = attempt { try self.check(left) }
      let b = attempt { try self.check(right) }
      guard let a, let b else { throw Stop() }
      let (exprs, type) = try unify([a, b], span)
      return Typed(.call(.coalesce, exprs, type), span, label: a.label)
    case .add, .subtract, .multiply, .divide, .remainder:
      let a = attempt { try self.check(left) }
      let b = attempt { try self.check(right) }
      guard let a, let b else { throw Stop() }
      return try arithmetic(op, a, b, span)
    default:
      let (a, b) = try sides(left, right)
      return try comparison(op, a, b, span)
    }
  }

  /// Both sides of a test. Beside an enumeration a bare word or a text is one of its values.
  func sides(_ left: ExprSyntax, _ right: ExprSyntax) throws -> (Typed, Typed) {
    if isBareWord(left), !isBareWord(right), !resolves(left) {
      let b = try check(right)
      let a = try value(left, beside: b)
      return (a, b)
    }
    let a = attempt { try self.check(left) }
    guard let a else {
      if !isBareWord(right) { _ = attempt { try self.check(right) } }
      throw Stop()
    }
    return (a, try value(right, beside: a))
  }

  private func isBareWord(_ syntax: ExprSyntax) -> Bool {
    if case .name = syntax.kind { return true }
    return false
  }

  func resolves(_ syntax: ExprSyntax) -> Bool { attemptQuietly { try self.check(syntax) } != nil }

  /// The other side of a test against `other`.
  func value(_ syntax: ExprSyntax, beside other: Typed) throws -> Typed {
    guard case .name(let name) = syntax.kind, !name.quoted else {
      if case .group(let inner) = syntax.kind { return try value(inner, beside: other) }
      return try check(syntax)
    }
    switch other.type {
    case .enumeration(let enumeration):
      if let found = index.value(name.text, of: enumeration) {
        if let column = quietly(syntax), column.type == other.type {
          throw fail(
            Diagnostic(
              "K2119",
              say(
                "'\(name.text)' is a value of \(enumeration) and also a column of it",
                "“\(name.text)”既是\(enumeration)的取值，也是同类的列"),
              at: name.span,
              help: say(
                "write \(enumeration).\(found.code) or `\(name.text)`",
                "请写 \(enumeration).\(found.code) 或 `\(name.text)`")))
        }
        return Typed(Expr(.literal(.code(found.code)), other.type), name.span, label: found.code)
      }
      if let column = quietly(syntax), column.type == other.type { return try check(syntax) }
      throw unknownValue(name.text, of: enumeration, at: name.span)
    case .object("stage"):
      if let code = stageCode(name.text) {
        return Typed(.text(code), name.span, constant: .text(code))
      }
      if quietly(syntax) != nil { return try check(syntax) }
      throw unknownStage(name.text, at: name.span)
    default: return try check(syntax)
    }
  }

  private func quietly(_ syntax: ExprSyntax) -> Typed? { attemptQuietly { try self.check(syntax) } }

  // MARK: Comparisons

  func comparison(_ op: BinaryOperator, _ left: Typed, _ right: Typed, _ span: SourceSpan) throws
    -> Typed
  {
    // A value not known yet fits; the test is none that is always true.
    if left.constant == .open || right.constant == .open {
      return Typed(.not(.bool(false)), span)
    }
    try refuseEmpty(op, left, right, span)
    switch op {
    case .contains, .notContains, .startsWith, .notStartsWith, .endsWith, .notEndsWith:
      return try textTest(op, left, right, span)
    default: break
    }
    let comparison = Comparison(rawValue: op.rawValue) ?? .equal
    return Typed(try compare(comparison, left, right, span), span)
  }

  private func refuseEmpty(
    _ op: BinaryOperator, _ left: Typed, _ right: Typed, _ span: SourceSpan
  ) throws {
    guard left.constant == .empty || right.constant == .empty else { return }
    let other = left.constant == .empty ? right : left
    let negated = op == .notEqual
    let replacement = text[other.span] + (negated ? " is not empty" : " is empty")
    throw fail(
      Diagnostic(
        "K2109", say("nothing is equal to empty", "没有值等于空"), at: span,
        help: say("ask 'is empty' or 'is not empty'", "请用“为空”“非空”"),
        fix: op == .equal || negated ? .init(span: span, replacement: replacement) : nil))
  }

  /// One test of the table; never empty.
  func compare(_ op: Comparison, _ left: Typed, _ right: Typed, _ span: SourceSpan) throws -> Expr {
    switch (left.type, right.type) {
    case (.object(let entity), _) where !isObject(right):
      return try objectTest(op, left, entity, right, span)
    case (_, .object(let entity)) where !isObject(left):
      return try objectTest(op.mirrored, right, entity, left, span)
    case (.object(let a), .object(let b)): return try objects(op, left, a, right, b, span)
    case (.enumeration(let name), _): return try enumerated(op, left, name, right, span)
    case (_, .enumeration(let name)): return try enumerated(op.mirrored, right, name, left, span)
    default: break
    }
    if isTime(left, beside: right), isTime(right, beside: left) {
      return try times(op, left, right, span)
    }
    let (a, b) = try sameType(op.rawValue, left, right, span)
    if a.type == .bool, op != .equal, op != .notEqual {
      throw mismatch(op.rawValue, a.type, b.type, span)
    }
    if case .list = a.type { throw mismatch(op.rawValue, a.type, b.type, span) }
    return .compare(op, a, b)
  }

  private func isObject(_ value: Typed) -> Bool { value.type.entity != nil }

  /// Both sides brought to one type: a constant adapts, int widens to float, money is rounded.
  func sameType(_ word: String, _ left: Typed, _ right: Typed, _ span: SourceSpan) throws
    -> (Expr, Expr)
  {
    if let constant = right.constant, !left.isConstant {
      guard let b = adapt(constant, to: comparedType(left.type), span: right.span) else {
        throw mismatchOfConstant(word, left, right, span)
      }
      return widen(rounded(left.expr), b)
    }
    if let constant = left.constant {
      if let a = adapt(constant, to: comparedType(right.type), span: left.span) {
        return widen(a, rounded(right.expr))
      }
      guard let second = right.constant, let b = adapt(second, to: left.type, span: right.span)
      else { throw mismatchOfConstant(word, right, left, span) }
      return widen(left.expr, b)
    }
    let a = rounded(left.expr)
    let b = rounded(right.expr)
    guard let type = commonType(a.type, b.type) else { throw mismatch(word, a.type, b.type, span) }
    return (
      try convert(a, to: type, span: left.span), try convert(b, to: type, span: right.span)
    )
  }

  private func comparedType(_ type: KithType) -> KithType {
    switch type {
    case .exactMoney, .floatMoney: .money
    default: type
    }
  }

  /// `int < 2.5` compares as floats.
  private func widen(_ a: Expr, _ b: Expr) -> (Expr, Expr) {
    switch (a.type, b.type) {
    case (.int, .float): (.call(.toFloat, [a], .float), b)
    case (.float, .int): (a, .call(.toFloat, [b], .float))
    case (.percent, .float), (.float, .percent): (a, b)
    default: (a, b)
    }
  }

  private func mismatchOfConstant(
    _ word: String, _ column: Typed, _ constant: Typed, _ span: SourceSpan
  ) -> Stop {
    var help: String?
    if case .duration(let unit) = column.type, case .duration? = constant.constant {
      help =
        unit == .months
        ? say("months compare with months only", "月只能与月相比")
        : say(
          "days do not compare with months; test a date: created < 3 months ago",
          "天不能与月相比；请比较日期：创建时间 < 3个月前")
    }
    var fix: Diagnostic.Fix?
    if column.type.isNumber || column.type.isMoney, case .text(let text)? = constant.constant,
      Double(text) != nil
    {
      fix = .init(span: constant.span, replacement: text)
    }
    return fail(
      Diagnostic(
        "K2110",
        say(
          "'\(word)' does not fit \(article(column.type)) and \(article(constant.type))",
          "“\(word)”不能用于 \(column.type.name) 和 \(constant.type.name)"), at: span, help: help,
        fix: fix))
  }

  private func enumerated(
    _ op: Comparison, _ left: Typed, _ name: String, _ right: Typed, _ span: SourceSpan
  ) throws -> Expr {
    let ordered = index.catalogue.enumeration(name)?.ordered ?? false
    if op != .equal, op != .notEqual, !ordered {
      throw fail(
        Diagnostic(
          "K2128",
          say(
            "\(name) has no order, so '\(op.rawValue)' says nothing",
            "\(name)没有次序，不能用“\(op.rawValue)”"),
          at: span))
    }
    if let constant = right.constant {
      guard case .text = constant, let b = adapt(constant, to: left.type, span: right.span) else {
        if case .text = constant { throw Stop() }
        throw mismatch(op.rawValue, left.type, right.type, span)
      }
      return .compare(op, left.expr, b)
    }
    guard left.type == right.type else { throw mismatch(op.rawValue, left.type, right.type, span) }
    return .compare(op, left.expr, right.expr)
  }

  // MARK: Objects

  private func objects(
    _ op: Comparison, _ left: Typed, _ a: String, _ right: Typed, _ b: String, _ span: SourceSpan
  ) throws -> Expr {
    if a == b {
      if a == "stage", op != .equal, op != .notEqual {
        return .call(.stageOrder(op), [left.expr, right.expr], .bool)
      }
      guard op == .equal || op == .notEqual else {
        throw fail(
          Diagnostic("K2128", say("objects have no order", "对象没有次序"), at: span))
      }
      return .compare(op, left.expr, right.expr)
    }
    // A referrer also equals the customer or contact it stands for.
    for (referrer, other) in [(left, right), (right, left)]
    where referrer.type == .object("referrer") && (op == .equal || op == .notEqual) {
      guard let entity = other.type.entity, entity == "customer" || entity == "contact" else {
        continue
      }
      let stands = Expr(
        .field(referrer.expr, entity: "referrer", field: entity), .object(entity))
      return .compare(op, stands, other.expr)
    }
    throw mismatch(op.rawValue, left.type, right.type, span)
  }

  /// An object beside a text: by code, else by name, all who bear it.
  private func objectTest(
    _ op: Comparison, _ object: Typed, _ entity: String, _ other: Typed, _ span: SourceSpan
  ) throws -> Expr {
    if case .text(let text)? = other.constant {
      if entity == "stage" {
        guard let code = stageCode(text) else { throw unknownStage(text, at: other.span) }
        return .call(.stageCompare(op, code: code), [object.expr], .bool)
      }
      guard op == .equal || op == .notEqual else {
        throw fail(Diagnostic("K2128", say("objects have no order", "对象没有次序"), at: span))
      }
      let ids = facts.find(entity, text)
      guard !ids.isEmpty || isExpected(entity, text) else {
        throw unknownObject(text, entity, other.span)
      }
      if ids.count > 1 {
        notes.append(
          Note(
            kind: "several",
            english: "\(ids.count) \(entity) rows are called \(text); all are meant",
            chinese:
              "有 \(ids.count) 个\(index.catalogue.entity(entity)?.zh ?? entity)叫“\(text)”，都算在内"))
      }
      let rows = ids.compactMap { facts.row(of: entity, id: $0) }.map { Scalar.object($0) }
      let test = Expr.call(.isIn(rows), [object.expr], .bool)
      return op == .equal ? test : .not(test)
    }
    if entity == "stage", other.type == .text {
      return .compare(
        op, Expr(.field(object.expr, entity: "stage", field: "code"), .text), other.expr)
    }
    if other.type == .text { return .compare(op, title(of: object.expr, entity), other.expr) }
    throw mismatch(op.rawValue, object.type, other.type, span)
  }

  func unknownObject(_ text: String, _ entity: String, _ span: SourceSpan) -> Stop {
    if quietDepth > 0 { return Stop() }
    let field = index.catalogue.entity(entity)?.title ?? "name"
    let near = Spelling.nearest(text, among: facts.values(of: entity, field: field))
    return fail(
      Diagnostic(
        "K2108",
        say(
          "no \(entity) is called '\(text)'",
          "没有叫“\(text)”的\(index.catalogue.entity(entity)?.zh ?? entity)"),
        at: span,
        fix: near.first.map {
          .init(span: span, replacement: beforeQuote(span) + "\"" + $0 + "\"")
        },
        suggestions: near))
  }

  /// What stands before the name of an object: `customer ` in `customer "华强"`.
  private func beforeQuote(_ span: SourceSpan) -> String {
    let written = text[span]
    guard let quote = written.firstIndex(where: { "\"'“‘「”’".contains($0) }) else { return "" }
    return String(written[..<quote])
  }

  // MARK: Texts

  private func textTest(
    _ op: BinaryOperator, _ left: Typed, _ right: Typed, _ span: SourceSpan
  ) throws -> Typed {
    var operands: [Expr] = []
    for value in [left, right] {
      if let entity = value.type.entity {
        operands.append(title(of: value.expr, entity))
      } else if case .enumeration = value.type {
        operands.append(.call(.toText, [value.expr], .text))
      } else if value.type == .text {
        operands.append(value.expr)
      } else {
        throw mismatch(op.rawValue, left.type, right.type, span)
      }
    }
    let (operation, negated): (Operation, Bool) =
      switch op {
      case .notContains: (.contains, true)
      case .startsWith: (.startsWith, false)
      case .notStartsWith: (.startsWith, true)
      case .endsWith: (.endsWith, false)
      case .notEndsWith: (.endsWith, true)
      default: (.contains, false)
      }
    let test = Expr.call(operation, operands, .bool)
    return Typed(negated ? .not(test) : test, span)
  }
}

extension Comparison {
  /// The same test with the sides changed.
  var mirrored: Comparison {
    switch self {
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    case .equal, .notEqual: self
    }
  }
}

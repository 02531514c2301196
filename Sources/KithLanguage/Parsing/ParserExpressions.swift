import KithBase

/// How tightly operators bind, loosest first.
enum Binding: Int, Comparable {
  case or = 1, and, not, test, value, sum, product, factor

  static func < (left: Binding, right: Binding) -> Bool { left.rawValue < right.rawValue }
}

/// An operator between two values, seen but not yet read.
enum Infix {
  case binary(BinaryOperator)
  case isEmpty(negated: Bool)
  /// `is` before something else than `empty`
  case wrongIs
  case inSet(negated: Bool)
  case between(negated: Bool)
  case matches(negated: Bool)

  var binding: Binding {
    switch self {
    case .binary(.or): .or
    case .binary(.and): .and
    case .binary(.add), .binary(.subtract): .sum
    case .binary(.multiply), .binary(.divide), .binary(.remainder): .product
    case .binary(.coalesce): .value
    default: .test
    }
  }
}

extension Parser {
  mutating func expression() throws(ParseFailure) -> ExprSyntax {
    try operation(.or)
  }

  /// An expression of operators that bind at least as tightly as `minimum`.
  mutating func operation(_ minimum: Binding) throws(ParseFailure) -> ExprSyntax {
    need()
    let start = index
    var (left, level) = try prefixed(minimum)
    while let (infix, length) = infix(), infix.binding >= minimum {
      let leftHeight = height
      let operatorSpan = SourceSpan(
        lexemes[index].span.lower, lexemes[index + length - 1].span.upper)
      let operatorIndex = index
      advance(length, as: .operator)
      left = try joined(left, &level, infix, operatorSpan, operatorIndex, from: start)
      try grow(over: leftHeight, operatorSpan)
    }
    return left
  }

  /// What stands before the first operator between values.
  private mutating func prefixed(
    _ minimum: Binding
  ) throws(ParseFailure) -> (ExprSyntax, Binding) {
    let start = index
    guard at(.not) || at(.exclamation), minimum <= .not else { return (try factor(), .factor) }
    advance(as: .operator)
    let operand = try nested(lexemes[start].span) {
      (parser: inout Parser) throws(ParseFailure) -> ExprSyntax in
      parser.comparing(try parser.operation(.not))
    }
    return (ExprSyntax(.unary(.not, operand), span(from: start)), .not)
  }

  mutating func factor() throws(ParseFailure) -> ExprSyntax {
    need()
    guard at(.minus) else { return try postfix() }
    let start = index
    advance(as: .operator)
    let operand = try nested(lexemes[start].span) {
      (parser: inout Parser) throws(ParseFailure) -> ExprSyntax in
      try parser.factor()
    }
    return ExprSyntax(.unary(.minus, operand), span(from: start))
  }

  // MARK: Operators

  /// The operator that stands here and the number of its tokens.
  private func infix() -> (Infix, Int)? {
    switch kind() {
    case .symbol(let symbol): return Self.symbols[symbol].map { (.binary($0), 1) }
    case .word:
      for phrase in lexemes[place()].phrases where fits(phrase) {
        if let infix = infix(phrase.keyword, phrase.words.count) { return infix }
      }
      return nil
    default: return nil
    }
  }

  private static let symbols: [Symbol: BinaryOperator] = [
    .doubleOr: .or, .doubleAnd: .and, .equal: .equal, .doubleEqual: .equal, .notEqual: .notEqual,
    .less: .less, .lessOrEqual: .lessOrEqual, .greater: .greater,
    .greaterOrEqual: .greaterOrEqual, .tilde: .contains, .notTilde: .notContains, .plus: .add,
    .minus: .subtract, .star: .multiply, .slash: .divide, .percent: .remainder,
    .coalesce: .coalesce,
  ]

  private static let words: [Keyword: BinaryOperator] = [
    .or: .or, .and: .and, .equalTo: .equal, .notEqualTo: .notEqual, .lessThan: .less,
    .notGreater: .lessOrEqual, .greaterThan: .greater, .notLess: .greaterOrEqual,
    .contains: .contains, .notContains: .notContains, .startsWith: .startsWith,
    .endsWith: .endsWith,
  ]

  /// What an infix word says whose phrase has `length` tokens.
  private func infix(_ keyword: Keyword, _ length: Int) -> (Infix, Int)? {
    if let binary = Self.words[keyword] { return (.binary(binary), length) }
    switch keyword {
    case .in: return (.inSet(negated: false), length)
    case .notIn: return (.inSet(negated: true), length)
    case .between: return (.between(negated: false), length)
    case .matches: return (.matches(negated: false), length)
    case .isEmpty: return (.isEmpty(negated: false), length)
    case .isNotEmpty: return (.isEmpty(negated: true), length)
    case .is: return isEmptyWord(length)
    case .not: return negated(length)
    default: return nil
    }
  }

  /// `is 空`: both halves in their own tongue.
  private func isEmptyWord(_ length: Int) -> (Infix, Int) {
    if at(.empty, length) { return (.isEmpty(negated: false), length + 1) }
    if at(.not, length), at(.empty, length + 1) { return (.isEmpty(negated: true), length + 2) }
    return (.wrongIs, length)
  }

  private func negated(_ length: Int) -> (Infix, Int)? {
    let tests: [(Keyword, Infix)] = [
      (.in, .inSet(negated: true)), (.between, .between(negated: true)),
      (.startsWith, .binary(.notStartsWith)), (.endsWith, .binary(.notEndsWith)),
      (.matches, .matches(negated: true)),
    ]
    for (keyword, infix) in tests {
      let next = self.length(of: keyword, length)
      if next > 0 { return (infix, length + next) }
    }
    return nil
  }

  /// Reads the right side and joins it to `left`, whose loosest operator is of `level`.
  private mutating func joined(
    _ left: ExprSyntax, _ level: inout Binding, _ infix: Infix, _ operatorSpan: SourceSpan,
    _ operatorIndex: Int, from start: Int
  ) throws(ParseFailure) -> ExprSyntax {
    let binding = infix.binding
    if binding == .test, level == .test {
      return try chained(left, infix, operatorSpan, operatorIndex, from: start)
    }
    let isMixed =
      binding == .value
      ? level == .sum || level == .product
      : (binding == .sum || binding == .product) && level == .value
    let kind: ExprSyntax.Kind
    switch infix {
    case .binary(let op):
      let right: ExprSyntax
      switch binding {
      case .or: right = comparing(try operation(.and))
      case .and: right = comparing(try operation(.not))
      case .test: right = try operation(.value)
      case .sum: right = try operation(.product)
      default: right = try factor()
      }
      let isLogic = binding == .or || binding == .and
      kind = .binary(op, isLogic ? comparing(left) : left, right)
    case .isEmpty(let negated):
      leaf()
      kind = .isEmpty(left, negated: negated)
    case .wrongIs: kind = try wrongIs(left, operatorSpan)
    case .inSet(let negated): kind = .inSet(left, try set(), negated: negated)
    case .between(let negated):
      let lower = try operation(.value)
      let lowerHeight = height
      try boundsWord()
      let upper = try operation(.value)
      height = max(lowerHeight, height)
      kind = .between(left, lower, upper, negated: negated)
    case .matches(let negated):
      let (pattern, span) = try pattern()
      kind = .matches(left, pattern: pattern, patternSpan: span, negated: negated)
    }
    level = binding
    let result = ExprSyntax(kind, span(from: start))
    if isMixed { reportMixed(result, operatorSpan) }
    return result
  }

  private mutating func boundsWord() throws(ParseFailure) {
    need()
    if accept(.betweenAnd, as: .operator) || accept(.and, as: .operator) { return }
    if accept(.doubleAnd) { return }
    throw expected("'and'", "“与”")
  }

  private mutating func pattern() throws(ParseFailure) -> (String, SourceSpan) {
    need()
    guard isText() else { throw expected("a pattern in quotes", "引号中的模式") }
    let span = lexemes[index].span
    advance(as: .text)
    leaf()
    guard let parts = TextParts(source, span, formatted: false) else { return ("", span) }
    return (TextDecoder(source, tongue: tongue).pattern(parts), span)
  }

  // MARK: Faults that are mended

  /// `a < b <= c` holds for both; any other second test is an error.
  private mutating func chained(
    _ left: ExprSyntax, _ infix: Infix, _ operatorSpan: SourceSpan, _ operatorIndex: Int,
    from start: Int
  ) throws(ParseFailure) -> ExprSyntax {
    guard case .binary(let second) = infix, case .binary(let first, let a, let b) = left.kind,
      let direction = Self.direction(first), direction == Self.direction(second)
    else { throw fail(.comparisonChain, operatorSpan, place: operatorIndex) }
    let right = try operation(.value)
    return ExprSyntax(.chained(a, first, b, second, right), span(from: start))
  }

  private static func direction(_ op: BinaryOperator) -> Int? {
    switch op {
    case .less, .lessOrEqual: 1
    case .greater, .greaterOrEqual: -1
    default: nil
    }
  }

  /// `tier is "V1"` is read as `tier = "V1"`.
  private mutating func wrongIs(
    _ left: ExprSyntax, _ span: SourceSpan
  ) throws(ParseFailure) -> ExprSyntax.Kind {
    var span = span
    let isNegated = at(.not)
    if isNegated {
      span.upper = lexemes[index].span.upper
      advance(as: .operator)
    }
    guard beginsExpression() else { throw expected("'empty'", "“empty”") }
    let sign = isNegated ? "!=" : "="
    report(
      .isNeedsEmpty, span, fix: Diagnostic.Fix(span: span, replacement: sign),
      suggestions: [sign])
    return .binary(isNegated ? .notEqual : .equal, left, try operation(.value))
  }

  /// `a + b ?? 0`: both readings are shown, none is taken in silence.
  private mutating func reportMixed(_ expr: ExprSyntax, _ operatorSpan: SourceSpan) {
    guard case .binary(let second, let left, let c) = expr.kind,
      case .binary(let first, let a, let b) = left.kind
    else { return }
    let (one, two, three) = (source[a.span], source[b.span], source[c.span])
    let readings = [
      "(\(one) \(first.rawValue) \(two)) \(second.rawValue) \(three)",
      "\(one) \(first.rawValue) (\(two) \(second.rawValue) \(three))",
    ]
    report(
      .coalesceMixed, operatorSpan,
      help: tongue == .english
        ? "write \(readings[0]) or \(readings[1])" : "写作 \(readings[0]) 或 \(readings[1])",
      suggestions: readings)
  }

  /// `city "深圳"` where a condition stands is read as `city = "深圳"`.
  mutating func comparing(_ expr: ExprSyntax) -> ExprSyntax {
    guard case .one(let name, let key) = expr.kind else { return expr }
    let gap = SourceSpan(name.span.upper, name.span.upper)
    let value: ExprSyntax
    let keySpan = SourceSpan(name.span.upper, expr.span.upper)
    switch key {
    case .text(let text): value = ExprSyntax(.literal(.text(text)), keySpan)
    case .id(let id): value = ExprSyntax(.literal(.int(id)), keySpan)
    }
    let written = source[keySpan].drop { $0 == " " || $0 == "\t" }
    report(
      .objectAsCondition(name.text), expr.span,
      fix: Diagnostic.Fix(span: gap, replacement: " ="),
      suggestions: ["\(source[name.span]) = \(written)"])
    return ExprSyntax(.binary(.equal, ExprSyntax(.name(name), name.span), value), expr.span)
  }

  // MARK: Sets

  /// What stands after `in`: elements in brackets, or one value.
  mutating func set() throws(ParseFailure) -> SetSyntax {
    need()
    if at(.openParenthesis) {
      let start = index
      let elements = try bracketed(.closeParenthesis, fallback: []) {
        (parser: inout Parser) throws(ParseFailure) -> [PipelineSyntax] in
        var result = [try parser.pipeline(isOuter: false)]
        while parser.accept(.comma) { result.append(try parser.pipeline(isOuter: false)) }
        return result
      }
      if elements.isEmpty {
        return .value(ExprSyntax(.missing, span(from: start)))
      }
      return .elements(elements)
    }
    let value = try operation(.value)
    if case .literal(.duration) = value.kind {
      let written = source[value.span]
      let next = Vocabulary.spelling(.next, tongue)
      let space = written.utf8.contains { $0 >= 0x80 } && tongue == .chinese ? "" : " "
      report(
        .bareDurationInSet, value.span,
        fix: Diagnostic.Fix(span: value.span, replacement: next + space + written),
        suggestions: [next + space + written])
    }
    return .value(value)
  }
}

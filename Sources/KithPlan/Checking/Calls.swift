import KithBase
import KithLanguage
import KithModel

/// Calls by name: aggregates, `def`s, date cuts, conversions, functions of the catalogue.
extension Checker {
  func call(_ name: NameSyntax, _ call: CallSyntax, _ syntax: ExprSyntax) throws -> Typed {
    if let definition = environment.definitions[fold(name.text)] {
      return try apply(definition, call, syntax.span)
    }
    // `days_in(C)`, `reached(D)`: a derived field of the row that takes arguments.
    for scope in scopes.reversed() {
      guard let object = scope.object, let entity = object.type.entity,
        case .derived(let spec)? = index.member(name.text, of: entity)
      else { continue }
      if spec.parameters.isEmpty, spec.name != "skipped", spec.name != "reached" { break }
      let expr = try derivedField(spec, call: call, of: object, entity: entity, span: syntax.span)
      return Typed(expr, syntax.span, label: spec.name)
    }
    if let filled = try filled(name, call, syntax.span) { return filled }
    if let aggregate = AggregateName.find(name.text) {
      return try self.aggregate(aggregate, call, syntax)
    }
    if let unit = CalendarUnit(rawValue: fold(name.text)) ?? chineseUnit(name.text) {
      return try cut(unit, call, syntax)
    }
    switch fold(name.text) {
    case "if", "若": return try conditional(call, syntax)
    case "coalesce": return try coalesce(call, syntax)
    case "text", "文本":
      if call.arguments.count == 1, let value = try values(call).first, value.type != .text {
        return Typed(shownText(rounded(value.expr)), syntax.span, label: value.label)
      }
    default: break
    }
    return try function(name, call, syntax)
  }

  private func chineseUnit(_ word: String) -> CalendarUnit? {
    switch word {
    case "日": .day
    case "周": .week
    case "月": .month
    case "季度": .quarter
    case "年": .year
    default: nil
    }
  }

  private func values(_ call: CallSyntax) throws -> [Typed] {
    let checked = call.arguments.map { argument in
      attempt { () -> Typed in
        guard let expr = self.lone(argument.value) else {
          return try self.pipelineValue(argument.value, argument.value.span)
        }
        return try self.check(expr)
      }
    }
    let good = checked.compactMap { $0 }
    guard good.count == checked.count else { throw Stop() }
    return good
  }

  /// `month(created)`: the period that holds a day.
  private func cut(_ unit: CalendarUnit, _ call: CallSyntax, _ syntax: ExprSyntax) throws -> Typed {
    let arguments = try values(call)
    guard arguments.count == 1, let value = arguments.first else {
      throw wrongCount(unit.rawValue, "1", syntax.span)
    }
    let day: Expr
    switch value.type {
    case .date: day = value.expr
    case .time: day = .call(.localDay, [value.expr], .date)
    case .period: day = .call(.periodStart, [value.expr], .date)
    default:
      if let constant = value.constant, let date = adapt(constant, to: .date, span: value.span) {
        day = date
      } else {
        throw mismatch(unit.rawValue, value.type, .date, syntax.span)
      }
    }
    return Typed(.call(.period(unit), [day], .period(unit)), syntax.span, label: unit.rawValue)
  }

  private func conditional(_ call: CallSyntax, _ syntax: ExprSyntax) throws -> Typed {
    guard (2...3).contains(call.arguments.count) else { throw wrongCount("if", "2–3", syntax.span) }
    let parts = call.arguments.compactMap { lone($0.value) }
    guard parts.count == call.arguments.count else { throw Stop() }
    return try choose(
      [(condition: parts[0], value: parts[1])], otherwise: parts.count == 3 ? parts[2] : nil,
      syntax.span)
  }

  private func coalesce(_ call: CallSyntax, _ syntax: ExprSyntax) throws -> Typed {
    let arguments = try values(call)
    guard !arguments.isEmpty else { throw wrongCount("coalesce", "1+", syntax.span) }
    let (exprs, type) = try unify(arguments, syntax.span)
    return Typed(.call(.coalesce, exprs, type), syntax.span)
  }

  func wrongCount(_ name: String, _ count: String, _ span: SourceSpan) -> Stop {
    fail(
      Diagnostic(
        "K2139",
        say("\(name) takes \(count) argument\(count == "1" ? "" : "s")", "\(name) 要 \(count) 个参数"),
        at: span))
  }

  private func function(_ name: NameSyntax, _ call: CallSyntax, _ syntax: ExprSyntax) throws
    -> Typed
  {
    guard let spec = functions.find(name.text) else { throw unknownFunction(name) }
    if let clause = call.filter?.span ?? call.sort.first?.expr.span {
      throw fail(
        Diagnostic(
          "K2140",
          say(
            "\(spec.name) is no aggregate, it takes no 'where' or 'sort'",
            "\(spec.name) 不是聚合，没有“其中”“排序”"), at: clause))
    }
    let arguments = try values(call)
    guard spec.arity.contains(arguments.count) else {
      let count =
        spec.arity.lowerBound == spec.arity.upperBound
        ? "\(spec.arity.lowerBound)" : "\(spec.arity.lowerBound)–\(spec.arity.upperBound)"
      throw wrongCount(spec.name, count, syntax.span)
    }
    if arguments.contains(where: { $0.constant == .open }) {
      return Typed(.empty(.empty), syntax.span, constant: .open)
    }
    let exprs = arguments.map { argument -> Expr in
      if let entity = argument.type.entity { return title(of: argument.expr, entity) }
      return rounded(argument.expr)
    }
    var types = exprs.map(\.type)
    guard let result = spec.resultType(types) else {
      throw fail(
        Diagnostic(
          "K2110",
          say(
            "\(spec.name) does not take \(types.map { article($0) }.joined(separator: ", "))",
            "\(spec.name) 不接受 \(types.map(\.name).joined(separator: "、"))"),
          at: syntax.span, help: spec.signature))
    }
    let wanted = spec.argumentTypes(types)
    var converted: [Expr] = []
    for (place, expr) in exprs.enumerated() {
      let target = place < wanted.count ? wanted[place] : expr.type
      if let constant = arguments[place].constant, target != expr.type,
        let adapted = adapt(constant, to: target, span: arguments[place].span)
      {
        converted.append(adapted)
      } else {
        converted.append(try convert(expr, to: target, span: arguments[place].span))
      }
    }
    types = converted.map(\.type)
    return Typed(Expr(.function(spec.name, converted), result), syntax.span, label: spec.name)
  }

  private func unknownFunction(_ name: NameSyntax) -> Stop {
    let names =
      functions.functions.flatMap { [$0.name, $0.zh] } + AggregateName.allCases.map(\.rawValue)
      + environment.definitions.keys
    let near = Spelling.nearest(name.text, among: names)
    return fail(
      Diagnostic(
        "K2102", say("no function '\(name.text)'", "没有函数“\(name.text)”"), at: name.span,
        fix: near.first.map { .init(span: name.span, replacement: $0) }, suggestions: near))
  }

  // MARK: def

  /// Binds the parameters of a `def` to the arguments of a call.
  func bind(
    _ definition: Definition, _ call: CallSyntax?, rows: Flow?, _ span: SourceSpan
  ) throws -> Environment {
    var environment = definition.environment
    var parameters = definition.parameters[...]
    if let rows, let first = parameters.first {
      environment.bindings[fold(first.name.text)] = .rows(rows)
      parameters = parameters.dropFirst()
    }
    var positional: [ArgumentSyntax] = []
    var labelled: [String: ArgumentSyntax] = [:]
    for argument in call?.arguments ?? [] {
      if let label = argument.label {
        labelled[fold(label.text)] = argument
      } else {
        positional.append(argument)
      }
    }
    guard positional.count <= parameters.count else {
      throw wrongCount(definition.name, "\(parameters.count)", span)
    }
    for (place, parameter) in parameters.enumerated() {
      let argument =
        place < positional.count ? positional[place] : labelled[fold(parameter.name.text)]
      if let argument {
        if let expr = lone(argument.value), !isTable(expr) {
          environment.bindings[fold(parameter.name.text)] = .value(try check(expr))
        } else {
          environment.bindings[fold(parameter.name.text)] = .table(argument.value, self.environment)
        }
      } else if let value = parameter.defaultValue {
        environment.bindings[fold(parameter.name.text)] = .value(
          try independent { try self.check(value) })
      } else {
        throw fail(
          Diagnostic(
            "K2139",
            say(
              "\(definition.name) needs '\(parameter.name.text)'",
              "\(definition.name) 缺少参数“\(parameter.name.text)”"),
            at: span))
      }
    }
    return environment
  }

  private func apply(_ definition: Definition, _ call: CallSyntax, _ span: SourceSpan) throws
    -> Typed
  {
    guard let body = lone(definition.body) else {
      return try pipelineValue(
        PipelineSyntax(
          asOf: nil,
          source: SourceSyntax(
            kind: .expr(ExprSyntax(.call(NameSyntax(definition.name, span), call), span)),
            alias: nil, span: span),
          stages: [], span: span), span)
    }
    definitionCalls += 1
    guard depth < 32 else { throw tooDeep(span) }
    guard definitionCalls <= 2_000 else { throw tooLong(span) }
    depth += 1
    let inner = try bind(definition, call, rows: nil, span)
    let saved = scopes
    defer {
      scopes = saved
      depth -= 1
    }
    // The body sees its parameters only; the row behind them stays for windows and relations.
    scopes = scopes.map { _ in RowScope(object: nil) }
    var result = try within(inner) { try self.check(body) }
    result.span = span
    var room = 20_000
    result.expr.measure(&room)
    guard room > 0 else { throw tooLong(span) }
    return result
  }

  private func tooLong(_ span: SourceSpan) -> Stop {
    let count = diagnosticCount
    let stop = fail(
      Diagnostic(
        "K2309", say("definitions written out here become too long", "定义在这里展开后过长"), at: span,
        help: say("keep a step in a column: | extend x = …", "请先存为列：| 增列 x = …")))
    // One report is enough for all the places it happens at.
    if definitionCalls > 2_001 { forgetDiagnostics(after: count) }
    return stop
  }

  func tooDeep(_ span: SourceSpan) -> Stop {
    fail(Diagnostic("K2301", say("definitions call each other too deeply", "定义互相调用过深"), at: span))
  }
}

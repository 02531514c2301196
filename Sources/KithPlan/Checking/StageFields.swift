import KithBase
import KithLanguage
import KithModel

/// Derived fields that the engine computes by an algorithm, and the stages some of them name.
extension Checker {
  func algorithm(
    _ spec: DerivedSpec, _ call: CallSyntax?, _ entity: String, _ span: SourceSpan
  ) throws -> (algorithm: DerivedAlgorithm, arguments: [String])? {
    switch (entity, spec.name) {
    case ("customer", "generation"), ("referral", "generation"): return (.generation, [])
    case ("referral", "root"): return (.root, [])
    case ("opportunity", "current_days"): return (.currentDays, [])
    case ("stage", "usual_days"): return (.usualDays, [])
    case ("opportunity", "missing_roles"): return (.missingRoles, [])
    case ("opportunity", "skipped"):
      guard let call, !call.arguments.isEmpty else { return (.skipped(stage: nil), []) }
      let stage = try stageArgument(spec, call, span)
      return (.skipped(stage: stage), [stage])
    case ("opportunity", "days_in"):
      let stage = try stageArgument(spec, call, span)
      return (.daysIn(stage: stage), [stage])
    case ("opportunity", "entered"):
      let stage = try stageArgument(spec, call, span)
      return (.entered(stage: stage), [stage])
    case ("opportunity", "reached"):
      let stage = try stageArgument(spec, call, span)
      let days = try withinArgument(call, span)
      return (.reached(stage: stage, withinDays: days), [stage, days.map(String.init) ?? ""])
    default: return nil
    }
  }

  private func stageArgument(_ spec: DerivedSpec, _ call: CallSyntax?, _ span: SourceSpan) throws
    -> String
  {
    guard let argument = call?.arguments.first(where: { $0.label == nil }),
      let expr = lone(argument.value)
    else {
      throw fail(
        Diagnostic(
          "K2139",
          say("\(spec.name) needs a stage: \(spec.name)(D)", "\(spec.zh) 要写阶段：\(spec.zh)(D)"),
          at: span))
    }
    return try stage(expr)
  }

  /// A stage named in the text: a bare word, a text, or `stage.D`; `won` is the closing.
  func stage(_ expr: ExprSyntax) throws -> String {
    let word: String
    switch expr.kind {
    case .name(let name): word = name.text
    case .literal(.text(let text)): word = text
    case .member(_, let name, nil): word = name.text
    default:
      throw fail(Diagnostic("K2107", say("a stage is meant here", "这里要写阶段"), at: expr.span))
    }
    if ["won", "赢单"].contains(fold(word)), stageCode(word) == nil { return "won" }
    guard let code = stageCode(word) else { throw unknownStage(word, at: expr.span) }
    return code
  }

  private func withinArgument(_ call: CallSyntax?, _ span: SourceSpan) throws -> Int64? {
    guard let argument = call?.arguments.first(where: { $0.label != nil }) else { return nil }
    guard ["within", "限"].contains(fold(argument.label?.text ?? "")),
      let expr = lone(argument.value),
      case .duration(let length)? = try check(expr).constant, length.months == 0,
      length.microseconds == 0
    else {
      throw fail(
        Diagnostic(
          "K2126", say("'within:' takes days, such as within: 30 days", "“限:”后面写天数，如 限: 30天"),
          at: argument.value.span))
    }
    return length.days
  }
}

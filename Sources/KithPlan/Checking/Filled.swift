import KithBase
import KithLanguage
import KithModel

/// `filled(city, phone, contacts)` and `unfilled(…)`: which of several names have a value.
///
/// A path to many counts as filled where any child has a value. A setting that lists names stands for
/// these names, so that a book says for itself what a complete file is.
extension Checker {
  /// A name with its test.
  private struct Asked {
    var name: String
    var isFilled: Expr
  }

  /// Nil where the word is another function.
  func filled(_ name: NameSyntax, _ call: CallSyntax, _ span: SourceSpan) throws -> Typed? {
    let asks: Bool
    switch fold(name.text) {
    case "filled", "已填率": asks = false
    case "unfilled", "未填项": asks = true
    default: return nil
    }
    guard !call.arguments.isEmpty else { throw wrongCount(name.text, "1+", span) }
    var asked: [Asked] = []
    for argument in call.arguments {
      guard let expr = lone(argument.value) else { throw Stop() }
      if let names = try listed(expr) {
        for name in names { asked.append(try self.asked(name, argument.value.span)) }
      } else {
        asked.append(Asked(name: text[argument.value.span], isFilled: try isFilled(expr)))
      }
    }
    guard !asked.isEmpty else { return Typed(.empty(asks ? .list(.text) : .percent), span) }
    if asks { return Typed(missing(asked), span, label: fold(name.text)) }
    return Typed(shareHolding(asked.map(\.isFilled)), span, label: fold(name.text))
  }

  /// The names that are not filled, in order.
  private func missing(_ asked: [Asked]) -> Expr {
    let names = asked.map {
      Expr(
        .choose([Choice(condition: .not($0.isFilled), value: .text($0.name))], otherwise: nil),
        .text)
    }
    return Expr(.function("given", names), .list(.text))
  }

  /// The names a setting lists; nil where the argument is no setting of names.
  private func listed(_ expr: ExprSyntax) throws -> [String]? {
    guard case .member(let base, let key, nil) = expr.kind, case .name(let name) = base.kind,
      ["setting", "设置"].contains(fold(name.text)),
      let spec = index.catalogue.settings.first(where: {
        fold($0.key) == fold(key.text) || $0.zh == key.text
      }), spec.type == .list(.text)
    else { return nil }
    let value = facts.setting(spec.key) ?? ""
    return value.split(separator: ",").map { String($0).trimmed }.filter { !$0.isEmpty }
  }

  private func asked(_ name: String, _ span: SourceSpan) throws -> Asked {
    let source = SourceText(name: "setting", "count(" + name + ") > 0")
    let (many, problems) = parseExpression(source)
    let saved = text
    defer { text = saved }
    text = source
    if problems.isEmpty {
      let (one, _) = parseExpression(SourceText(name: "setting", name))
      if let test = attemptQuietly({ try self.isFilled(one) }) {
        return Asked(name: name, isFilled: test)
      }
      if let test = attemptQuietly({ try self.condition(many) }) {
        return Asked(name: name, isFilled: test)
      }
    }
    text = saved
    throw fail(
      Diagnostic(
        "K3106",
        say("a setting asks for '\(name)', which is no name here", "设置里要求“\(name)”，这里没有此名"),
        at: span))
  }

  private func isFilled(_ expr: ExprSyntax) throws -> Expr {
    if let value = attemptQuietly({ try self.check(expr) }) {
      return .not(.isEmpty(rounded(value.expr)))
    }
    let argument = PipelineSyntax(
      asOf: nil, source: SourceSyntax(kind: .expr(expr), alias: nil, span: expr.span), stages: [],
      span: expr.span)
    let call = CallSyntax(
      star: false, arguments: [ArgumentSyntax(value: argument)], filter: nil, sort: [], per: nil,
      span: expr.span)
    let syntax = ExprSyntax(.call(NameSyntax("count", expr.span), call), expr.span)
    let count = try aggregate(.count, call, syntax)
    return .compare(.greater, count.expr, .int(0))
  }
}

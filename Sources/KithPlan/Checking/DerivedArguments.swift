import KithBase
import KithLanguage
import KithModel

/// A value a derived field was called with: `stopped_buying(product 3)`.
struct DerivedArgument {
  /// What tells two calls of a field apart.
  var shown: String
  var value: Typed
  /// Of a period: the one before it, of the same length.
  var before: Typed?
  /// Of an object: its id.
  var id: Int64?
}

/// The arguments of derived fields. They are known before anything runs, so that a field with its
/// arguments is one column like any other.
extension Checker {
  /// Nil while a parameter of the script has no value yet.
  func arguments(of spec: DerivedSpec, _ call: CallSyntax?, _ span: SourceSpan) throws
    -> [DerivedArgument]?
  {
    let given = call?.arguments ?? []
    guard given.count == spec.parameters.count else {
      let shown = spec.parameters.map { $0.lowercased() }.joined(separator: ", ")
      throw fail(
        Diagnostic(
          "K2139",
          spec.parameters.isEmpty
            ? say("\(spec.name) takes no arguments", "\(spec.zh) 不带参数")
            : say(
              "\(spec.name) is written with what it asks about: \(spec.name)(\(shown))",
              "\(spec.zh) 要写参数：\(spec.zh)(\(shown))"),
          at: span))
    }
    var found: [DerivedArgument] = []
    for (parameter, argument) in zip(spec.parameters, given) {
      guard let expr = lone(argument.value) else {
        throw wrongArgument(spec, parameter, argument.value.span)
      }
      guard let value = try self.argument(spec, parameter, expr) else { return nil }
      found.append(value)
    }
    return found
  }

  private func argument(_ spec: DerivedSpec, _ parameter: String, _ expr: ExprSyntax) throws
    -> DerivedArgument?
  {
    if parameter == "CLASS" { return try classArgument(spec, expr) }
    let value = try independent { try self.check(expr) }
    if value.constant == .open { return nil }
    switch parameter {
    case "PERIOD": return try periodArgument(spec, value)
    case "DAYS": return try daysArgument(spec, value)
    default: return try objectArgument(spec, parameter, value)
    }
  }

  private func wrongArgument(_ spec: DerivedSpec, _ parameter: String, _ span: SourceSpan) -> Stop {
    let (english, chinese) =
      switch parameter {
      case "CLASS": ("a class such as listed", "类别，如 清单")
      case "PERIOD": ("a period such as 2026-Q3 or last month", "时段，如 2026-Q3、上月")
      case "DAYS": ("whole days such as 30", "整天数，如 30")
      default:
        (
          "a \(parameter.lowercased()), by its number, code or name, known before the query runs",
          "一个对象：编号、代码或名称，须在查询前已知"
        )
      }
    return fail(
      Diagnostic(
        "K2126", say("\(spec.name) takes \(english)", "\(spec.zh) 的参数是\(chinese)"), at: span))
  }

  private func classArgument(_ spec: DerivedSpec, _ expr: ExprSyntax) throws -> DerivedArgument {
    let word: String? =
      switch expr.kind {
      case .name(let name): name.text
      case .literal(.text(let text)): text
      case .member(_, let name, nil): name.text
      default: nil
      }
    guard let word, let value = index.value(word, of: "class") else {
      throw wrongArgument(spec, "CLASS", expr.span)
    }
    let literal = Expr(.literal(.code(value.code)), .enumeration("class"))
    return DerivedArgument(
      shown: value.code, value: Typed(literal, expr.span, label: value.code))
  }

  private func periodArgument(_ spec: DerivedSpec, _ value: Typed) throws -> DerivedArgument {
    let period: Period
    switch value.constant {
    case .period(let given)?: period = given
    case .date(let day)?: period = Period(.day, holding: day)
    case .number(let number)?:
      guard number.isWhole, (1...9999).contains(number.digits),
        let day = Day(year: Int(number.digits), month: 1, day: 1)
      else { throw wrongArgument(spec, "PERIOD", value.span) }
      period = Period(.year, holding: day)
    default: throw wrongArgument(spec, "PERIOD", value.span)
    }
    return DerivedArgument(
      shown: period.text, value: constant(.period(period), value.span),
      before: constant(.period(before(period)), value.span))
  }

  /// The period that ends where this one begins: of its calendar unit, else as many days.
  private func before(_ period: Period) -> Period {
    if let unit = period.unit { return Period(unit, holding: period.start.adding(days: -1)) }
    let days = Int(period.end.number) - Int(period.start.number)
    return Period(start: period.start.adding(days: -days), end: period.start)
  }

  private func daysArgument(_ spec: DerivedSpec, _ value: Typed) throws -> DerivedArgument {
    let days: Int64
    switch value.constant {
    case .number(let number)? where number.isWhole: days = number.digits
    case .duration(let length)? where length.months == 0 && length.microseconds == 0:
      days = length.days
    default: throw wrongArgument(spec, "DAYS", value.span)
    }
    guard (0...100_000).contains(days) else { throw wrongArgument(spec, "DAYS", value.span) }
    return DerivedArgument(
      shown: String(days), value: constant(.duration(Duration(days: days)), value.span))
  }

  private func objectArgument(_ spec: DerivedSpec, _ parameter: String, _ value: Typed) throws
    -> DerivedArgument
  {
    let name = parameter.lowercased()
    guard let entity = index.entity(name) else { throw Stop() }
    if case .literal(.object(let row)) = value.expr.kind, value.type.entity == name {
      return DerivedArgument(
        shown: "\(name) \(row)", value: value, id: facts.id(of: name, row: row))
    }
    guard case .text(let text)? = value.constant else {
      throw wrongArgument(spec, parameter, value.span)
    }
    let id = try objectID(entity, .text(text), value.span)
    guard let row = facts.row(of: name, id: id) else { throw Stop() }
    let literal = Expr(.literal(.object(row)), .object(name))
    return DerivedArgument(
      shown: "\(name) \(row)", value: Typed(literal, value.span, label: text), id: id)
  }
}

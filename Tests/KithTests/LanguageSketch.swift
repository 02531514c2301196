import KithBase
import KithLanguage
import Testing

// Trees written as nested lists, so that a test can say by hand how a text must be read:
// `a + b * c` is `(+ a (* b c))`. Nothing here uses the formatter.

/// The sketch of a text's only statement; the errors instead, if it has any.
func sketch(_ text: String) -> String {
  let result = parse(SourceText(text))
  if !result.diagnostics.isEmpty {
    return result.diagnostics.map { "\($0.code) \($0.message)" }.joined(separator: "; ")
  }
  return result.program.statements.map(sketch).joined(separator: " ; ")
}

/// The sketch of the expression after `customers | where`.
func conditionSketch(_ text: String) -> String {
  let whole = sketch("customers | where " + text)
  let head = "customers | (where "
  guard whole.hasPrefix(head), whole.hasSuffix(")") else { return whole }
  return String(whole.dropFirst(head.count).dropLast())
}

/// The sketch of one stage after `customers`.
func stageSketch(_ text: String) -> String {
  let whole = sketch("customers | " + text)
  let head = "customers | "
  return whole.hasPrefix(head) ? String(whole.dropFirst(head.count)) : whole
}

private func join(_ parts: [String]) -> String {
  parts.filter { !$0.isEmpty }.joined(separator: " ")
}

func sketch(_ statement: StatementSyntax) -> String {
  switch statement.kind {
  case .pipeline(let value): return sketch(value)
  case .let(let name, let value): return "(let \(sketch(name)) \(sketch(value)))"
  case .def(let name, let parameters, let body):
    let list = parameters.map { parameter in
      let type = parameter.type.map { ":" + sketch($0) } ?? ""
      let value = parameter.defaultValue.map { "=" + sketch($0) } ?? ""
      return sketch(parameter.name) + type + value
    }
    return "(def \(sketch(name)) [\(list.joined(separator: " "))] \(sketch(body)))"
  case .param(let name, let type, let value, let label):
    return "("
      + join([
        "param", sketch(name), sketch(type), value.map { sketch($0) } ?? "", label ?? "",
      ]) + ")"
  case .list(let name, let value): return "(list \"\(name)\" \(sketch(value)))"
  case .forEach(let name, let rows, let body):
    return "(for \(sketch(name)) \(sketch(rows)) {\(block(body))})"
  case .branch(let branches, let otherwise):
    let texts = branches.map { "\(sketch($0.condition)) {\(block($0.body))}" }
    return "("
      + join(["if", texts.joined(separator: " "), otherwise.map { "{\(block($0))}" } ?? ""])
      + ")"
  case .print(let value): return "(print \(sketch(value)))"
  case .assert(let value, let message):
    return "(" + join(["assert", sketch(value), message.map { sketch($0) } ?? ""]) + ")"
  case .importFile(let file, _): return "(import \"\(file)\")"
  case .explain(let value): return "(explain \(sketch(value)))"
  case .set(let name, let value): return "(set \(sketch(name)) \(sketch(value)))"
  case .why(let value, let rows):
    return "(" + join(["why", sketch(value), rows.map { sketch($0) } ?? ""]) + ")"
  case .record(let recording): return sketch(recording)
  case .missing: return "<missing>"
  }
}

private func block(_ body: [StatementSyntax]) -> String {
  body.map(sketch).joined(separator: " ; ")
}

func sketch(_ name: NameSyntax) -> String { name.quoted ? "`\(name.text)`" : name.text }

func sketch(_ pipeline: PipelineSyntax) -> String {
  var parts: [String] = []
  switch pipeline.asOf {
  case .date(let day): parts.append("(as-of \(sketch(day)))")
  case .each(let unit, let period): parts.append("(as-of-each \(unit.rawValue) \(sketch(period)))")
  case nil: break
  }
  var source =
    switch pipeline.source.kind {
    case .expr(let value): sketch(value)
    case .path(let from, let to): "(path \(sketch(from)) \(sketch(to)))"
    case .since(let value, let day): "(since \(sketch(value)) \(sketch(day)))"
    }
  if let alias = pipeline.source.alias { source += " as " + sketch(alias) }
  parts.append(source)
  parts += pipeline.stages.map(sketch)
  return parts.joined(separator: " | ")
}

func sketch(_ expr: ExprSyntax) -> String {
  switch expr.kind {
  case .literal(let literal): return sketch(literal)
  case .interpolation(let parts):
    let texts = parts.map { part in
      switch part {
      case .text(let text): "\"\(text)\""
      case .value(let value): sketch(value)
      }
    }
    return "(f \(texts.joined(separator: " ")))"
  case .name(let name): return sketch(name)
  case .parameter(let name): return "$" + name.text
  case .one(let name, .id(let id)): return "(one \(sketch(name)) \(id))"
  case .one(let name, .text(let text)): return "(one \(sketch(name)) \"\(text)\")"
  case .member(let base, let name, let call):
    return "(. " + join([sketch(base), sketch(name), call.map { sketch($0) } ?? ""]) + ")"
  case .call(let name, let call): return "(" + join([sketch(name) + "()", sketch(call)]) + ")"
  case .unary(.minus, let value): return "(- \(sketch(value)))"
  case .unary(.not, let value): return "(not \(sketch(value)))"
  case .binary(let op, let left, let right):
    return "(\(op.rawValue) \(sketch(left)) \(sketch(right)))"
  case .chained(let a, let first, let b, let second, let c):
    return "(\(first.rawValue)\(second.rawValue) \(sketch(a)) \(sketch(b)) \(sketch(c)))"
  case .isEmpty(let value, let negated):
    return "(\(negated ? "filled" : "empty") \(sketch(value)))"
  case .inSet(let value, let set, let negated):
    return "(\(negated ? "not-in" : "in") \(sketch(value)) \(sketch(set)))"
  case .between(let value, let lower, let upper, let negated):
    let word = negated ? "not-between" : "between"
    return "(\(word) \(sketch(value)) \(sketch(lower)) \(sketch(upper)))"
  case .matches(let value, let pattern, _, let negated):
    return "(\(negated ? "not-matches" : "matches") \(sketch(value)) /\(pattern)/)"
  case .choose(let branches, let otherwise):
    let texts = branches.map { "\(sketch($0.condition)) \(sketch($0.value))" }
    return "("
      + join([
        "case", texts.joined(separator: " "), otherwise.map { "else " + sketch($0) } ?? "",
      ]) + ")"
  case .list(let values): return "[" + values.map { sketch($0) }.joined(separator: " ") + "]"
  case .records(let rows):
    let texts = rows.map { row in
      "{" + row.map { sketch($0.name) + ":" + sketch($0.value) }.joined(separator: " ") + "}"
    }
    return "[" + texts.joined(separator: " ") + "]"
  case .pipeline(let inner): return "<" + sketch(inner) + ">"
  case .group(let inner): return "(group \(sketch(inner)))"
  case .dateWord(let word): return sketch(word)
  case .relative(let length, let ago): return "(\(ago ? "ago" : "from-now") \(sketch(length)))"
  case .missing: return "<missing>"
  }
}

func sketch(_ set: SetSyntax) -> String {
  switch set {
  case .elements(let elements):
    "{" + elements.map { sketch($0) }.joined(separator: ", ") + "}"
  case .value(let value): sketch(value)
  }
}

func sketch(_ word: DateWordSyntax) -> String {
  switch word {
  case .today: "today!"
  case .yesterday: "yesterday!"
  case .tomorrow: "tomorrow!"
  case .now: "now!"
  case .unit(let unit, let offset): "\(unit.rawValue)[\(offset)]"
  case .toDate(let unit): "\(unit.rawValue)-to-date"
  case .span(let length, let direction): "(span \(direction) \(sketch(length)))"
  case .weekday(let day, let direction): "(weekday \(day) \(direction))"
  case .weekdayOfWeek(let day, let offset): "(weekday-of-week \(day) \(offset))"
  }
}

func sketch(_ literal: LiteralSyntax) -> String {
  switch literal {
  case .int(let value): "\(value)"
  case .decimal(let digits, let scale): "\(digits)e-\(scale)"
  case .float(let value): "float:\(value)"
  case .percent(let digits, let scale): "\(digits)e-\(scale)%"
  case .money(let digits, let scale, let currency): "\(currency)\(digits)e-\(scale)"
  case .text(let text): "\"\(text)\""
  case .date(let day): day.text
  case .dateTime(let day, let microseconds): "\(day.text)+\(microseconds / 1_000_000)s"
  case .period(let period): "period:\(period.text)"
  case .dayOfYear(let month, let day): "of-year:\(month)/\(day)"
  case .unitOfYear(let unit, let number): "of-year:\(unit.rawValue) \(number)"
  case .duration(let duration): "\(duration.count):\(duration.unit.rawValue)"
  case .bool(let value): value ? "true!" : "false!"
  case .empty: "empty!"
  }
}

func sketch(_ call: CallSyntax) -> String {
  var parts: [String] = []
  if call.star { parts.append("*") }
  for argument in call.arguments {
    let label = argument.label.map { sketch($0) + ":" } ?? ""
    let direction = argument.descending.map { $0 ? "↓" : "↑" } ?? ""
    parts.append(label + sketch(argument.value) + direction)
  }
  if let filter = call.filter { parts.append("{where \(sketch(filter))}") }
  if !call.sort.isEmpty { parts.append("{sort \(keys(call.sort))}") }
  if let per = call.per { parts.append("{\(sketch(per))}") }
  return parts.joined(separator: " ")
}

private func keys(_ keys: [SortKeySyntax]) -> String {
  keys.map { sketch($0.expr) + ($0.descending ? "↓" : "↑") }.joined(separator: " ")
}

private func sketch(_ per: PerSyntax?) -> String {
  switch per {
  case .all: "per all"
  case .keys(let items): "per " + sketch(items)
  case nil: ""
  }
}

private func sketch(_ items: [ItemSyntax]) -> String {
  items.map { item in
    item.isStar ? "*" : (item.name.map { sketch($0) + "=" } ?? "") + sketch(item.expr)
  }.joined(separator: ", ")
}

private func sketch(_ by: BySyntax?) -> String {
  guard let by else { return "" }
  return "by " + sketch(by.items) + (by.fill ? " fill" : "")
}

func sketch(_ stage: StageSyntax) -> String { "(" + rows(stage.kind) + ")" }

private func rows(_ kind: StageSyntax.Kind) -> String {
  switch kind {
  case .filter(let value): "where " + sketch(value)
  case .extend(let items): "extend " + sketch(items)
  case .select(let items): "select " + sketch(items)
  case .drop(let names): "drop " + names.map { sketch($0) }.joined(separator: " ")
  case .rename(let pairs):
    "rename " + pairs.map { sketch($0.new) + "=" + sketch($0.old) }.joined(separator: " ")
  case .sort(let list): "sort " + keys(list)
  case .reverse: "reverse"
  case .take(let count, let per): join(["take", sketch(count), sketch(per)])
  case .skip(let count, let per): join(["skip", sketch(count), sketch(per)])
  case .sample(let count, let seed):
    join(["sample", sketch(count), seed.map { "seed \($0)" } ?? ""])
  case .top(let count, let key, let per):
    join(["top", sketch(count), "by", keys([key]), sketch(per)])
  case .until(let share, let value, let per):
    join(["until", sketch(share), "of", sketch(value), sketch(per)])
  case .distinct(let items): join(["distinct", sketch(items)])
  case .count(let by): join(["count", sketch(by)])
  case .summarize(let items, let by): join(["summarize", sketch(items), sketch(by)])
  default: tables(kind)
  }
}

private func tables(_ kind: StageSyntax.Kind) -> String {
  switch kind {
  case .pivot(let column, let values, let aggregates, let by):
    return join([
      "pivot", sketch([column]), values.map { "in " + sketch($0) } ?? "", ":", sketch(aggregates),
      sketch(by),
    ])
  case .join(let kind, let table, let alias, let matches):
    let pairs = matches.map { sketch($0.left) + ($0.right.map { "=" + sketch($0) } ?? "") }
    return join([
      "join", kind.rawValue, sketch(table.expr), alias.map { "as " + sketch($0) } ?? "", "on",
      pairs.joined(separator: ", "),
    ])
  case .union(let table): return "union " + sketch(table.expr)
  case .except(let table): return "except " + sketch(table.expr)
  case .intersect(let table): return "intersect " + sketch(table.expr)
  case .expand(let path, let outer, let alias):
    return join([
      "expand", outer ? "outer" : "", sketch(path), alias.map { "as " + sketch($0) } ?? "",
    ])
  case .describe: return "describe"
  case .histogram(let value, .unit(let unit)):
    return "histogram \(sketch(value)) by \(unit.rawValue)!"
  case .histogram(let value, .value(let width)):
    return "histogram \(sketch(value)) by \(sketch(width))"
  case .histogram(let value, nil): return "histogram " + sketch(value)
  case .duplicates(let items): return "duplicates " + sketch(items)
  case .compare(let kind): return "compare " + kind.rawValue
  case .downstream(let limit): return join(["downstream", limit.map { sketch($0) } ?? ""])
  case .upstream(let limit): return join(["upstream", limit.map { sketch($0) } ?? ""])
  case .rollup(let items): return "rollup " + sketch(items)
  default: return rest(kind)
  }
}

private func rest(_ kind: StageSyntax.Kind) -> String {
  switch kind {
  case .funnel(let funnel): funnelText(funnel)
  case .matchStages(let list, let modifiers):
    join(["match", steps(list), modifiers.map(sketch).joined(separator: " ")])
  case .reached(let step): "reached " + sketch(step)
  case .droppedAfter(let step): "dropped-after " + sketch(step)
  case .lostFrom(let step): "lost-from " + sketch(step)
  case .openIn(let step): "open-in " + sketch(step)
  case .cohort(let item, let of, let filter, let span):
    join([
      "cohort", sketch([item]), of.map { "of " + sketch($0) } ?? "",
      filter.map { "where " + sketch($0) } ?? "", span.map { "for " + sketch($0) } ?? "",
    ])
  case .forecast(let keys, let target):
    join(["forecast", sketch(keys), target.map { "target " + sketch($0) } ?? ""])
  case .matrix(let name): "matrix " + sketch(name)
  case .cell(let name): "cell " + sketch(name)
  case .warnings(let names): join(["warnings"] + names.map { sketch($0) })
  case .chain: "chain"
  case .roots: "roots"
  case .circles: "circles"
  case .loops: "loops"
  case .tree: "tree"
  case .export(let value): "export " + sketch(value)
  case .chart(let name, let items): join(["chart", sketch(name), sketch(items)])
  case .saveList(let name): "save-list \"\(name)\""
  case .call(let name, let call): join(["call", sketch(name), call.map { sketch($0) } ?? ""])
  default: "<missing>"
  }
}

private func funnelText(_ funnel: FunnelSyntax) -> String {
  let mode =
    switch funnel.mode {
    case .cohort: ""
    case .snapshot(let day): join(["snapshot", day.map { sketch($0) } ?? ""])
    case .flow(let period): "flow " + sketch(period)
    }
  return join([
    "funnel", mode, funnel.name.map { "\"\($0)\"" } ?? "", steps(funnel.steps),
    funnel.modifiers.map(sketch).joined(separator: " "),
  ])
}

private func steps(_ steps: [FunnelStepSyntax]) -> String {
  steps.map { step in
    (step.optional ? "?" : "") + sketch(step.expr) + (step.name.map { " as " + sketch($0) } ?? "")
  }.joined(separator: " -> ")
}

private func sketch(_ step: StepSyntax) -> String {
  switch step {
  case .name(let name): sketch(name)
  case .text(let text, _): "\"\(text)\""
  case .position(let number, _): "#\(number)"
  }
}

private func sketch(_ modifier: FunnelModifier) -> String {
  switch modifier {
  case .within(let length): "{within \(sketch(length))}"
  case .stepWithin(let step, let length): "{step \(sketch(step)) within \(sketch(length))}"
  case .by(let items): "{by \(sketch(items))}"
  case .per(let value): "{per \(sketch(value))}"
  case .without(let value): "{without \(sketch(value))}"
  case .ordered: "{ordered}"
  case .strict: "{strict}"
  case .anyOrder: "{any order}"
  case .firstEntry: "{first entry}"
  case .bestEntry: "{best entry}"
  case .eachEntry: "{each entry}"
  case .excludeEntirely: "{exclude entirely}"
  case .countingOnlyRealVisits: "{real visits}"
  }
}

/// A text with `«…»` around the bytes a diagnostic must point at.
struct MarkedText {
  let text: String
  let span: SourceSpan

  init(_ marked: String) {
    var bytes: [UInt8] = []
    var lower = 0
    var upper = 0
    for character in marked {
      if character == "«" {
        lower = bytes.count
      } else if character == "»" {
        upper = bytes.count
      } else {
        bytes += Array(String(character).utf8)
      }
    }
    text = String(decoding: bytes, as: UTF8.self)
    span = SourceSpan(lower, upper)
  }
}

func sketch(_ recording: RecordingSyntax) -> String {
  func list(_ items: [AssignmentSyntax]) -> String {
    items.map { "\(sketch($0.name))=\(sketch($0.value))" }.joined(separator: " ")
  }
  let parts: [String] =
    switch recording {
    case .add(let entity, let items): ["add", sketch(entity), list(items)]
    case .set(let target, let items): ["change", sketch(target), list(items)]
    case .remove(let target): ["remove", sketch(target)]
    case .advance(let target, let stage, let at, let items):
      ["advance", sketch(target), sketch(stage), at.map { "@" + sketch($0) } ?? "", list(items)]
    case .log(let kind, let target, let items):
      ["log", sketch(kind), target.map { sketch($0) } ?? "", list(items)]
    case .refer(let object, let referrer, let items):
      ["refer", sketch(object), sketch(referrer), list(items)]
    case .claim(let target, let owner, let until, let items):
      ["claim", sketch(target), sketch(owner), until.map { sketch($0) } ?? "", list(items)]
    case .merge(let target, let kept): ["merge", sketch(target), sketch(kept)]
    case .undo: ["undo"]
    }
  return "(" + join(parts) + ")"
}

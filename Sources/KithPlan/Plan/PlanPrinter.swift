import KithBase

/// A plan as an indented list of its operators, the last one first: what `explain` prints.
package enum PlanPrinter {
  package static func text(_ query: Query) -> String {
    var lines: [String] = []
    let shown = query.output.map(\.name).joined(separator: ", ")
    lines.append("show " + shown)
    add(query.plan, 1, &lines)
    for key in query.derived.keys.sorted(by: { ($0.entity, $0.name) < ($1.entity, $1.name) }) {
      lines.append("derived \(key.entity).\(key.name)")
    }
    return lines.joined(separator: "\n")
  }

  private static func add(_ plan: Plan, _ depth: Int, _ lines: inout [String]) {
    func line(_ text: String, _ inputs: Plan...) {
      lines.append(String(repeating: "  ", count: depth) + text)
      for input in inputs { add(input, depth + 1, &lines) }
    }
    switch plan {
    case .scan(.entity(let name, let slot)): line("scan \(name) #\(slot.number)")
    case .scan(.objects(let name, let ids, let slot)):
      line("scan \(ids.count) of \(name) #\(slot.number)")
    case .scan(.table(let table, _)): line("scan table of \(table.rowCount) rows")
    case .scan(.one): line("one row")
    case .filter(let input, let filter): line("filter " + ExprPrinter.text(filter.condition), input)
    case .compute(let input, let slots):
      line(
        "compute "
          + slots.map { "#\($0.slot.number) = " + ExprPrinter.text($0.expr) }
          .joined(separator: ", "), input)
    case .window(let input, let slots):
      line("window " + slots.map { "#\($0.slot.number)" }.joined(separator: ", "), input)
    case .aggregate(let input, let aggregation):
      let keys = aggregation.keys.map { ExprPrinter.text($0.expr) }.joined(separator: ", ")
      let calls = aggregation.aggregates.map { ExprPrinter.text($0.call) }.joined(separator: ", ")
      line("aggregate \(calls)" + (keys.isEmpty ? "" : " by \(keys)"), input)
    case .order(let input, let keys):
      line(
        "order by "
          + keys.map { ExprPrinter.text($0.expr) + ($0.descending ? " desc" : "") }
          .joined(separator: ", "), input)
    case .reverse(let input): line("reverse", input)
    case .limit(let input, let limit):
      let per = limit.per.map(ExprPrinter.text).joined(separator: ", ")
      line("limit \(limit.kind) \(limit.amount)" + (per.isEmpty ? "" : " per \(per)"), input)
    case .expand(let input, let expansion):
      line((expansion.outer ? "expand outer " : "expand ") + expansion.through.entity, input)
    case .join(let left, let right, let join): line("join \(join.kind.rawValue)", left, right)
    case .append(let first, let second, _): line("append", first, second)
    case .walk(let input, let walk): line("walk \(walk.mode)", input)
    case .duplicates(let input, let keys, _):
      line("duplicates by " + keys.map(ExprPrinter.text).joined(separator: ", "), input)
    case .funnel(let input, let funnel):
      let blocks = funnel.blocks.map { $0.steps.map(\.code).joined(separator: " -> ") }
      line("funnel " + blocks.joined(separator: "; "), input)
    case .fill(let input, let fill): line("fill #\(fill.key.number)", input)
    case .cases(let input, let plan):
      line(
        "cases "
          + plan.cases.map { ExprPrinter.text($0.condition) }.joined(separator: "; "), input)
    case .describe(let input, _): line("describe", input)
    case .histogram(let input, let histogram):
      line("histogram " + ExprPrinter.text(histogram.expr), input)
    case .forecast(let input, let forecast):
      let keys = forecast.by.map { ExprPrinter.text($0.expr) }.joined(separator: ", ")
      line("forecast" + (keys.isEmpty ? "" : " by " + keys), input)
    case .cohort(let input, let cohort):
      line("cohort by " + ExprPrinter.text(cohort.key), input)
    case .sequence(let input, let sequence):
      line("sequence " + sequence.stages.joined(separator: " -> "), input)
    case .asOf(let input, let asOf): line("as of " + asOf.day.text, input)
    case .mark(let input, _): add(input, depth, &lines)
    }
  }
}

/// An expression on one line, near to what was typed.
package enum ExprPrinter {
  package static func text(_ expr: Expr) -> String {
    switch expr.kind {
    case .literal(let value): literal(value)
    case .slot(let slot): "#\(slot.number)"
    case .field(let base, _, let field): text(base) + "." + field
    case .derived(let base, let key):
      text(base) + "." + key.name
        + (key.arguments.isEmpty ? "" : "(" + key.arguments.joined(separator: ", ") + ")")
    case .operation(let operation, let operands):
      "\(operation)".prefix { $0 != "(" } + "(" + list(operands) + ")" + detail(operation)
    case .function(let name, let operands): name + "(" + list(operands) + ")"
    case .choose(let choices, let otherwise):
      "case " + choices.map { text($0.condition) + " → " + text($0.value) }.joined(separator: ", ")
        + (otherwise.map { ", else " + text($0) } ?? "")
    case .aggregate(let call): text(call)
    case .scalar(_, let call): "(" + text(call) + " of a table)"
    case .inPlan(let value, _, _): text(value) + " in a table"
    }
  }

  package static func text(_ call: AggregateCall) -> String {
    var inner = list(call.arguments)
    if let through = call.through {
      inner = through.entity + " of " + text(through.object) + (inner.isEmpty ? "" : ": " + inner)
    }
    if let filter = call.filter { inner += (inner.isEmpty ? "" : " ") + "where " + text(filter) }
    return "\(call.function)".prefix { $0 != "(" } + "(" + inner + ")"
  }

  private static func list(_ exprs: [Expr]) -> String {
    exprs.map(text).joined(separator: ", ")
  }

  private static func detail(_ operation: Operation) -> String {
    switch operation {
    case .compare(let comparison): "[\(comparison.rawValue)]"
    case .stageCompare(let comparison, let code): "[\(comparison.rawValue) \(code)]"
    case .isIn(let values): "[" + values.map(literal).joined(separator: ", ") + "]"
    default: ""
    }
  }

  private static func literal(_ value: Scalar) -> String {
    switch value {
    case .empty: "empty"
    case .int(let number): String(number)
    case .float(let number): String(number)
    case .bool(let truth): String(truth)
    case .text(let text): "\"" + text + "\""
    case .money(let fen): "¥" + String(Double(fen) / 100)
    case .date(let day): day.text
    case .period(let period): period.text
    case .code(let code): code
    case .object(let row): "row \(row)"
    default: "\(value)"
    }
  }
}

import KithBase
import KithPlan

/// Values that were perhaps meant, where a result is empty because no row has the value asked for. The
/// engine says which stage took the last rows.
enum EmptyResult {
  static func notes(_ query: Query, _ facts: any BookFacts) -> [Note] {
    var near: [Note] = []
    collect(query.plan, facts, &near)
    return Array(near.prefix(3))
  }

  /// Texts that a filter asked for and that no row has.
  private static func collect(_ plan: Plan, _ facts: any BookFacts, _ notes: inout [Note]) {
    switch plan {
    case .filter(let input, let filter):
      collect(input, facts, &notes)
      collect(filter.condition, facts, &notes)
    case .mark(let input, _), .compute(let input, _), .order(let input, _), .limit(let input, _),
      .window(let input, _), .aggregate(let input, _), .reverse(let input), .asOf(let input, _),
      .forecast(let input, _), .cohort(let input, _), .sequence(let input, _):
      collect(input, facts, &notes)
    default: break
    }
  }

  private static func collect(_ expr: Expr, _ facts: any BookFacts, _ notes: inout [Note]) {
    switch expr.kind {
    case .operation(.and, let operands): for operand in operands { collect(operand, facts, &notes) }
    case .operation(.compare(.equal), let sides):
      guard sides.count == 2, case .field(_, let entity, let field) = sides[0].kind,
        sides[0].type == .text, case .literal(.text(let text)) = sides[1].kind
      else { return }
      let values = facts.values(of: entity, field: field)
      guard !values.contains(text) else { return }
      let found = Spelling.nearest(text, among: values).joined(separator: ", ")
      notes.append(
        Note(
          kind: "nearest",
          english: "no \(field) is '\(text)'" + (found.isEmpty ? "" : "; there is \(found)"),
          chinese: "没有值为“\(text)”的 \(field)" + (found.isEmpty ? "" : "；有 \(found)")))
    default: break
    }
  }
}

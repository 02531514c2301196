import KithBase
import KithPlan

/// Why nothing is left: the stage that took the last rows, and the values that nearly fit.
enum EmptyResult {
  static func notes(_ counts: [(String, Int)], _ query: Query, _ facts: any BookFacts) -> [Note] {
    var notes: [Note] = []
    if let place = counts.indices.first(where: { counts[$0].1 == 0 }), place > 0 {
      let before = counts[place - 1].1
      let verb = counts[place].0
      notes.append(
        Note(
          kind: "empty", english: "stage \(place) (\(verb)) kept none of \(before) rows",
          chinese: "第 \(place) 步（\(verb)）之后 \(before) 行全部落选"))
    }
    var near: [Note] = []
    collect(query.plan, facts, &near)
    return notes + near.prefix(3)
  }

  /// Texts that a filter asked for and that no row has.
  private static func collect(_ plan: Plan, _ facts: any BookFacts, _ notes: inout [Note]) {
    switch plan {
    case .filter(let input, let filter):
      collect(input, facts, &notes)
      collect(filter.condition, facts, &notes)
    case .mark(let input, _), .compute(let input, _), .order(let input, _), .limit(let input, _),
      .window(let input, _), .aggregate(let input, _), .reverse(let input):
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

import KithBase
import KithPlan

/// How the engine's answer differs from the row engine's; nil where they agree.
///
/// Everything must be equal, the order of rows included, but for floating point, whose sums depend on
/// the order of adding: there nine digits must agree.
func difference(_ twin: [[Scalar]], _ engine: [[Scalar]]) -> String? {
  if twin.count != engine.count {
    return "\(twin.count) rows by the twin, \(engine.count) by the engine"
  }
  for (index, (left, right)) in zip(twin, engine).enumerated() {
    if left.count != right.count {
      return "row \(index): \(left.count) columns by the twin, \(right.count) by the engine"
    }
    for (column, (a, b)) in zip(left, right).enumerated() where !agree(a, b) {
      return "row \(index), column \(column): \(a) by the twin, \(b) by the engine"
    }
  }
  return nil
}

func agree(_ left: Scalar, _ right: Scalar) -> Bool {
  switch (left, right) {
  case (.float(let a), .float(let b)):
    return a == b || abs(a - b) <= 1e-9 * max(abs(a), abs(b), 1e-12)
  case (.period(let a), .period(let b)): return a.start == b.start && a.end == b.end
  case (.list(let a), .list(let b)): return a.count == b.count && zip(a, b).allSatisfy(agree)
  // A list without elements is an empty value in a column.
  case (.list(let a), .empty), (.empty, .list(let a)): return a.isEmpty
  default: return left == right
  }
}

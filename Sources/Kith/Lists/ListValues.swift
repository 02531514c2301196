import KithBase
import KithPlan
import KithRun
import KithStore

/// What the conditions of a list say of some objects.
struct ListValues {
  let session: Session
  let trace: Trace
  let entity: String

  /// What one condition says of one object.
  struct Finding {
    var test: TracedTest
    var holds: Bool
    /// Kept forms, in the order of the test's values.
    var values: [String]
  }

  /// The conditions whose rows stand for the list's kind of object.
  private var steps: [TraceStep] {
    trace.steps.filter { !$0.tests.isEmpty && $0.before?.entity == entity }
  }

  /// Values that may differ from member to member: what a snapshot keeps.
  var openValues: [TracedValue] { allValues.filter { !$0.isFixed } }

  /// Every value a condition looks at, once.
  var allValues: [TracedValue] {
    var found: [TracedValue] = []
    for value in steps.flatMap(\.tests).flatMap(\.values)
    where !found.contains(where: { $0.label == value.label }) {
      found.append(value)
    }
    return found
  }

  /// For each object the conditions it met, in order, up to the stage where it left.
  func findings(of ids: [Int64]) throws -> [Int64: [Finding]] {
    var found: [Int64: [Finding]] = [:]
    if ids.isEmpty { return found }
    for step in steps {
      try visit(step, ids) { id, result, row, reader in
        found[id, default: []] += step.tests.map { test in
          Finding(
            test: test, holds: reader.truth(test.truth, result, row),
            values: test.values.map { reader.kept($0, result, row, session) })
        }
      }
    }
    return found
  }

  /// For each object its open values as they are kept; nil in their place where there are none at all.
  func details(of ids: [Int64]) throws -> [ListMember] {
    let labels = Set(openValues.map(\.label))
    guard !labels.isEmpty else { return ids.map { ListMember(id: $0, detail: nil) } }
    var texts: [Int64: [(key: String, value: String)]] = [:]
    texts.reserveCapacity(ids.count)
    for step in steps {
      let values = step.tests.flatMap(\.values).filter { labels.contains($0.label) }
      try visit(step, ids) { id, result, row, reader in
        for value in values where texts[id]?.contains(where: { $0.key == value.label }) != true {
          texts[id, default: []].append((value.label, reader.kept(value, result, row, session)))
        }
      }
    }
    return ids.map { ListMember(id: $0, detail: texts[$0].map(JSONText.object)) }
  }

  /// The first row of each object before a step.
  private func visit(
    _ step: TraceStep, _ ids: [Int64], _ body: (Int64, RunResult, Int, ValueReader) throws -> Void
  ) throws {
    var reader = ValueReader(step.tests.flatMap(\.values))
    for test in step.tests { reader.add(test.truth) }
    guard let before = step.before, let query = trace.query(before, of: ids, reader.exprs) else {
      return
    }
    let result = try session.answer(query)
    var seen: Set<Int64> = []
    for (row, object) in (result.objectRows ?? []).enumerated() {
      guard let id = try session.engine.id(ofRow: object, in: entity), seen.insert(id).inserted
      else { continue }
      try body(id, result, row, reader)
    }
  }
}

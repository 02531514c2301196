import KithBase

extension Printer {
  /// A statement that changes the book, on one line.
  func recording(_ recording: RecordingSyntax) -> String {
    let k = keyword
    switch recording {
    case .add(let entity, let values):
      return k(.add) + " " + name(entity, .object) + " " + assignments(values)
    case .set(let target, let values):
      return k(.set) + " " + expr(target) + " " + assignments(values)
    case .remove(let target): return k(.remove) + " " + expr(target)
    case .advance(let target, let stage, let at, let values):
      let moment = at.map { " " + k(.at) + " " + expr($0) } ?? ""
      return k(.advance) + " " + expr(target) + " " + k(.to) + " " + name(stage, .step) + moment
        + further(values)
    case .log(let kind, let target, let values):
      let about = target.map { " " + expr($0) } ?? ""
      return k(.log) + " " + name(kind, .given) + about + further(values)
    case .refer(let object, let referrer, let values):
      return k(.refer) + " " + expr(object) + " " + k(.agent) + " " + expr(referrer)
        + further(values)
    case .claim(let target, let owner, let until, let values):
      let end = until.map { " " + k(.until) + " " + expr($0) } ?? ""
      return k(.claim) + " " + expr(target) + " " + k(.agent) + " " + expr(owner) + end
        + further(values)
    case .merge(let target, let kept):
      return k(.merge) + " " + expr(target) + " " + k(.into) + " " + expr(kept)
    case .undo: return k(.undo)
    }
  }

  private func further(_ values: [AssignmentSyntax]) -> String {
    values.isEmpty ? "" : ", " + assignments(values)
  }

  private func assignments(_ values: [AssignmentSyntax]) -> String {
    values.map { name($0.name, .member) + " = " + expr($0.value) }.joined(separator: ", ")
  }
}

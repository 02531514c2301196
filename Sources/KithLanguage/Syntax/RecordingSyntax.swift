/// A statement that changes the book.
package indirect enum RecordingSyntax: Sendable, Equatable {
  /// `add customer name = "华强电子"`
  case add(NameSyntax, [AssignmentSyntax])
  /// `set customer 447 owner = "王芳"`; what is changed is one object, a name or a bracketed pipeline.
  case set(ExprSyntax, [AssignmentSyntax])
  /// `remove (activities | where …)`
  case remove(ExprSyntax)
  /// `advance opportunity "X" to D at 2026-11-01, reason = "…"`
  case advance(ExprSyntax, to: NameSyntax, at: ExprSyntax?, [AssignmentSyntax])
  /// `log visit customer 447, result = "…"`: the kind of activity, then what it is about.
  case log(NameSyntax, ExprSyntax?, [AssignmentSyntax])
  /// `refer "新公司" by customer 2`: a text or an object, then who refers it.
  case refer(ExprSyntax, by: ExprSyntax, [AssignmentSyntax])
  /// `claim customer 447 by member "王芳" until 2026-12-31`
  case claim(ExprSyntax, by: ExprSyntax, until: ExprSyntax?, [AssignmentSyntax])
  /// `merge customer 7 into customer 9`
  case merge(ExprSyntax, into: ExprSyntax)
  /// The last recorded change is taken back.
  case undo
}

/// `owner = "王芳"` in a statement that changes the book.
package struct AssignmentSyntax: Sendable, Equatable {
  /// The field.
  package var name: NameSyntax
  /// Its new value.
  package var value: ExprSyntax
}

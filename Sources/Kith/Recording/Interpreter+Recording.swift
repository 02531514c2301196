import KithBase
import KithLanguage
import KithModel
import KithPlan

extension Interpreter {
  /// Runs one statement that changes the book: shown and confirmed first where somebody is asked.
  func record(
    _ recording: RecordingSyntax, _ span: SourceSpan, _ text: SourceText,
    _ emit: (ScriptEvent) throws -> Void
  ) throws {
    if let evaluationDay, evaluationDay != (try session.clock().today) {
      throw KithError(
        Diagnostic(
          "K4305", "the book is changed as it is now, not as of a day", at: span, source: text))
    }
    if let confirm, !session.options.dryRun {
      let preview = try recorded(recording, span, text, rehearses: true)
      guard try confirm(preview) else { return }
    }
    try emit(
      .recorded(try recorded(recording, span, text, rehearses: session.options.dryRun)))
  }

  /// Notes the names a statement will have given, so that those below may use them.
  func expect(_ recording: RecordingSyntax) {
    func note(_ entity: String, _ value: ExprSyntax) {
      guard case .literal(.text(let text)) = value.kind else { return }
      expected[entity, default: []].insert(text.trimmingBlanks)
    }
    switch recording {
    case .add(let name, let items):
      guard let entity = session.index.entity(name.text) else { return }
      for item in items {
        let field = session.index.member(item.name.text, of: entity.name)?.name
        if field == entity.title || field == "code" { note(entity.name, item.value) }
      }
    case .set(let target, let items):
      if case .one(let name, _) = target.kind { expect(.add(name, items)) }
    case .refer(let object, _, _): note("customer", object)
    default: break
    }
  }

  private func recorded(
    _ recording: RecordingSyntax, _ span: SourceSpan, _ text: SourceText, rehearses: Bool
  ) throws -> Recorded {
    do {
      return try Recorder(session: session, rehearses: rehearses).run {
        try session.refresh()
        let checker = try newChecker(text)
        guard let checked = checker.check(recording, span) else {
          throw KithError(checker.diagnostics.filter { $0.severity == .error })
        }
        return checked
      }
    } catch var diagnostic as Diagnostic {
      if diagnostic.span == nil {
        diagnostic.span = span
        diagnostic.source = text
      }
      throw KithError(diagnostic)
    }
  }
}

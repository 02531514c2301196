import KithBase

/// What a statement that changes the book is judged by. A breach is a remark on the result, or, where
/// the setting `blocking_rules` names the rule, an error that leaves the book as it was.
package enum RecordingRule: String, Sendable, CaseIterable {
  /// A deal leaves a stage whose required key actions are not all done.
  case actions
  /// A deal passes over a stage.
  case skip
  /// A deal moves back.
  case back
  /// A deal that is paused moves, or somebody is contacted about it.
  case paused
  /// A closed deal is opened again.
  case reopened
  /// A customer is claimed whom somebody holds already.
  case claimed
  /// A customer is referred a second time.
  case referred

  /// The rules a setting's text names, between commas; words that are no rule are left out.
  package static func named(in text: String) -> Set<RecordingRule> {
    Set(text.split { ", ，、".contains($0) }.compactMap { RecordingRule(rawValue: String($0)) })
  }
}

extension Journal {
  /// Notes a breach of a rule, or ends the statement with K4310 where the rule blocks.
  func breach(_ rule: RecordingRule, _ english: String, _ chinese: String) throws {
    guard !blocking.contains(rule) else {
      throw Diagnostic(
        "K4310", say(english, chinese),
        help: say(
          "the setting blocking_rules names '\(rule.rawValue)'",
          "设置 blocking_rules 含“\(rule.rawValue)”"))
    }
    remark("rule", english, chinese)
  }

  /// Notes something once.
  func remark(_ kind: String, _ english: String, _ chinese: String) {
    let note = Note(kind: kind, english: english, chinese: chinese)
    // A statement about many rows says what is usual, not everything.
    guard notes.count < 20, !notes.contains(note) else { return }
    notes.append(note)
  }
}

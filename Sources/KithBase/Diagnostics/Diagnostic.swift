/// One problem or remark, with its place and, where sure, its cure.
///
/// Whose fault it is stands in the code: K1 text, K2 query, K3 model, K4 data while running,
/// K5 limits and interruption, K6 the book, K7 the outside world, K9 our own bug.
package struct Diagnostic: Error, Sendable, Equatable {
  /// Errors keep a text from running, the others do not.
  package enum Severity: String, Sendable { case error, warning, note }

  /// `K2104`.
  package var code: String
  /// An error unless said otherwise.
  package var severity: Severity
  /// One phrase, no full stop: what is wrong and the rule.
  package var message: String
  /// The smallest bytes that are wrong; nil where no text is at fault.
  package var span: SourceSpan?
  /// The text the span is in; set by whoever owns the text.
  package var source: SourceText?
  /// Said under the caret: `did you mean 'city'?`.
  package var label: String?
  /// One line after `=`, such as `put a name in back-quotes`.
  package var help: String?
  /// A replacement for the span that mends it, for `try:` and `fix`.
  package var fix: Fix?
  /// At most three names or values that were perhaps meant.
  package var suggestions: [String]

  /// What to put in the place of what.
  package struct Fix: Sendable, Equatable {
    /// An empty span is a place to insert at.
    package var span: SourceSpan
    /// Kith text.
    package var replacement: String
    package init(span: SourceSpan, replacement: String) {
      self.span = span
      self.replacement = replacement
    }
  }

  package init(
    _ code: String, _ message: String, at span: SourceSpan? = nil, severity: Severity = .error,
    label: String? = nil, help: String? = nil, fix: Fix? = nil, suggestions: [String] = [],
    source: SourceText? = nil
  ) {
    self.code = code
    self.severity = severity
    self.message = message
    self.span = span
    self.label = label
    self.help = help
    self.fix = fix
    self.suggestions = suggestions
    self.source = source
  }
}

/// The tongue of messages, headers and the formatter.
package enum Tongue: String, Sendable, Hashable { case english, chinese }

/// A remark that belongs to a result, with the count it is about.
package struct Note: Sendable, Hashable {
  /// A stable word for tests and JSON: `empties`, `tie`, `loop`, `repeated`, …
  package var kind: String
  /// The remark in English, without a full stop.
  package var english: String
  /// The remark in Chinese.
  package var chinese: String
  package init(kind: String, english: String, chinese: String) {
    self.kind = kind
    self.english = english
    self.chinese = chinese
  }
}

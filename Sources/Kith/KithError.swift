package import KithBase

/// Everything that can go wrong at the boundary of the library.
public struct KithError: Error, Sendable, CustomStringConvertible {
  /// What went wrong, in the order of its place; at least one.
  package let diagnostics: [Diagnostic]

  package init(_ diagnostics: [Diagnostic]) {
    self.diagnostics =
      diagnostics.isEmpty ? [Diagnostic("K9001", "an error without a reason")] : diagnostics
  }

  package init(_ diagnostic: Diagnostic) { self.init([diagnostic]) }

  package init(_ error: any Error) {
    switch error {
    case let error as KithError: self = error
    case let diagnostic as Diagnostic: self.init([diagnostic])
    default: self.init([Diagnostic("K9002", "an error of an unknown kind: \(error)")])
    }
  }

  /// The first problem's code: `K2104`.
  public var code: String { diagnostics[0].code }
  /// The first problem's message, one phrase.
  public var message: String { diagnostics[0].message }
  /// All codes with their messages.
  public var problems: [(code: String, message: String)] {
    diagnostics.map { ($0.code, $0.message) }
  }
  /// As a terminal shows it, with the line and a caret.
  public var description: String { diagnostics.drawnAll() }
}

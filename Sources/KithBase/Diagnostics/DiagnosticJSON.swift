extension Diagnostic {
  /// One JSON object on one line, for editors.
  ///
  /// Always `code`, `severity`, `message`. With a place also `file`, `line`, `column`,
  /// `endLine`, `endColumn` (from 1, columns in characters, the end exclusive) and `offset`,
  /// `endOffset` (bytes from 0). `label`, `help`, `suggestions` where there are any. `fix` has a
  /// place of the same form and `replacement`.
  package var json: String {
    var fields = [
      ("code", JSONText.literal(code)), ("severity", JSONText.literal(severity.rawValue)),
      ("message", JSONText.literal(message)),
    ]
    if let source { fields.append(("file", JSONText.literal(source.name))) }
    if let place { fields += Self.fields(of: place) }
    if let label { fields.append(("label", JSONText.literal(label))) }
    if let help { fields.append(("help", JSONText.literal(help))) }
    if !suggestions.isEmpty {
      let list = suggestions.map(JSONText.literal).joined(separator: ",")
      fields.append(("suggestions", "[\(list)]"))
    }
    if let fix, let source {
      let place = Self.fields(of: DiagnosticPlace(exactly: fix.span, in: source))
      let replacement = ("replacement", JSONText.literal(fix.replacement))
      fields.append(("fix", Self.object(place + [replacement])))
    }
    return Self.object(fields)
  }

  private static func fields(of place: DiagnosticPlace) -> [(String, String)] {
    [
      ("line", String(place.start.line)), ("column", String(place.start.column)),
      ("endLine", String(place.end.line)), ("endColumn", String(place.end.column)),
      ("offset", String(place.span.lower)), ("endOffset", String(place.span.upper)),
    ]
  }

  private static func object(_ fields: [(String, String)]) -> String {
    "{" + fields.map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}"
  }
}

extension Sequence where Element == Diagnostic {
  /// A JSON array, one diagnostic a line, by place.
  package func json() -> String {
    let lines = sortedByPlace().map(\.json)
    return lines.isEmpty ? "[]\n" : "[\n" + lines.joined(separator: ",\n") + "\n]\n"
  }
}

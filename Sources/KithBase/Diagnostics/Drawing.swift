/// How diagnostics are drawn.
package struct DrawingOptions: Sendable {
  /// ANSI colours; the caller knows whether the stream is a terminal.
  package var colour: Bool
  /// The columns a source line may take; longer lines are cut around the span.
  package var width: DisplayColumns
  package var tongue: Tongue
  package var display: DisplayWidth

  package init(
    colour: Bool = false, width: DisplayColumns = DisplayColumns(100), tongue: Tongue = .english,
    display: DisplayWidth = DisplayWidth()
  ) {
    self.colour = colour
    self.width = width
    self.tongue = tongue
    self.display = display
  }
}

extension Diagnostic {
  /// The diagnostic as people read it, each line ended by a line feed.
  ///
  /// ```
  /// K2104: no field 'citty' on customer
  ///  --> weekly.kith:1:12
  ///   |
  /// 1 | 客户 | where citty = "深圳"
  ///   |              ^^^^^ did you mean 'city'?
  ///   = try: 客户 | where city = "深圳"
  /// ```
  /// The column after the file name counts characters from 1; the caret stands in display columns.
  /// Without a source text only the first line and the help are drawn.
  package func drawn(_ options: DrawingOptions = DrawingOptions()) -> String {
    DiagnosticDrawing(self, options).text()
  }

  /// What is said under the caret: the label, else what was perhaps meant; nil if there is neither.
  package func caption(_ tongue: Tongue) -> String? {
    if let label { return label }
    guard let last = suggestions.last else { return nil }
    let names = suggestions.dropLast().map { "'\($0)'" }
    switch tongue {
    case .english:
      let list = names.isEmpty ? "" : names.joined(separator: ", ") + " or "
      return "did you mean \(list)'\(last)'?"
    case .chinese:
      let list = names.isEmpty ? "" : names.joined(separator: "、") + " 或 "
      return "是不是 \(list)'\(last)'？"
    }
  }
}

extension Sequence where Element == Diagnostic {
  /// All of them, by text and place, a blank line between two; equal ones once.
  package func drawnAll(_ options: DrawingOptions = DrawingOptions()) -> String {
    sortedByPlace().map { $0.drawn(options) }.joined(separator: "\n")
  }

  /// In the order of their places; those without a place first, equal ones once, otherwise stable.
  package func sortedByPlace() -> [Diagnostic] {
    var sources: [String: Int] = [:]
    var unique: [Diagnostic] = []
    for diagnostic in self where !unique.contains(diagnostic) {
      let name = diagnostic.source?.name ?? ""
      if sources[name] == nil { sources[name] = sources.count }
      unique.append(diagnostic)
    }
    func key(_ diagnostic: Diagnostic) -> (Int, Int, Int) {
      guard let span = diagnostic.span, let source = diagnostic.source else { return (-1, 0, 0) }
      return (sources[source.name] ?? 0, span.lower, span.upper)
    }
    let order = unique.indices.sorted { left, right in
      let (one, two) = (key(unique[left]), key(unique[right]))
      return one == two ? left < right : one < two
    }
    return order.map { unique[$0] }
  }
}

/// One drawing in the making.
private struct DiagnosticDrawing {
  let diagnostic: Diagnostic
  let options: DrawingOptions
  let paint: DiagnosticPaint
  var lines: [String] = []

  init(_ diagnostic: Diagnostic, _ options: DrawingOptions) {
    self.diagnostic = diagnostic
    self.options = options
    paint = DiagnosticPaint(on: options.colour, severity: diagnostic.severity)
  }

  func text() -> String {
    var lines = [head]
    var gutter = 1
    if let source = diagnostic.source {
      let name = DisplayWidth.sanitized(source.name)
      if let place = diagnostic.place {
        let excerpt = SourceExcerpt(source, place, options)
        gutter = String(excerpt.lastLine).count
        let margin = String(repeating: " ", count: gutter)
        let start = place.start
        lines.append(paint.frame(margin + "-->") + " \(name):\(start.line):\(start.column)")
        lines.append(paint.frame(margin + " |"))
        lines += excerpt.drawn(
          caption: diagnostic.caption(options.tongue).map(DisplayWidth.sanitized),
          gutter: gutter, paint: paint)
      } else {
        lines.append(paint.frame(" -->") + " \(name)")
      }
    }
    let margin = String(repeating: " ", count: gutter + 1) + "= "
    if let help = diagnostic.help {
      lines.append(paint.frame(margin) + DisplayWidth.sanitized(help))
    }
    lines += attempt(margin)
    return lines.map { $0 + "\n" }.joined()
  }

  private var head: String {
    let word: String
    switch (diagnostic.severity, options.tongue) {
    case (.error, _): word = ""
    case (.warning, .english): word = " warning"
    case (.warning, .chinese): word = " 警告"
    case (.note, .english): word = " note"
    case (.note, .chinese): word = " 提示"
    }
    return paint.head(diagnostic.code + word) + ": " + DisplayWidth.sanitized(diagnostic.message)
  }

  /// `= try:` and the line with the replacement in it, ready to be entered again.
  private func attempt(_ margin: String) -> [String] {
    guard let mended = diagnostic.mendedLines else { return [] }
    let word = options.tongue == .english ? "try: " : "试试："
    let indent = (options.display.width(of: margin) + options.display.width(of: word)).spaces
    return mended.enumerated().map { index, line in
      let shown = DisplayWidth.sanitized(line)
      return index == 0 ? paint.frame(margin) + word + shown : indent + shown
    }
  }
}

extension Diagnostic {
  /// The whole text with the fix applied; nil without a fix or a text.
  package var mended: SourceText? {
    guard let fix, let source else { return nil }
    let lower = min(max(0, fix.span.lower), source.bytes.count)
    let upper = min(max(lower, fix.span.upper), source.bytes.count)
    let bytes = source.bytes[..<lower] + Array(fix.replacement.utf8) + source.bytes[upper...]
    return SourceText(name: source.name, bytes: Array(bytes))
  }

  /// The lines the fix touches, mended, without their common ends; nil if there is no fix or the
  /// lines are too long to be worth reading.
  fileprivate var mendedLines: [String]? {
    guard let fix, let source else { return nil }
    let map = LineMap(source)
    let lower = min(max(0, fix.span.lower), source.bytes.count)
    let upper = min(max(lower, fix.span.upper), source.bytes.count)
    let first = map.span(ofLine: map.line(of: lower)).lower
    let last = max(map.span(ofLine: map.line(of: upper)).upper, upper)
    guard last - first + fix.replacement.utf8.count <= 1_000 else { return nil }
    let text =
      source[SourceSpan(first, lower)] + fix.replacement + source[SourceSpan(upper, last)]
    var lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
      .map { $0.replacingTabs }
    while lines.count > 1, lines.last?.allSatisfy({ $0 == " " }) == true { lines.removeLast() }
    if lines.count == 1 { lines[0] = String(lines[0].drop { $0 == " " }) }
    return lines
  }
}

extension Substring {
  fileprivate var replacingTabs: String {
    reduce(into: "") { $0 += $1 == "\t" ? "    " : String($1) }
  }
}

/// The few colours of a drawing; the text itself where colour is off.
struct DiagnosticPaint: Sendable {
  let on: Bool
  let severity: Diagnostic.Severity

  func head(_ text: String) -> String { wrap(text, "1;" + severityColour) }
  func caret(_ text: String) -> String { wrap(text, severityColour) }
  func frame(_ text: String) -> String { wrap(text, "34") }

  private var severityColour: String {
    switch severity {
    case .error: "31"
    case .warning: "33"
    case .note: "36"
    }
  }

  private func wrap(_ text: String, _ code: String) -> String {
    on ? "\u{1b}[\(code)m\(text)\u{1b}[0m" : text
  }
}

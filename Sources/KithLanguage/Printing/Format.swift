package import KithBase

/// What a name stands for, so that whoever knows the model can give its other spelling.
package enum NameContext: Sendable, Equatable {
  /// A bare name where a value or a source stands: an entity, a field, a value, a given name.
  case value
  /// Behind a `.`: a field or relation.
  case member
  /// Before `(`.
  case function
  /// Before a number or text: `customer 447`.
  case object
  /// Before `:` in a call.
  case label
  case type
  /// A stage, named step or funnel stage after `reached` and its like.
  case step
  /// A `def` used as a stage.
  case stage
  case chart
  case setting
  /// A column that is dropped or renamed.
  case column
  /// Given in the text itself: `let`, `as`, `NAME =`, parameters.
  case given
}

/// The text of a program in one tongue: canonical keywords, one statement a line, a long pipeline
/// one stage a line, comments and blank lines kept. Formatting twice changes nothing more.
///
/// `translate` gives a name's spelling in the tongue; `source` lends numbers their own spelling
/// where it fits the tongue.
package func format(
  _ program: ProgramSyntax, tongue: Tongue, source: SourceText? = nil,
  translate: @escaping (String, NameContext) -> String = { name, _ in name }
) -> String {
  let printer = Printer(tongue: tongue, source: source, translate: translate)
  var layout = Layout(printer: printer)
  layout.program(program)
  return layout.text
}

/// One expression on one line.
package func print(
  _ expr: ExprSyntax, tongue: Tongue = .english, source: SourceText? = nil,
  translate: @escaping (String, NameContext) -> String = { name, _ in name }
) -> String {
  Printer(tongue: tongue, source: source, translate: translate).expr(expr)
}

/// One pipeline on one line.
package func print(
  _ pipeline: PipelineSyntax, tongue: Tongue = .english, source: SourceText? = nil,
  translate: @escaping (String, NameContext) -> String = { name, _ in name }
) -> String {
  Printer(tongue: tongue, source: source, translate: translate).pipeline(pipeline)
}

/// One stage on one line, without its `|`.
package func print(
  _ stage: StageSyntax, tongue: Tongue = .english, source: SourceText? = nil,
  translate: @escaping (String, NameContext) -> String = { name, _ in name }
) -> String {
  Printer(tongue: tongue, source: source, translate: translate).stage(stage)
}

/// The lines of a formatted text.
struct Layout {
  /// The widest line a pipeline may take, in display columns.
  static let widestLine = 100

  let printer: Printer
  private var lines: [String] = []
  private var indent = 0

  init(printer: Printer) { self.printer = printer }

  /// Empty for an empty program, else with a line end behind every line.
  var text: String { lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n" }

  mutating func program(_ program: ProgramSyntax) {
    for comment in program.comments { add(comment) }
    statements(program.statements)
  }

  private mutating func add(_ line: String) {
    lines.append(line.isEmpty ? "" : String(repeating: " ", count: indent) + line)
  }

  private mutating func statements(_ statements: [StatementSyntax]) {
    for (position, statement) in statements.enumerated() {
      if statement.blankBefore, position > 0 { add("") }
      for comment in leading(statement) { add(comment) }
      let first = lines.count
      self.statement(statement)
      if position > 0, lines.count > first, beginsInTheMiddle(lines[first]) {
        endStatement(before: first)
      }
      if let comment = statement.trailingComment, let last = lines.indices.last {
        lines[last] += "  " + comment
      }
      for comment in statement.followingComments { add(comment) }
    }
  }

  /// Comments from inside the statement's head have no place there on one line.
  private func leading(_ statement: StatementSyntax) -> [String] {
    statement.leadingComments + (statement.pipeline?.source.comments ?? [])
  }

  /// A statement that begins like the middle of one, such as `-3`, needs a `;` before it.
  private func beginsInTheMiddle(_ line: String) -> Bool {
    let source = SourceText(line)
    return Lexeme.list(lex(source).tokens, source).first?.continuesLine ?? false
  }

  private mutating func endStatement(before line: Int) { lines[line] = semicolon(lines[line]) }

  /// An empty statement: the `;` stands before the line's own text.
  private func semicolon(_ line: String) -> String {
    let spaces = line.prefix { $0 == " " }
    return spaces + "; " + line.dropFirst(spaces.count)
  }

  // MARK: Statements

  private mutating func statement(_ statement: StatementSyntax) {
    let k = printer.keyword
    switch statement.kind {
    case .pipeline(let pipeline): self.pipeline("", pipeline)
    case .let(let name, let value):
      pipeline(k(.let) + " " + printer.name(name, .given) + " = ", value)
    case .def(let name, let parameters, let body):
      let list = parameters.map(printer.parameter).joined(separator: ", ")
      pipeline(k(.def) + " " + printer.name(name, .given) + "(" + list + ") = ", body)
    case .param(let name, let type, let value, let label):
      var line = k(.param) + " " + printer.name(name, .given) + ": " + printer.name(type, .type)
      if let value { line += " = " + printer.expr(value) }
      if let label { line += ", " + printer.text(label) }
      add(line)
    case .list(let name, let value):
      pipeline(k(.list) + " " + printer.text(name) + " = ", value)
    case .forEach(let name, let rows, let body):
      let head = k(.for) + " " + printer.name(name, .given) + " " + k(.in) + " "
      add(head + printer.pipeline(rows) + " {")
      block(body)
    case .branch(let branches, let otherwise): branch(branches, otherwise)
    case .print(let value): add(k(.print) + " " + printer.expr(value))
    case .assert(let condition, let message):
      let tail = message.map { ", " + printer.expr($0) } ?? ""
      add(k(.assert) + " " + printer.expr(condition) + tail)
    case .importFile(let file, _): add(k(.importFile) + " " + printer.text(file))
    case .explain(let value): pipeline(k(.explain) + " ", value)
    case .set(let name, let value):
      add(k(.set) + " " + printer.name(name, .setting) + " = " + printer.expr(value))
    case .why(let object, let rows):
      let head = k(.why) + " " + printer.expr(object)
      if let rows { pipeline(head + " " + k(.in) + " ", rows) } else { add(head) }
    case .record(let recording): add(printer.recording(recording))
    case .missing: add(printer.asWritten(statement.span))
    }
  }

  private mutating func branch(
    _ branches: [(condition: ExprSyntax, body: [StatementSyntax])],
    _ otherwise: [StatementSyntax]?
  ) {
    let k = printer.keyword
    for (position, branch) in branches.enumerated() {
      let head = k(.if) + " " + printer.expr(branch.condition) + " {"
      if position == 0 { add(head) } else { lines[lines.count - 1] += " " + k(.else) + " " + head }
      block(branch.body)
    }
    if let otherwise {
      lines[lines.count - 1] += " " + k(.else) + " {"
      block(otherwise)
    }
  }

  private mutating func block(_ body: [StatementSyntax]) {
    indent += 2
    statements(body)
    indent -= 2
    add("}")
  }

  // MARK: Pipelines

  private mutating func pipeline(_ head: String, _ pipeline: PipelineSyntax) {
    let oneLine = head + printer.pipeline(pipeline)
    let hasComments =
      pipeline.source.trailingComment != nil
      || pipeline.stages.dropLast().contains { $0.trailingComment != nil }
      || pipeline.stages.contains { !$0.comments.isEmpty }
    let isShort = indent + displayWidth(oneLine) <= Self.widestLine
    if !hasComments, isShort || pipeline.stages.isEmpty {
      add(oneLine)
      addTrailing(pipeline.stages.last?.trailingComment)
      return
    }
    let source = printer.source(pipeline.source)
    if let asOf = pipeline.asOf {
      add(head + printer.asOf(asOf))
      indent += 2
      add("| " + source)
    } else {
      add(head + source)
      indent += 2
    }
    addTrailing(pipeline.source.trailingComment)
    for stage in pipeline.stages {
      for comment in stage.comments { add(comment) }
      add("| " + printer.stage(stage))
      addTrailing(stage.trailingComment)
    }
    indent -= 2
  }

  private mutating func addTrailing(_ comment: String?) {
    guard let comment, let last = lines.indices.last else { return }
    lines[last] += "  " + comment
  }
}

extension StatementSyntax {
  /// The pipeline a statement ends in, nil where it has none.
  package var pipeline: PipelineSyntax? {
    switch kind {
    case .pipeline(let value), .let(_, let value), .def(_, _, let value), .list(_, let value),
      .explain(let value), .why(_, in: .some(let value)):
      value
    default: nil
    }
  }
}

/// Columns a text takes in a terminal: East Asian wide characters are two.
func displayWidth(_ text: String) -> Int {
  var width = 0
  for scalar in text.unicodeScalars {
    switch scalar.value {
    case 0x300...0x36F, 0x200B...0x200F, 0xFE00...0xFE0F: break
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
      width += 2
    default: width += 1
    }
  }
  return width
}

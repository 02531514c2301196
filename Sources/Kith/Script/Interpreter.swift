package import KithBase
import KithLanguage
import KithModel
package import KithPlan
import KithRun
import KithShow
import KithStore

/// What a script does, in the order it does it.
package enum ScriptEvent {
  case table(Table)
  case text(String)
  /// A file was written: its path and the rows in it.
  case exported(String, Int)
  case chart(String, Table)
  /// A list was run, or compared with an earlier run, and somebody entered or left; its rows follow.
  case list(hasChanged: Bool)
  case warning(Diagnostic)
  /// The book was changed.
  case recorded(Recorded)
}

/// Runs statements one after another, after all of them were checked.
package final class Interpreter {
  let session: Session
  package var environment = Environment()
  package private(set) var warnings: [Diagnostic] = []
  var parameters: [String: ParameterValue]
  /// Parameters that are known only by type while checking; and those declared with `param`.
  var openParameters: [String: KithType?] = [:]
  package private(set) var declared: [DeclaredParameter] = []
  private let allParametersOpen: Bool
  /// A parameter without a value is asked for elsewhere; checking alone does not need it.
  package var missingParametersAllowed = false
  /// `set as_of`, else nil.
  var evaluationDay: Day?
  /// How many rows' values are worked out for each shown table.
  package var maximumRows: Int?
  /// A shell may define a name again; a file may not.
  package var allowsRedefinition = false
  /// Shown what a recording would change, says whether it shall be; nil where nobody is asked.
  package var confirm: ((Recorded) throws -> Bool)?
  /// What statements already checked will have made, by entity; only while checking before running.
  var expected: [String: Set<String>] = [:]
  /// The session keeps it, since each run of a text has an interpreter of its own.
  var lastPipeline: LastPipeline? {
    didSet { session.lastPipeline = lastPipeline }
  }
  /// What is asked once may be asked loosely; a script runs again, on other data.
  package var isScript = false
  private(set) var checksAccess = true
  private var importing: [String] = []

  package struct DeclaredParameter: Sendable {
    package var name: String
    package var type: String
    package var label: String?
    package var hasDefault: Bool
  }

  package init(
    _ session: Session, parameters: [String: ParameterValue], allParametersOpen: Bool = false
  ) {
    self.session = session
    self.parameters = parameters
    self.allParametersOpen = allParametersOpen
    missingParametersAllowed = allParametersOpen
    lastPipeline = session.lastPipeline
  }

  /// Parses, checks and runs a text. Throws `KithError` with every problem found before anything ran, or
  /// the one that ended the run.
  package func run(_ text: SourceText, emit: (ScriptEvent) throws -> Void) throws {
    let program = try parsed(text)
    try precheck(program, text)
    for warning in warnings { try emit(.warning(warning)) }
    environment.text = text
    try execute(program.statements, text, emit)
  }

  /// Parses and checks a text without running it. Throws `KithError`.
  /// - Parameter withAnyAccess: statements that change the book are fine though this session may
  ///   not run them.
  package func check(_ text: SourceText, withAnyAccess: Bool = false) throws {
    let saved = environment
    checksAccess = !withAnyAccess
    defer { (environment, checksAccess) = (saved, true) }
    try precheck(try parsed(text), text)
  }

  func parsed(_ text: SourceText) throws -> ProgramSyntax {
    let result = parse(text, tongue: session.options.tongue)
    let problems = result.diagnostics.map { problem -> Diagnostic in
      var problem = problem
      problem.source = problem.source ?? text
      if problem.fix == nil, problem.suggestions.count == 1, let span = problem.span {
        problem.fix = .init(span: span, replacement: problem.suggestions[0])
      }
      return cutIntoWords(problem, text)
    }
    if problems.contains(where: { $0.severity == .error }) {
      // What could be read is checked too, so that all mistakes show at once.
      let precheck = Precheck(self, text)
      precheck.check(result.program.statements)
      let later = precheck.diagnostics.filter { found in !problems.contains { overlaps($0, found) }
      }
      let all = problems + later
      throw KithError(all.filter { $0.severity == .error }.sortedByPlace())
    }
    return result.program
  }

  /// Chinese typed without spaces, where a verb or the end of a stage is meant: the parser knows no
  /// names, so the cut is offered here. `按城市汇总` becomes 按 城市 汇总.
  private func cutIntoWords(_ problem: Diagnostic, _ text: SourceText) -> Diagnostic {
    guard ["K1105", "K1107"].contains(problem.code), problem.fix == nil, let span = problem.span
    else { return problem }
    let word = text[span]
    let isChinese = word.unicodeScalars.contains { $0.value > 0x2E80 }
    let index = session.index
    let names = session.book.catalogue.entities.map(\.name)
    guard isChinese, word.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }),
      let words = cut(
        word,
        known: { piece in
          index.entity(piece) != nil || names.contains { index.member(piece, of: $0) != nil }
        })
    else { return problem }
    var problem = problem
    problem.fix = .init(span: span, replacement: words.joined(separator: " "))
    problem.suggestions = [words.joined(separator: " ")]
    return problem
  }

  /// A second complaint about the same place adds nothing.
  private func overlaps(_ first: Diagnostic, _ second: Diagnostic) -> Bool {
    guard let a = first.span, let b = second.span, first.source == second.source else {
      return false
    }
    return a.lower < b.upper && b.lower < a.upper
  }

  private func precheck(_ program: ProgramSyntax, _ text: SourceText) throws {
    try session.refresh()
    let saved = (environment, openParameters, lastPipeline)
    defer {
      (environment, openParameters, lastPipeline) = saved
      session.facts.announcedLists = [:]
      expected = [:]
    }
    environment.text = text
    if allParametersOpen {
      for name in parameterNames(text) where parameters[name] == nil {
        openParameters[name] = .some(nil)
      }
    }
    let precheck = Precheck(self, text)
    precheck.check(program.statements)
    declared = precheck.declared
    warnings = precheck.diagnostics.filter { $0.severity != .error }
    let errors = precheck.diagnostics.filter { $0.severity == .error }
    if !errors.isEmpty { throw KithError(errors.sortedByPlace()) }
  }

  /// Every `$name` of a text.
  private func parameterNames(_ text: SourceText) -> [String] {
    var names: [String] = []
    let string = String(decoding: text.bytes, as: UTF8.self)
    for piece in string.split(separator: "$", omittingEmptySubsequences: false).dropFirst() {
      let name = piece.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
      if !name.isEmpty { names.append(String(name)) }
    }
    return names
  }

  // MARK: Statements

  private func execute(
    _ statements: [StatementSyntax], _ text: SourceText, _ emit: (ScriptEvent) throws -> Void
  ) throws {
    for statement in statements { try execute(statement, text, emit) }
  }

  private func execute(
    _ statement: StatementSyntax, _ text: SourceText, _ emit: (ScriptEvent) throws -> Void
  ) throws {
    switch statement.kind {
    case .pipeline(let pipeline): try show(pipeline, text, emit)
    case .let(let name, let pipeline): environment.bind(name.text, to: pipeline)
    case .def(let name, let parameters, let body):
      environment.define(name.text, parameters, body)
    case .param(let name, let type, let value, _):
      try declare(name.text, value.map { Precheck.default($0, of: type, self) }, text)
    case .list(let name, let pipeline): try defineList(name, pipeline, text, emit)
    case .explain(let pipeline): try explain(pipeline, text, emit)
    case .forEach(let name, let pipeline, let body):
      let saved = environment
      let (shape, rows) = try turns(pipeline, text)
      for row in rows {
        environment = saved
        environment.bind(name.text, to: shape, row)
        try execute(body, text, emit)
      }
      environment = saved
    case .branch(let branches, let otherwise):
      let saved = environment
      defer { environment = saved }
      for branch in branches where try truth(branch.condition, text) {
        return try execute(branch.body, text, emit)
      }
      if let otherwise { try execute(otherwise, text, emit) }
    case .print(let expr): try emit(.text(try shownText(expr, text)))
    case .assert(let condition, let message):
      guard try !truth(condition, text) else { return }
      let said = try message.map { try shownText($0, text) } ?? "the assertion does not hold"
      throw KithError(Diagnostic("K4001", said, at: condition.span, source: text))
    case .importFile(let path, let span): try importFile(path, span, text)
    case .set(let name, let expr): try set(name, expr, text)
    case .record(let recording): try record(recording, statement.span, text, emit)
    case .why(let object, let pipeline): try emit(.table(try why(object, pipeline, text)))
    case .missing: break
    }
  }

  private func declare(_ name: String, _ value: ExprSyntax?, _ text: SourceText) throws {
    guard parameters[name] == nil, let value else { return }
    if let found = try scalar(value, text) { parameters[name] = found }
  }

  private func show(
    _ pipeline: PipelineSyntax, _ text: SourceText, _ emit: (ScriptEvent) throws -> Void
  ) throws {
    if let name = Self.bareList(pipeline) { return try runKeptList(name, pipeline, text, emit) }
    var pipeline = pipeline
    var sink: StageSyntax?
    if let last = pipeline.stages.last, Precheck.isSink(last) {
      sink = last
      pipeline.stages.removeLast()
    }
    if case .saveList(let name)? = sink?.kind { return try saveList(name, pipeline, text, emit) }
    let table = try self.table(pipeline, text, limit: sink == nil ? maximumRows : nil)
    lastPipeline = here(pipeline, text)
    if case .since = pipeline.source.kind { try emit(.list(hasChanged: table.totalRowCount > 0)) }
    guard let sink else { return try emit(.table(table)) }
    switch sink.kind {
    case .export(let path):
      let path = try shownText(path, text)
      try Exporter.write(table, to: path, session, at: sink.span, text)
      try emit(.exported(path, table.rowCount))
    case .chart(let kind, _): try emit(.chart(kind.text, table))
    default: break
    }
  }

  private func importFile(_ path: String, _ span: SourceSpan, _ text: SourceText) throws {
    let (source, program) = try imported(path, span, text)
    guard importing.count < 32, !importing.contains(source.name) else {
      throw KithError(Diagnostic("K2303", "'\(path)' imports itself", at: span, source: text))
    }
    importing.append(source.name)
    defer { importing.removeLast() }
    let saved = environment.text
    environment.text = source
    try execute(program.statements, source) { _ in }
    environment.text = saved
  }

  func imported(_ path: String, _ span: SourceSpan, _ text: SourceText) throws
    -> (SourceText, ProgramSyntax)
  {
    let full = FileText.joined(
      text.name.hasPrefix("<")
        ? session.options.workingFolder ?? "." : FileText.folder(of: text.name),
      path)
    do {
      let source = SourceText(name: full, bytes: try FileText.bytes(full, limit: 16 << 20))
      return (source, try parsed(source))
    } catch var diagnostic as Diagnostic {
      diagnostic.span = span
      diagnostic.source = text
      throw KithError(diagnostic)
    }
  }

  private func set(_ name: NameSyntax, _ expr: ExprSyntax, _ text: SourceText) throws {
    guard fold(name.text) == "as_of" else { return }
    switch try scalar(expr, text) {
    case .date(let day)?: evaluationDay = day
    case .period(let period)?: evaluationDay = period.end.adding(days: -1)
    default: throw KithError(Diagnostic("K2129", "as_of takes a date", at: expr.span, source: text))
    }
  }

  private func explain(
    _ pipeline: PipelineSyntax, _ text: SourceText, _ emit: (ScriptEvent) throws -> Void
  ) throws {
    let query = try checked(pipeline, text)
    let tongue = session.options.tongue
    let alone = parse(SourceText(text[pipeline.span])).program
    let names = ScriptNames(session.index, alone, tongue)
    let words = sentence(pipeline, tongue: tongue, source: text, translate: names.translate)
    try emit(.text(words + "\n" + PlanPrinter.text(query)))
  }
}

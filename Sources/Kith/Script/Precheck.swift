import KithBase
import KithLanguage
import KithModel
import KithPlan
import KithStore

/// Checks every statement of a program before any runs; loop variables and parameters are known by type
/// only.
final class Precheck {
  private let interpreter: Interpreter
  private let text: SourceText
  private(set) var diagnostics: [Diagnostic] = []
  private(set) var declared: [Interpreter.DeclaredParameter] = []

  init(_ interpreter: Interpreter, _ text: SourceText) {
    self.interpreter = interpreter
    self.text = text
  }

  static func isSink(_ stage: StageSyntax) -> Bool {
    switch stage.kind {
    case .export, .chart, .saveList: true
    default: false
    }
  }

  func check(_ statements: [StatementSyntax]) {
    for statement in statements { check(statement) }
  }

  private func check(_ statement: StatementSyntax) {
    switch statement.kind {
    case .pipeline(let pipeline): statementPipeline(pipeline)
    case .explain(let pipeline): _ = query(pipeline)
    case .let(let name, let pipeline):
      define(name)
      // A value or a table alike: it must stand on its own, whether or not it is used.
      _ = query(pipeline)
      interpreter.environment.bind(name.text, to: pipeline)
    case .def(let name, let parameters, let body):
      define(name)
      interpreter.environment.define(name.text, parameters, body)
    case .param(let name, let type, let value, let label):
      param(name, type, value, label)
    case .list(let name, let pipeline): list(name, pipeline, statement.span)
    case .forEach(let name, let pipeline, let body): loop(name, pipeline, body)
    case .branch(let branches, let otherwise):
      for branch in branches {
        condition(branch.condition)
        scoped { check(branch.body) }
      }
      if let otherwise { scoped { check(otherwise) } }
    case .print(let expr): _ = value(expr)
    case .assert(let expr, let message):
      condition(expr)
      if let message { _ = value(message) }
    case .importFile(let path, let span): importFile(path, span)
    case .set(let name, let expr):
      if fold(name.text) != "as_of" {
        report(
          Diagnostic("K2305", "'\(name.text)' cannot be set here; as_of can", at: name.span))
      }
      _ = value(expr)
    case .record(let recording): record(recording, statement.span)
    case .why(let object, let pipeline): why(object, pipeline)
    case .missing: break
    }
  }

  private func scoped(_ body: () -> Void) {
    let saved = interpreter.environment
    body()
    interpreter.environment = saved
  }

  private func define(_ name: NameSyntax) {
    guard interpreter.environment.defines(name.text), !interpreter.allowsRedefinition else {
      return
    }
    report(
      Diagnostic(
        "K2306", "'\(name.text)' is defined twice", at: name.span, help: "rename one of them"))
  }

  private func statementPipeline(_ pipeline: PipelineSyntax) {
    if interpreter.isScript { warnOfChance(pipeline) }
    var pipeline = pipeline
    if let last = pipeline.stages.last, Self.isSink(last) {
      pipeline.stages.removeLast()
      switch last.kind {
      case .export(let path): _ = value(path)
      case .saveList(let name): return saveList(name, pipeline, last)
      case .chart:
        report(
          Diagnostic(
            "K3105",
            interpreter.session.say(
              "'\(text[last.verbSpan])' is not part of this version",
              "本版本尚无“\(text[last.verbSpan])”"), at: last.verbSpan))
      default: break
      }
    }
    _ = query(pipeline)
    interpreter.lastPipeline = interpreter.here(pipeline, text)
  }

  private func why(_ object: ExprSyntax, _ pipeline: PipelineSyntax?) {
    do { _ = try interpreter.question(object, pipeline, text) } catch {
      diagnostics += KithError(error).diagnostics
    }
  }

  /// A list's text is read again on other days, when nothing around it is there any more.
  private func list(_ name: String, _ pipeline: PipelineSyntax, _ span: SourceSpan) {
    let session = interpreter.session
    let kept = (try? session.book.list(named: name)) ?? nil
    if kept?.isFrozen == true { report(otherKind(name, isFrozen: true, span)) }
    if interpreter.keepsLists { session.facts.announcedLists[name] = .live(text[pipeline.span]) }
    let before = diagnostics.count
    let saved = (interpreter.environment, interpreter.parameters, interpreter.openParameters)
    interpreter.environment = Environment(text: text)
    (interpreter.parameters, interpreter.openParameters) = ([:], [:])
    let found = query(pipeline)
    interpreter.lastPipeline = interpreter.here(pipeline, text)
    (interpreter.environment, interpreter.parameters, interpreter.openParameters) = saved
    let problems = diagnostics[before...].filter { $0.severity == .error }
    if let first = problems.first, stands(pipeline) {
      diagnostics.removeLast(diagnostics.count - before)
      report(
        Diagnostic(
          "K2314",
          session.say(
            "a list is kept by itself, without the names around it", "清单单独保存，不带周围定义的名称"),
          at: first.span ?? span))
    }
    holdsObjects(found, pipeline.span)
  }

  /// Whether the pipeline means something where it stands.
  private func stands(_ pipeline: PipelineSyntax) -> Bool {
    (try? interpreter.newChecker(text))?.check(pipeline) != nil
  }

  private func saveList(_ name: String, _ pipeline: PipelineSyntax, _ sink: StageSyntax) {
    let session = interpreter.session
    if session.options.access != .write {
      var problem = Recorder.readOnly
      problem.span = sink.verbSpan
      report(problem)
    }
    let kept = (try? session.book.list(named: name)) ?? nil
    var hasText = kept?.isFrozen == false
    if case .live? = session.facts.announcedLists[name] { hasText = true }
    if hasText { report(otherKind(name, isFrozen: false, sink.span)) }
    let found = query(pipeline)
    holdsObjects(found, pipeline.span)
    if case .object(let entity)? = found?.object?.type, interpreter.keepsLists {
      session.facts.announcedLists[name] = .frozen(entity: entity, ids: [])
    }
    interpreter.lastPipeline = interpreter.here(pipeline, text)
  }

  private func otherKind(_ name: String, isFrozen: Bool, _ span: SourceSpan) -> Diagnostic {
    let session = interpreter.session
    return Diagnostic(
      "K2317",
      isFrozen
        ? session.say(
          "list \"\(name)\" holds saved rows, not a text", "清单“\(name)”保存的是行，不是文本")
        : session.say(
          "list \"\(name)\" has a text, saved rows would replace it",
          "清单“\(name)”有文本，保存行会覆盖它"),
      at: span, help: session.say("take another name", "请换一个名称"))
  }

  private func holdsObjects(_ query: Query?, _ span: SourceSpan) {
    guard let query, query.object == nil else { return }
    report(
      Diagnostic(
        "K2315", interpreter.session.say("a list holds objects", "清单由对象组成"), at: span,
        help: interpreter.session.say(
          "these rows are figures; keep the pipeline before they are made", "这些行是数字；请保存汇总之前的管道")))
  }

  /// `customers | where … | take 20` in a script: which 20 is nobody's choice.
  private func warnOfChance(_ pipeline: PipelineSyntax) {
    guard case .expr(let source) = pipeline.source.kind, case .name(let name) = source.kind,
      interpreter.session.index.entity(name.text) != nil
    else { return }
    for stage in pipeline.stages {
      switch stage.kind {
      case .filter, .extend, .select, .drop, .rename, .expand: continue
      case .take:
        let isEnglish = interpreter.session.options.tongue == .english
        report(
          Diagnostic(
            "K2707",
            isEnglish
              ? "take without an order keeps the rows entered first" : "没有排序就取，取到的是最早录入的行",
            at: stage.verbSpan, severity: .warning,
            help: isEnglish ? "sort first, or write 'top 20 by …'" : "请先排序，或写“前20 按 …”"))
      default: return
      }
      return
    }
  }

  private func loop(_ name: NameSyntax, _ pipeline: PipelineSyntax, _ body: [StatementSyntax]) {
    // What the variable is is not known where the pipeline is wrong: the body then waits.
    guard let (_, shape) = checked({ $0.checkLoop(pipeline) }) else { return }
    scoped {
      interpreter.environment.bind(name.text, to: shape, nil)
      check(body)
    }
  }

  private func param(_ name: NameSyntax, _ type: NameSyntax, _ value: ExprSyntax?, _ label: String?)
  {
    declared.append(
      Interpreter.DeclaredParameter(
        name: name.text, type: type.text, label: label, hasDefault: value != nil))
    guard let kithType = Self.type(type.text, interpreter) else {
      report(
        Diagnostic(
          "K2307", "no type '\(type.text)'", at: type.span,
          suggestions: Spelling.nearest(type.text, among: Array(Self.types.keys))))
      return
    }
    if let value { _ = self.value(Self.default(value, of: type, interpreter)) }
    guard interpreter.parameters[name.text] == nil else { return }
    if value == nil, !interpreter.missingParametersAllowed {
      report(
        Diagnostic(
          "K2308", "parameter '\(name.text)' has no value", at: name.span,
          help: "give it with --set \(name.text)=…"))
    }
    interpreter.openParameters[name.text] = .some(kithType)
  }

  /// A bare word or a text as the default of an enumerated parameter is one of its values:
  /// `param least: tier = C2` means `tier.C2`.
  static func `default`(_ value: ExprSyntax, of type: NameSyntax, _ interpreter: Interpreter)
    -> ExprSyntax
  {
    guard let enumeration = interpreter.session.index.enumeration(type.text) else { return value }
    let word: NameSyntax
    switch value.kind {
    case .name(let name): word = name
    case .literal(.text(let text)) where !text.isEmpty: word = NameSyntax(text, value.span)
    default: return value
    }
    let owner = ExprSyntax(.name(NameSyntax(enumeration.name, value.span)), value.span)
    return ExprSyntax(.member(owner, word, nil), value.span)
  }

  private static let types: [String: KithType] = [
    "text": .text, "文本": .text, "int": .int, "整数": .int, "float": .float, "number": .float,
    "数值": .float, "percent": .percent, "百分比": .percent, "bool": .bool, "money": .money,
    "金额": .money, "date": .date, "日期": .date, "time": .time, "时间": .time,
    "duration": .duration(.days), "时长": .duration(.days), "period": .period(nil),
    "时段": .period(nil),
  ]

  static func type(_ word: String, _ interpreter: Interpreter) -> KithType? {
    if let type = types[fold(word)] { return type }
    let index = interpreter.session.index
    if let enumeration = index.enumeration(word) { return .enumeration(enumeration.name) }
    if let entity = index.entity(word) { return .object(entity.name) }
    return nil
  }

  private func importFile(_ path: String, _ span: SourceSpan) {
    do {
      let (source, program) = try interpreter.imported(path, span, text)
      guard depthOfImports < 32 else {
        return report(Diagnostic("K2303", "'\(path)' imports itself", at: span))
      }
      let saved = interpreter.environment.text
      interpreter.environment.text = source
      let inner = Precheck(interpreter, source)
      inner.depthOfImports = depthOfImports + 1
      inner.check(program.statements)
      interpreter.environment.text = saved
      diagnostics += inner.diagnostics
    } catch { diagnostics += KithError(error).diagnostics }
  }

  private var depthOfImports = 0

  // MARK: Checking

  private func query(_ pipeline: PipelineSyntax) -> Query? { checked { $0.check(pipeline) } }

  private func checked<T>(_ body: (Checker) -> T?) -> T? {
    do {
      let checker = try interpreter.newChecker(text)
      let result = body(checker)
      diagnostics += checker.diagnostics
      return result
    } catch {
      diagnostics += KithError(error).diagnostics
      return nil
    }
  }

  private func value(_ expr: ExprSyntax) -> Query? {
    let source = SourceSyntax(kind: .expr(expr), alias: nil, span: expr.span)
    let query = query(PipelineSyntax(source: source, stages: [], span: expr.span))
    if let query, query.object == nil, query.output.count > 1 {
      let first = text[expr.span] + "." + query.output[0].name
      report(
        Diagnostic(
          "K2117",
          say(
            "these are \(query.output.count) columns, not a value",
            "这里有 \(query.output.count) 列，不是一个值"), at: expr.span,
          help: say("name one of them, such as \(first)", "请写其中一列，如 \(first)")))
      return nil
    }
    return query
  }

  private func say(_ english: String, _ chinese: String) -> String {
    interpreter.session.options.tongue == .chinese ? chinese : english
  }

  private func record(_ recording: RecordingSyntax, _ span: SourceSpan) {
    let isAllowed = interpreter.session.options.access == .write || !interpreter.checksAccess
    // Once is enough: every such statement has the same remedy.
    if !isAllowed, !diagnostics.contains(where: { $0.code == Recorder.readOnly.code }) {
      var problem = Recorder.readOnly
      problem.span = span
      report(problem)
    }
    do {
      let checker = try interpreter.newChecker(text)
      _ = checker.check(recording, span)
      diagnostics += checker.diagnostics
      interpreter.expect(recording)
    } catch { diagnostics += KithError(error).diagnostics }
  }

  private func condition(_ expr: ExprSyntax) {
    guard let query = value(expr), let type = query.output.first?.expr.type, type != .bool,
      type != .empty
    else { return }
    report(Diagnostic("K2120", "a condition must be true or false", at: expr.span))
  }

  private func report(_ diagnostic: Diagnostic) {
    var diagnostic = diagnostic
    diagnostic.source = text
    diagnostics.append(diagnostic)
  }
}

import KithBase
import KithLanguage
import KithModel
import KithPlan
import KithRun
import KithShow

/// The last pipeline that was answered, with all that its text meant: what `why` asks about.
struct LastPipeline {
  var syntax: PipelineSyntax
  var environment: Environment
  var text: SourceText
  var parameters: [String: ParameterValue]
  var evaluationDay: Day?
}

extension Session {
  func say(_ english: String, _ chinese: String) -> String {
    options.tongue == .chinese ? chinese : english
  }

  /// Runs a query that was made while the rows stood as they stand now.
  func answer(_ query: Query) throws -> RunResult {
    try engine.run(query, budget: newBudget(), refreshing: false)
  }

  /// A value in words, values of an enumeration by their name.
  func shown(_ value: Scalar, _ type: KithType) -> String {
    var labels: [String: String]?
    if case .enumeration(let name) = type, options.tongue == .chinese,
      let spec = knowledge.catalogue.enumeration(name)
    {
      labels = Dictionary(spec.values.map { ($0.code, $0.zh) }) { first, _ in first }
    }
    return style.text(of: value, type: type, labels: labels)
  }

  /// The name of an object, empty where its kind is named by something that is no stored text.
  func title(of object: ObjectReference) -> String {
    guard let spec = knowledge.catalogue.entity(object.entity),
      spec.fields.contains(where: { $0.name == spec.title && $0.type == .text }),
      let row = knowledge.row(of: object.entity, id: object.id),
      let column = try? engine.column(object.entity, spec.title), Int(row) < column.count,
      case .text(let title) = column.scalar(Int(row), .text)
    else { return "" }
    return title
  }
}

extension ResultColumn {
  /// A column of texts; an empty one is empty.
  static func texts(_ name: String, _ values: [String]) -> ResultColumn {
    var builder = TextDictionaryBuilder()
    let codes = values.map { $0.isEmpty ? 0 : builder.code(Array($0.utf8)) }
    return ResultColumn(name: name, type: .text, vector: .text(codes, builder.finish()))
  }
}

extension Interpreter {
  /// A pipeline with what it means where it stands.
  func here(_ syntax: PipelineSyntax, _ text: SourceText) -> LastPipeline {
    LastPipeline(
      syntax: syntax, environment: environment, text: text, parameters: parameters,
      evaluationDay: evaluationDay)
  }

  /// The steps of a pipeline and the checker that read them. Throws K1 to K3.
  func trace(_ pipeline: LastPipeline) throws -> Trace {
    let saved = (environment, parameters, evaluationDay)
    defer { (environment, parameters, evaluationDay) = saved }
    (environment, parameters, evaluationDay) =
      (pipeline.environment, pipeline.parameters, pipeline.evaluationDay)
    var syntax = pipeline.syntax
    if let last = syntax.stages.last, Precheck.isSink(last) { syntax.stages.removeLast() }
    let checker = try newChecker(pipeline.text)
    guard let trace = checker.trace(syntax) else { throw KithError(checker.diagnostics) }
    return trace
  }

  /// What `why` asks about: the pipeline named, else the last one, with the object; the object is nil
  /// where it is known only when running. Throws K2.
  func question(_ object: ExprSyntax, _ pipeline: PipelineSyntax?, _ text: SourceText) throws
    -> (trace: Trace, object: ObjectReference?)
  {
    guard let asked = pipeline.map({ here($0, text) }) ?? lastPipeline else {
      throw KithError(
        Diagnostic(
          "K2313", session.say("there is no result yet to ask about", "还没有可以追问的结果"),
          at: object.span,
          help: session.say("write why customer 12 in PIPELINE", "请写 为何 客户 12 在 管道"), source: text))
    }
    let trace = try trace(asked)
    let checker = try newChecker(text)
    let found = checker.subject(object, of: trace.entity)
    guard !checker.hasErrors else { throw KithError(checker.diagnostics) }
    return (trace, found)
  }

  func why(_ object: ExprSyntax, _ pipeline: PipelineSyntax?, _ text: SourceText) throws -> Table {
    try session.refresh()
    let (trace, found) = try question(object, pipeline, text)
    do {
      guard let found else {
        throw Diagnostic("K2311", session.say("'why' asks about one object", "“为何”问的是一个对象"))
      }
      return try Why(session: session, trace: trace, object: found).table()
    } catch var diagnostic as Diagnostic {
      if diagnostic.span == nil { (diagnostic.span, diagnostic.source) = (object.span, text) }
      throw KithError(diagnostic)
    }
  }
}

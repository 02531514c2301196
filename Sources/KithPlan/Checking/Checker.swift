package import KithBase
package import KithLanguage
import KithModel

/// The only place that knows names and types: turns a pipeline's tree into a plan, or says everything
/// that is wrong with it. One checker serves one statement.
package final class Checker {
  let facts: any BookFacts
  let index: NameIndex
  let functions: FunctionCatalogue
  let options: CheckOptions
  var environment: Environment
  /// The `def`s above the statement: one that has the name of a derived field replaces it.
  let scriptDefinitions: [String: Definition]

  package private(set) var diagnostics: [Diagnostic] = []
  var derived: [DerivedKey: DerivedBody] = [:]
  var derivedInProgress: Set<DerivedKey> = []
  var inlineDerived: [DerivedKey: (object: SlotID, expr: Expr)] = [:]
  var resolvedDates: [ResolvedDate] = []
  var notes: [Note] = []
  var stageTitles: [String] = []
  /// Innermost last.
  var scopes: [RowScope] = []
  var mode = AggregateMode.row
  var collector: ManyCollector?
  var pendingWindows: [WindowSlot] = []
  /// What a computed slot's value belongs to.
  var slotOwners: [SlotID: Expr] = [:]
  /// Windows may be hoisted: the expression belongs to a stage's rows, not to a child.
  var windowsAllowed = false
  /// Calls of `def` and nested pipelines in progress; bounded.
  var depth = 0
  var expressionDepth = 0
  /// Above 0 nobody will read the diagnostics, so no suggestion is looked for.
  var quietDepth = 0
  /// The pipeline being checked, for `compare` to check again.
  var currentPipeline: PipelineSyntax?
  /// How far `compare` set the clock back while checking again.
  var clockShift: Duration?
  var today: Day
  var now: Instant
  /// The moment asked about where it is not the evaluation's own: `as of`, or the past of a `compare`.
  var moment: Instant?
  var text: SourceText
  /// The steps of a pipeline that is traced, in the order they are applied; nil where none is.
  var tracedSteps: [TraceStep]?
  /// No stage is being applied around this: the rows here are those of the statement.
  var isOnMainLine = true
  private var nextSlot = 0

  package init(
    facts: any BookFacts, index: NameIndex, functions: FunctionCatalogue,
    environment: Environment, options: CheckOptions, text: SourceText
  ) {
    self.facts = facts
    self.index = index
    self.functions = functions
    self.environment = environment
    scriptDefinitions = environment.definitions
    self.options = options
    self.text = text
    today = options.today
    now = options.now
  }

  package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  // MARK: Entry

  /// The plan of a pipeline, or nil with `diagnostics` saying why.
  package func check(_ pipeline: PipelineSyntax) -> Query? {
    let flow = attempt {
      // A fixed day is an `as of` before every pipeline that has none of its own.
      guard let day = self.options.asOf, pipeline.asOf == nil else {
        return try self.flow(of: pipeline)
      }
      return try self.flow(of: pipeline, at: day)
    }
    guard let flow, !hasErrors else { return nil }
    return finish(flow)
  }

  /// A lone expression as a table of one row.
  package func checkValue(_ expr: ExprSyntax) -> Query? {
    let source = SourceSyntax(kind: .expr(expr), alias: nil, span: expr.span)
    return check(PipelineSyntax(asOf: nil, source: source, stages: [], span: expr.span))
  }

  func finish(_ flow: Flow) -> Query {
    Query(
      plan: flow.plan, output: output(of: flow), derived: derived, stageTitles: stageTitles,
      resolvedDates: resolvedDates, notes: notes, treeLevel: flow.treeLevel,
      object: flow.object, now: now, today: today)
  }

  // MARK: Reporting

  /// Marks a failure that has been reported already.
  struct Stop: Error {}

  func report(_ diagnostic: Diagnostic) {
    var diagnostic = diagnostic
    if diagnostic.span != nil { diagnostic.source = diagnostic.source ?? text }
    if diagnostics.count < 100, !diagnostics.contains(diagnostic) {
      diagnostics.append(diagnostic)
    }
  }

  func fail(_ diagnostic: Diagnostic) -> Stop {
    report(diagnostic)
    return Stop()
  }

  /// Runs a part that may fail on its own, so that the parts beside it are still looked at.
  func attempt<T>(_ body: () throws -> T) -> T? {
    do { return try body() } catch let error as Diagnostic {
      report(error)
      return nil
    } catch { return nil }
  }

  var diagnosticCount: Int { diagnostics.count }

  func forgetDiagnostics(after count: Int) {
    diagnostics.removeLast(max(0, diagnostics.count - count))
  }

  /// A message in the tongue asked for.
  func say(_ english: String, _ chinese: String) -> String {
    options.tongue == .chinese ? chinese : english
  }

  func warn(_ code: String, _ message: String, at span: SourceSpan, help: String? = nil) {
    report(Diagnostic(code, message, at: span, severity: .warning, help: help))
  }

  // MARK: Slots

  func newSlot() -> SlotID {
    nextSlot += 1
    return SlotID(nextSlot)
  }

  /// Reads something where other names are known, in the text it stands in.
  func within<T>(_ environment: Environment, _ body: () throws -> T) rethrows -> T {
    let saved = (self.environment, text)
    self.environment = environment
    if let own = environment.text { text = own }
    defer { (self.environment, text) = saved }
    return try body()
  }

  // MARK: Pipelines

  func flow(of pipeline: PipelineSyntax) throws -> Flow {
    if let asOf = pipeline.asOf { return try flow(of: pipeline, asOf: asOf) }
    guard depth < 64 else {
      throw fail(
        Diagnostic(
          "K2301", say("definitions call each other too deeply", "定义互相调用过深"),
          at: pipeline.span))
    }
    depth += 1
    defer { depth -= 1 }
    let outer = (scopes, currentPipeline, isOnMainLine)
    defer { (scopes, currentPipeline, isOnMainLine) = outer }
    scopes = []
    currentPipeline = pipeline
    var flow = try source(pipeline.source)
    let isTraced = tracedSteps != nil && isOnMainLine
    if isTraced { traceSource(pipeline.source, flow) }
    isOnMainLine = false
    try apply(pipeline.stages, traced: isTraced, to: &flow)
    return flow
  }

  func apply(_ stages: [StageSyntax], traced: Bool = false, to flow: inout Flow) throws {
    for (index, stage) in stages.enumerated() {
      let step = traced ? step(stage, before: flow) : nil
      do {
        try apply(stage, index: index, all: stages, to: &flow)
        if let step { finish(step, flow) }
      } catch is Stop {
        // The rows after a stage that failed are not known well enough to judge the next stages,
        // except after one that changes no names.
        guard keepsNames(stage) else { throw Stop() }
      }
    }
  }

  private func keepsNames(_ stage: StageSyntax) -> Bool {
    switch stage.kind {
    case .filter, .sort, .reverse, .take, .skip, .sample, .top, .until: true
    default: false
    }
  }

  /// Adds the count of rows after a stage to the result's trail.
  func mark(_ flow: inout Flow, _ title: String) {
    guard depth == 1 else { return }
    flow.plan = .mark(flow.plan, index: stageTitles.count)
    stageTitles.append(title)
  }
}

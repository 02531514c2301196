import KithBase
import KithLanguage

/// Which file lowers which stage.
extension Checker {
  func apply(
    _ stage: StageSyntax, index place: Int, all stages: [StageSyntax], to flow: inout Flow
  ) throws {
    let title = text[stage.verbSpan]
    if let open = flow.funnel, try openFunnel(open, stage, &flow) {
      mark(&flow, title)
      return
    }
    if case .cell = stage.kind {} else { flow.matrix = nil }
    switch stage.kind {
    case .filter(let condition): try filter(condition, &flow)
    case .extend(let items): try extend(items, &flow)
    case .select(let items): try select(items, &flow)
    case .drop(let names): try drop(names, &flow)
    case .rename(let pairs): try rename(pairs, &flow)
    case .sort(let keys): try sort(keys, &flow)
    case .reverse: flow.plan = .reverse(flow.plan)
    case .take(let amount, let per): try take(amount, per, skip: false, &flow)
    case .skip(let amount, let per): try take(amount, per, skip: true, &flow)
    case .sample(let amount, let seed): try sample(amount, seed, &flow)
    case .top(let amount, let key, let per): try top(amount, key, per, &flow)
    case .until(let target, let value, let per): try until(target, value, per, &flow)
    case .distinct(let items): try distinct(items, &flow)
    case .count(let by): try count(by, stage, &flow)
    case .summarize(let items, let by): try summarize(items, by, stage.span, &flow)
    case .pivot(let column, let values, let items, let by):
      try pivot(column, values, items, by, stage.span, &flow)
    case .join(let kind, let table, let alias, let on):
      try join(kind, table, alias, on, stage.span, &flow)
    case .union(let table): try union(table, stage.span, &flow)
    case .except(let table): try setOperation(table, keep: false, stage.span, &flow)
    case .intersect(let table): try setOperation(table, keep: true, stage.span, &flow)
    case .expand(let path, let outer, let alias): try expand(path, outer, alias, &flow)
    case .describe: try describe(&flow)
    case .histogram(let value, let width): try histogram(value, width, stage.span, &flow)
    case .duplicates(let items): try duplicates(items, &flow)
    case .matrix(let name): try matrix(name, &flow)
    case .cell(let name): try cell(name, stage.verbSpan, &flow)
    case .warnings(let names): try warnings(names, stage.span, &flow)
    case .compare(let kind): try compare(kind, place, stages, stage.span, &flow)
    case .funnel(let funnel): try self.funnel(funnel, stage.span, &flow)
    case .reached, .droppedAfter, .lostFrom, .openIn:
      throw fail(
        Diagnostic(
          "K2201",
          say(
            "'\(title)' opens a number of a funnel, so it follows 'funnel'",
            "“\(title)”用于打开漏斗的数，须跟在“漏斗”后"), at: stage.verbSpan))
    case .downstream(let within):
      try walk(.downstream(levels: try levels(within)), stage.span, &flow)
    case .upstream(let within): try walk(.upstream(levels: try levels(within)), stage.span, &flow)
    case .chain: try walk(.chain, stage.span, &flow)
    case .roots: try walk(.roots, stage.span, &flow)
    case .circles: try walk(.circles, stage.span, &flow)
    case .loops: try walk(.loops, stage.span, &flow)
    case .tree: try walk(.tree, stage.span, &flow)
    case .rollup(let items): try rollup(items, stage.span, &flow)
    case .call(let name, let call): try stageCall(name, call, stage.span, &flow)
    case .export, .chart, .saveList: throw sinkInside(stage)
    case .cohort(let item, let of, let filter, let length):
      try cohort(item, of, filter, length, stage.span, &flow)
    case .forecast(let items, let target): try forecast(items, target, stage.span, &flow)
    case .matchStages(let steps, let modifiers):
      try matchStages(steps, modifiers, stage.span, &flow)
    case .missing: throw Stop()
    }
    mark(&flow, title)
  }

  private func sinkInside(_ stage: StageSyntax) -> Stop {
    fail(
      Diagnostic(
        "K2202",
        say(
          "'\(text[stage.verbSpan])' ends a statement's pipeline",
          "“\(text[stage.verbSpan])”只能在语句末尾"),
        at: stage.verbSpan))
  }

  private func stageCall(
    _ name: NameSyntax, _ call: CallSyntax?, _ span: SourceSpan, _ flow: inout Flow
  ) throws {
    guard let definition = environment.definitions[fold(name.text)] else {
      if AggregateName.find(name.text) != nil {
        let mended = say("summarize ", "汇总 ") + text[span]
        throw fail(
          Diagnostic(
            "K2203", say("'\(name.text)' is an aggregate, not a stage", "“\(name.text)”是聚合，不是步骤"),
            at: span, fix: .init(span: span, replacement: mended)))
      }
      if let stop = cutIntoKnown(name, of: flow.entity) { throw stop }
      let near = Spelling.nearest(name.text, among: stageVerbs + environment.definitions.keys)
      throw fail(
        Diagnostic(
          "K2203", say("no stage is called '\(name.text)'", "没有叫“\(name.text)”的步骤"), at: name.span,
          fix: near.first.map { .init(span: name.span, replacement: $0) }, suggestions: near))
    }
    guard let first = definition.parameters.first, ["rows", "行"].contains(fold(first.name.text))
    else {
      throw fail(
        Diagnostic(
          "K2204",
          say(
            "'\(name.text)' is a function, its first parameter is not 'rows'",
            "“\(name.text)”是函数，首个参数不是 rows"),
          at: name.span))
    }
    guard depth < 32 else { throw tooDeep(span) }
    let inner = try independent { try bind(definition, call, rows: flow, span) }
    flow = try within(inner) { try self.flow(of: definition.body) }
  }

  private var stageVerbs: [String] {
    [
      "where", "extend", "select", "drop", "rename", "sort", "reverse", "take", "skip", "sample",
      "top", "until", "distinct", "count", "summarize", "pivot", "join", "union", "except",
      "intersect", "expand", "describe", "histogram", "duplicates", "funnel", "downstream",
      "upstream", "chain", "roots", "circles", "loops", "tree", "rollup", "cohort", "forecast",
      "match stages", "export", "matrix", "cell", "warnings",
    ]
  }
}

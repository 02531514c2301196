import KithBase

extension Parser {
  /// A pipeline; an outer one (a statement's) keeps the comments between its stages.
  mutating func pipeline(isOuter: Bool) throws(ParseFailure) -> PipelineSyntax {
    need()
    let start = index
    let asOf = try asOf()
    var head = try head()
    let afterSource = index
    var stages: [StageSyntax] = []
    var sink: String?
    while at(.pipe) {
      let pipe = index
      var comments: [String] = []
      if isOuter {
        let found = lexemes[pipe].comments
        lexemes[pipe].comments = []
        for comment in found {
          if comment.isTrailing {
            if let last = stages.indices.last {
              stages[last].trailingComment = comment.text
            } else {
              head.trailingComment = comment.text
            }
          } else {
            comments.append(comment.text)
          }
        }
      }
      advance(as: .operator)
      var stage = stage()
      if isOuter {
        stage.comments = comments + takeComments(pipe + 1..<max(index, pipe + 1))
        if stages.isEmpty { head.comments += takeComments(start + 1..<afterSource) }
      }
      if let sink { report(.stageAfterSink(sink), stage.verbSpan) }
      sink = sinkVerb(stage)
      stages.append(stage)
    }
    return PipelineSyntax(asOf: asOf, source: head, stages: stages, span: span(from: start))
  }

  private func sinkVerb(_ stage: StageSyntax) -> String? {
    switch stage.kind {
    case .export, .chart, .saveList: source[stage.verbSpan]
    default: nil
    }
  }

  private mutating func asOf() throws(ParseFailure) -> AsOfSyntax? {
    let length = length(of: .asOf)
    guard length > 0, beginsExpression(length) else { return nil }
    _ = accept(.asOf)
    let result: AsOfSyntax
    if at(.each), unit(1) != nil, at(.in, 2) {
      _ = accept(.each)
      let unit = try calendarUnit()
      _ = accept(.in)
      result = .each(unit, in: try expression())
    } else {
      result = .date(try expression())
    }
    need()
    guard accept(.pipe) else { throw expected("'|' and a source", "“|”和来源") }
    need()
    return result
  }

  private mutating func calendarUnit() throws(ParseFailure) -> CalendarUnit {
    let span = lexemes[index].span
    guard let word = unit(), let unit = CalendarUnit(rawValue: word.rawValue) else {
      throw fail(
        .unitNotAllowed(source[span]), span, suggestions: ["day", "week", "month"])
    }
    advance(as: .keyword)
    return unit
  }

  private mutating func head() throws(ParseFailure) -> SourceSyntax {
    let start = index
    var kind: SourceSyntax.Kind
    if at(.path), at(.from, 1) {
      _ = accept(.path)
      _ = accept(.from)
      let from = try postfix()
      try expect(.to)
      kind = .path(from: from, to: try postfix())
    } else {
      let value = try expression()
      kind = accept(.since) ? .since(value, try expression()) : .expr(value)
    }
    let alias = try alias()
    return SourceSyntax(kind: kind, alias: alias, span: span(from: start))
  }

  /// `as c`
  mutating func alias() throws(ParseFailure) -> NameSyntax? {
    // `as of` inside a source would be a second clock; it is no alias.
    accept(.as) ? try name(given: true) : nil
  }

  // MARK: Stages

  /// A stage after its `|`. One that cannot be read is `.missing`; the next `|` goes on.
  private mutating func stage() -> StageSyntax {
    need()
    let start = index
    let depthBefore = depth
    let bracketsBefore = brackets.count
    var verbSpan = lexemes[start].span
    do {
      let kind = try stageKind(&verbSpan)
      return StageSyntax(kind, span(from: start), verbSpan: verbSpan)
    } catch {
      depth = depthBefore
      brackets.removeSubrange(bracketsBefore...)
      synchronize()
      let span = index > start ? span(from: start) : SourceSpan(verbSpan.lower, verbSpan.lower)
      return StageSyntax(.missing, span, verbSpan: verbSpan)
    }
  }

  private mutating func stageKind(
    _ verbSpan: inout SourceSpan
  ) throws(ParseFailure) -> StageSyntax.Kind {
    let start = index
    guard let verb = verb() else { return try callStage(&verbSpan) }
    _ = accept(verb, as: .verb)
    verbSpan = span(from: start)
    if let stage = try rowStage(verb) { return stage }
    if let stage = try tableStage(verb) { return stage }
    return try timeStage(verb) ?? .missing
  }

  /// The verb whose phrase stands here; of two the longer one.
  private func verb() -> Keyword? {
    var best: (keyword: Keyword, length: Int)?
    for phrase in lexemes[place()].phrases
    where phrase.words.count > (best?.length ?? 0) && fits(phrase)
      && Keyword.verbs.contains(phrase.keyword)
    {
      best = (phrase.keyword, phrase.words.count)
    }
    return best?.keyword
  }

  /// `quiet(90 days)`: a `def` as a stage. A name that is followed by more is a mistyped verb.
  private mutating func callStage(
    _ verbSpan: inout SourceSpan
  ) throws(ParseFailure) -> StageSyntax.Kind {
    let name = try name("a verb", "动词")
    verbSpan = name.span
    let call = at(.openParenthesis) ? try arguments() : nil
    if isAtStageEnd { return .call(name, call) }
    throw fail(
      .unknownVerb(name.text), name.span, suggestions: Vocabulary.nearVerbs(to: name.text))
  }

  /// Stages over the rows as they are.
  private mutating func rowStage(_ verb: Keyword) throws(ParseFailure) -> StageSyntax.Kind? {
    switch verb {
    case .where: return .filter(try condition())
    case .extend: return .extend(try items())
    case .select: return .select(try selection())
    case .drop: return .drop(try names())
    case .rename: return .rename(try renames())
    case .sort:
      if at(.by), beginsExpression(1) { _ = accept(.by) }
      return .sort(try keys())
    case .reverse: return .reverse
    case .take: return .take(try value(), try per())
    case .skip: return .skip(try value(), try per())
    case .sample:
      let count = try value()
      guard accept(.seed) else { return .sample(count, seed: nil) }
      return .sample(count, seed: try integer())
    case .top: return try top()
    case .until:
      let share = try value()
      try expect(.of)
      return .until(share, of: try value(), try per())
    case .distinct: return .distinct(isAtStageEnd ? [] : try items())
    case .describe: return .describe
    default: return nil
    }
  }

  private mutating func top() throws(ParseFailure) -> StageSyntax.Kind {
    let count = try value()
    if let per = try per() {
      try expect(.by)
      return .top(count, try key(descending: true), per)
    }
    try expect(.by)
    let key = try key(descending: true)
    return .top(count, key, try per())
  }

  /// Groups and tables.
  private mutating func tableStage(_ verb: Keyword) throws(ParseFailure) -> StageSyntax.Kind? {
    switch verb {
    case .count:
      if at(.openParenthesis) { _ = try arguments() }
      return .count(try by())
    case .summarize:
      let aggregates = try items()
      return .summarize(aggregates, try by())
    case .group:
      if at(.by), beginsExpression(1) { _ = accept(.by) }
      let keys = try items()
      try expect(.colon)
      let aggregates = try items()
      return .summarize(aggregates, BySyntax(items: keys, fill: accept(.fill)))
    case .pivot: return try pivot()
    case .join: return try join()
    case .union: return .union(try table())
    case .except: return .except(try table())
    case .intersect: return .intersect(try table())
    case .expand:
      need()
      let outer = accept(.outer)
      let path = try postfix()
      return .expand(path, outer: outer, alias: try alias())
    case .histogram: return try histogram()
    case .duplicates:
      try expect(.by)
      return .duplicates(try items())
    case .compareToPrevious: return .compare(.previous)
    case .compareToLastYear: return .compare(.lastYear)
    case .matrix: return .matrix(try name())
    case .cell: return .cell(try name("a cell such as V1", "格，如 V1"))
    case .warnings: return .warnings(isAtStageEnd ? [] : try names())
    case .downstream: return .downstream(within: try levels())
    case .upstream: return .upstream(within: try levels())
    case .chain: return .chain
    case .roots: return .roots
    case .circles: return .circles
    case .loops: return .loops
    case .tree: return .tree
    case .rollup: return .rollup(try items())
    default: return nil
    }
  }

  /// Funnels, time and sinks.
  private mutating func timeStage(_ verb: Keyword) throws(ParseFailure) -> StageSyntax.Kind? {
    switch verb {
    case .funnel: return .funnel(try funnel())
    case .matchStages:
      let steps = try steps()
      return .matchStages(steps, try modifiers())
    case .reached: return .reached(try step())
    case .droppedAfter: return .droppedAfter(try step())
    case .lostFrom: return .lostFrom(try step())
    case .openIn: return .openIn(try step())
    case .cohort: return try cohort()
    case .forecast: return try forecast()
    case .export: return .export(try operand())
    case .chart:
      let name = try name("a kind of chart", "图表种类")
      return .chart(name, isAtStageEnd ? [] : try items())
    case .saveList: return .saveList(try text("the name of the list", "清单名称"))
    default: return nil
    }
  }
}

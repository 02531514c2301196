package import KithBase
import KithLanguage
import KithModel
import KithPlan
import KithRun

/// What could stand at the cursor, from this book's names and values.
package struct Completer {
  package struct Candidate: Sendable {
    package var insert: String
    package var kind: String
    package var detail: String
  }

  let session: Session
  /// Names a shell has defined.
  let defined: [String]

  package init(_ session: Session, defined: [String]) {
    self.session = session
    self.defined = defined
  }

  /// Candidates for the word before the cursor, best first, and the bytes they replace.
  package func candidates(_ text: String, at offset: Int) -> (span: SourceSpan, items: [Candidate])
  {
    let context = completionContext(SourceText(text), at: offset)
    let entity = entity(of: context)
    var items: [Candidate] = []
    switch context.expectation {
    case .statement: items = sources() + recordings()
    case .source: items = sources()
    case .verb: items = verbs()
    case .value: items = members(entity) + functions() + names()
    case .operand(let left, _): items = values(left, entity) + members(entity)
    case .member(let base): items = members(self.member(base, entity))
    case .infix: items = infixes()
    case .step: items = stages()
    case .listName:
      items = session.knowledge.listNames.map { Candidate(insert: $0, kind: "list", detail: "") }
    default: return (context.span, [])
    }
    let word = fold(context.word)
    let fitting = items.filter { word.isEmpty || fold($0.insert).hasPrefix(word) }
    let inside = items.filter { item in
      !word.isEmpty && fold(item.insert).contains(word) && !fold(item.insert).hasPrefix(word)
    }
    var seen: Set<String> = []
    return (context.span, (fitting + inside).filter { seen.insert($0.insert).inserted })
  }

  // MARK: Which rows

  /// The entity of the rows at the place: that of the pipeline's source, or of the relation an aggregate
  /// runs over.
  private func entity(of context: CompletionContext) -> String? {
    var entity = source(context.pipeline)
    for call in context.calls where !call.firstArgument.isEmpty && call.clause != nil {
      entity = member(call.firstArgument, entity) ?? entity
    }
    return entity
  }

  private func source(_ pipeline: String) -> String? {
    let parsed = parse(SourceText(pipeline))
    guard case .pipeline(let tree)? = parsed.program.statements.last?.kind,
      case .expr(let expr) = tree.source.kind
    else { return nil }
    switch expr.kind {
    case .name(let name): return session.index.entity(name.text)?.name
    case .one(let name, _): return session.index.entity(name.text)?.name
    default: return nil
    }
  }

  /// The entity a dotted path leads to.
  private func member(_ path: String, _ entity: String?) -> String? {
    var current = entity
    for name in path.split(separator: ".") {
      let name = String(name)
      guard let from = current, let member = session.index.member(name, of: from) else {
        current = session.index.entity(name)?.name
        continue
      }
      switch member {
      case .toOne(let spec): current = spec.target
      case .toMany(let spec): current = spec.target
      case .derived(let spec):
        if case .object(let target) = spec.type { current = target } else { current = nil }
      case .field: current = nil
      }
    }
    return current
  }

  // MARK: Candidates

  private var isChinese: Bool { session.options.tongue == .chinese }

  private func sources() -> [Candidate] {
    session.index.catalogue.entities.flatMap { entity in
      [
        Candidate(insert: entity.plural, kind: "objects", detail: entity.zh),
        Candidate(insert: entity.zh, kind: "objects", detail: entity.plural),
      ]
    } + names()
  }

  /// Words that begin a statement which changes the book.
  private func recordings() -> [Candidate] {
    Keyword.recordingWords.flatMap { word in
      Vocabulary.spellings(word, .english) + Vocabulary.spellings(word, .chinese)
    }.map { Candidate(insert: $0, kind: "statement", detail: "") }
  }

  private func names() -> [Candidate] {
    defined.sorted().map { Candidate(insert: $0, kind: "name", detail: "") }
  }

  private func verbs() -> [Candidate] {
    let words: [(String, String)] = [
      ("where", "其中"), ("extend", "增列"), ("select", "选择"), ("sort", "排序"), ("take", "取"),
      ("top", "前"), ("count", "计数"), ("summarize", "汇总"), ("distinct", "去重"), ("join", "连接"),
      ("expand", "展开"), ("funnel", "漏斗"), ("pivot", "透视"), ("drop", "去掉"), ("rename", "改名"),
      ("reverse", "反转"), ("skip", "跳过"), ("sample", "抽样"), ("until", "直到"), ("union", "并上"),
      ("except", "除去"), ("intersect", "交集"), ("describe", "概况"), ("histogram", "分布"),
      ("duplicates by", "查重 按"), ("compare to previous", "对比上期"),
      ("compare to last year", "对比去年"), ("downstream", "下游"), ("upstream", "上游"),
      ("chain", "推荐链"), ("tree", "推荐树"), ("roots", "源头"), ("loops", "环路"), ("circles", "圈子"),
      ("rollup", "归总"), ("export", "导出"),
    ]
    return words.flatMap { english, chinese in
      [
        Candidate(insert: english, kind: "verb", detail: chinese),
        Candidate(insert: chinese, kind: "verb", detail: english),
      ]
    }
  }

  private func infixes() -> [Candidate] {
    [
      "and", "or", "in", "between", "starts with", "is empty", "is not empty", "by", "desc", "且",
      "或", "为空", "非空", "按", "降序",
    ]
    .map { Candidate(insert: $0, kind: "word", detail: "") }
  }

  private func members(_ entity: String?) -> [Candidate] {
    guard let entity, let spec = session.index.catalogue.entity(entity) else { return [] }
    var found: [Candidate] = []
    func add(_ english: String, _ chinese: String, _ kind: String) {
      found.append(Candidate(insert: english, kind: kind, detail: chinese))
      if !chinese.isEmpty { found.append(Candidate(insert: chinese, kind: kind, detail: english)) }
    }
    for field in spec.fields where !field.hidden { add(field.name, field.zh, field.type.name) }
    for path in spec.toOne { add(path.name, path.zh, "→ " + path.target) }
    for path in spec.toMany { add(path.name, path.zh, "→ many " + path.target) }
    for derived in spec.derived { add(derived.name, derived.zh, derived.type.name) }
    return found
  }

  private func functions() -> [Candidate] {
    let aggregates = [
      "count", "sum", "avg", "min", "max", "median", "any", "none", "all", "first", "last", "rate",
      "win_rate", "share", "rank", "distinct", "list",
    ]
    return aggregates.map { Candidate(insert: $0 + "(", kind: "aggregate", detail: "") }
      + session.functions.functions.map {
        Candidate(insert: $0.name + "(", kind: "function", detail: $0.summary)
      }
  }

  private func stages() -> [Candidate] {
    session.knowledge.funnels.flatMap(\.stages).map {
      Candidate(insert: $0.code, kind: "stage", detail: isChinese ? $0.zh : $0.en)
    }
  }

  /// Values of the field on the other side, with how often each occurs.
  private func values(_ left: String, _ entity: String?) -> [Candidate] {
    var steps = left.split(separator: ".").map(String.init)
    guard let last = steps.popLast() else { return [] }
    let owner = steps.isEmpty ? entity : member(steps.joined(separator: "."), entity)
    guard let owner, let member = session.index.member(last, of: owner) else { return [] }
    switch member {
    case .toOne(let spec) where spec.target == "stage": return stages()
    case .toOne(let spec):
      return session.knowledge.values(of: spec.target, field: "name").prefix(200)
        .map { Candidate(insert: quoted($0), kind: spec.target, detail: "") }
    case .field(let field): return values(of: owner, field.name, field.type)
    case .derived(let spec): return codes(spec.type)
    case .toMany: return []
    }
  }

  private func values(of entity: String, _ field: String, _ type: KithType) -> [Candidate] {
    guard type == .text else {
      let counts = Dictionary(
        ((try? session.engine.values(of: entity, field: field, limit: 500)) ?? []).map {
          ($0.text, $0.count)
        }, uniquingKeysWith: { first, _ in first })
      return codes(type).map { candidate in
        var candidate = candidate
        if let count = counts[candidate.insert] { candidate.detail += " \(count)" }
        return candidate
      }
    }
    let found = (try? session.engine.values(of: entity, field: field, limit: 200)) ?? []
    return found.map { Candidate(insert: quoted($0.text), kind: "value", detail: "\($0.count)") }
  }

  private func codes(_ type: KithType) -> [Candidate] {
    guard case .enumeration(let name) = type, let spec = session.index.catalogue.enumeration(name)
    else {
      return type == .bool
        ? [
          Candidate(insert: "true", kind: "bool", detail: ""),
          Candidate(insert: "false", kind: "bool", detail: ""),
        ] : []
    }
    return spec.values.map { Candidate(insert: $0.code, kind: spec.name, detail: $0.zh) }
  }

  private func quoted(_ text: String) -> String {
    "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\\\"")
      + "\""
  }
}

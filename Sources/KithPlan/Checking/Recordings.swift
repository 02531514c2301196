package import KithBase
package import KithLanguage
import KithModel

/// Statements that change the book: what is changed, and whether the new values fit.
extension Checker {
  /// The checked form of a recording, or nil with `diagnostics` saying why.
  package func check(_ recording: RecordingSyntax, _ span: SourceSpan) -> Recording? {
    let result = attempt { () throws -> Recording in
      switch recording {
      case .add(let name, let items): return try self.adding(name, items, span)
      case .set(let target, let items): return try self.setting(target, items)
      case .remove(let target):
        let flow = try self.target(target)
        return self.recording(.remove, flow, [])
      case .advance(let target, let stage, let at, let items):
        return try self.advancing(target, stage, at, items)
      case .log(let kind, let target, let items): return try self.logging(kind, target, items)
      case .refer(let object, let referrer, let items):
        return try self.referring(object, referrer, items)
      case .claim(let target, let owner, let until, let items):
        return try self.claiming(target, owner, until, items)
      case .merge(let target, let kept): return try self.merging(target, kept)
      case .undo:
        try self.refuseWithoutBook(span)
        return self.recording(.undo, Flow(plan: .scan(.one), object: nil), [])
      }
    }
    return hasErrors ? nil : result
  }

  /// A column of the query of a recording.
  struct Recorded {
    var name: String
    var expr: Expr
  }

  func recording(
    _ act: Recording.Act, _ flow: Flow, entity: String? = nil, _ columns: [Recorded]
  ) -> Recording {
    var query = finish(flow)
    query.output = columns.map { OutputColumn(name: $0.name, expr: $0.expr) }
    query.object = flow.object
    return Recording(
      act, entity: entity ?? flow.entity ?? "", query: query, columns: columns.map(\.name))
  }

  private func refuseWithoutBook(_ span: SourceSpan) throws {
    if index.catalogue.entity("batch") != nil { return }
    throw fail(
      Diagnostic("K2413", say("there is no book to change", "没有可更改的账本"), at: span))
  }

  // MARK: What is changed

  /// The rows of a target, which stand for objects a person may change.
  func target(_ expr: ExprSyntax) throws -> Flow {
    if case .name(let name) = expr.kind, binding(name) == nil, index.entity(name.text) != nil {
      throw fail(
        Diagnostic(
          "K2402",
          say("all rows of a kind are named in brackets", "要指一类对象的全部，须加括号"), at: expr.span,
          fix: .init(span: expr.span, replacement: "(" + text[expr.span] + ")")))
    }
    let source = SourceSyntax(kind: .expr(expr), alias: nil, span: expr.span)
    var flow = try self.flow(of: PipelineSyntax(source: source, stages: [], span: expr.span))
    if flow.object == nil, flow.columns.count == 1, flow.columns[0].expr.type.entity != nil {
      flow.object = flow.columns[0].expr
    }
    guard let entity = flow.entity else {
      throw fail(
        Diagnostic(
          "K2401", say("these rows stand for no objects of the book", "这些行不代表账本中的对象"),
          at: expr.span))
    }
    try refuseKept(entity, expr.span)
    return flow
  }

  /// Logs and the book's own structure are no one's to edit.
  func refuseKept(_ entity: String, _ span: SourceSpan) throws {
    guard let spec = index.catalogue.entity(entity) else { throw Stop() }
    if spec.importable || ["setting", "calendar_day"].contains(entity) { return }
    throw fail(
      Diagnostic(
        "K2403", say("\(spec.plural) are kept by kith itself", "\(spec.zh)由 kith 自己维护"), at: span))
  }

  // MARK: New values

  /// The assigned fields of an entity, read in the scope of the rows.
  func assigned(
    _ items: [AssignmentSyntax], of entity: String, in flow: Flow, isNew: Bool = false
  ) throws -> [Recorded] {
    let saved = scopes
    defer { scopes = saved }
    scopes = flow.object == nil && flow.columns.isEmpty ? [] : [RowScope(flow)]
    var result: [Recorded] = []
    var isFine = true
    for item in items {
      guard let column = attempt({ try self.assigned(item, entity, isNew) }) else {
        isFine = false
        continue
      }
      if result.contains(where: { $0.name == column.name }) {
        _ = fail(
          Diagnostic(
            "K2404", say("'\(item.name.text)' is given twice", "“\(item.name.text)”给了两次"),
            at: item.name.span))
        isFine = false
      }
      result.append(column)
    }
    guard isFine else { throw Stop() }
    return result
  }

  private func assigned(_ item: AssignmentSyntax, _ entity: String, _ isNew: Bool) throws
    -> Recorded
  {
    guard let member = index.member(item.name.text, of: entity) else {
      throw unknown(item.name, ofEntity: entity)
    }
    let type: KithType
    switch member {
    case .field(let field):
      if let why = kept(field.name, entity, isNew) { throw notSettable(item.name, why) }
      type = field.type
    case .toOne(let path):
      if path.through != nil {
        throw notSettable(item.name, say("it follows from other objects", "它由其他对象得出"))
      }
      if let why = kept(path.name, entity, isNew) { throw notSettable(item.name, why) }
      type = .object(path.target)
    case .toMany(let path):
      throw notSettable(
        item.name, say("'\(path.name)' are objects of their own", "“\(path.zh)”是单独的对象"))
    case .derived(let spec):
      throw notSettable(
        item.name,
        spec.kith.map { say("it is worked out: \($0)", "它是算出来的：\($0)") }
          ?? say("it is worked out", "它是算出来的"))
    }
    let expr = try value(item.value, as: type)
    try checkBounds(member, expr, item)
    return Recorded(name: member.name, expr: expr)
  }

  /// Why a stored field is not set by hand, nil where it may be.
  private func kept(_ field: String, _ entity: String, _ isNew: Bool) -> String? {
    switch (entity, field) {
    case (_, "id"): say("ids are given by kith", "内部编号由 kith 给出")
    case (_, "name_key"): say("kith keeps it", "由 kith 维护")
    case (_, "merged_into"): say("use 'merge … into …'", "请用“合并 … 并入 …”")
    case ("opportunity", "stage") where !isNew, ("opportunity", "funnel") where !isNew,
      ("opportunity", "state"):
      say("a deal moves by 'advance … to …', which keeps its history", "商机用“推进 … 到 …”移动，以保留历史")
    default: nil
    }
  }

  private func notSettable(_ name: NameSyntax, _ why: String) -> Stop {
    fail(
      Diagnostic(
        "K2405", say("'\(name.text)' cannot be set", "“\(name.text)”不能设置"), at: name.span,
        help: why))
  }

  /// Constants are judged here; values worked out are judged when they are written.
  private func checkBounds(_ member: Member, _ expr: Expr, _ item: AssignmentSyntax) throws {
    guard case .literal(let literal) = expr.kind else { return }
    switch member {
    case .field(let field):
      // What is not known before running reads as empty too, so only the written word counts.
      if field.required, literal == .empty, isWrittenEmpty(item.value) {
        throw needed(item, member)
      }
      if let range = field.range, case .int(let number) = literal, !range.contains(number) {
        throw fail(
          Diagnostic(
            "K2406",
            say(
              "'\(field.name)' goes from \(range.lowerBound) to \(range.upperBound)",
              "“\(field.zh)”的范围是 \(range.lowerBound) 到 \(range.upperBound)"),
            at: item.value.span))
      }
    case .toOne(let path):
      if path.required, literal == .empty, isWrittenEmpty(item.value) {
        throw needed(item, member)
      }
    default: break
    }
  }

  private func isWrittenEmpty(_ syntax: ExprSyntax) -> Bool {
    switch syntax.kind {
    case .literal(.empty): true
    case .literal(.text(let text)): text.trimmed.isEmpty
    default: false
    }
  }

  private func needed(_ item: AssignmentSyntax, _ member: Member) -> Stop {
    fail(
      Diagnostic(
        "K2407", say("'\(member.name)' must not be empty", "“\(member.zh)”不能为空"),
        at: item.value.span))
  }

  /// A value brought to the type of what it is written to: constants adapt as beside `=`.
  func value(_ syntax: ExprSyntax, as type: KithType) throws -> Expr {
    let value = try self.value(
      syntax, beside: Typed(Expr(.literal(.empty), type), syntax.span))
    if case .literal(.empty) = value.expr.kind { return .empty(type) }
    if case .text(let text)? = value.constant {
      if case .enumeration(let name) = type {
        guard let found = index.value(text, of: name) else {
          throw unknownValue(text, of: name, at: value.span)
        }
        return Expr(.literal(.code(found.code)), type)
      }
      if type == .object("stage") {
        // Which stage of that code follows from the row's funnel.
        guard let code = stageCode(text) else { throw unknownStage(text, at: value.span) }
        return .text(code)
      }
      if case .object(let entity) = type { return try object(text, entity, value.span) }
    }
    return try convert(value, to: type)
  }

  private func object(_ text: String, _ entity: String, _ span: SourceSpan) throws -> Expr {
    let spec = index.catalogue.entity(entity) ?? .unknown
    guard let id = try expectedOrID(spec, .text(text), span) else {
      return .empty(.object(entity))
    }
    guard let row = facts.row(of: entity, id: id) else { throw Stop() }
    return Expr(.literal(.object(row)), .object(entity))
  }

  // MARK: Add, set

  private func adding(_ name: NameSyntax, _ items: [AssignmentSyntax], _ span: SourceSpan) throws
    -> Recording
  {
    guard let entity = index.entity(name.text) else {
      throw fail(
        Diagnostic(
          "K2101", say("no kind of object is called '\(name.text)'", "没有叫“\(name.text)”的对象"),
          at: name.span,
          suggestions: Spelling.nearest(name.text, among: index.catalogue.entities.map(\.name))))
    }
    try refuseKept(entity.name, name.span)
    let flow = Flow(plan: .scan(.one), object: nil)
    let columns = try assigned(items, of: entity.name, in: flow, isNew: true)
    try refuseLacking(entity, Set(columns.map(\.name)), name.span)
    return recording(.insert, flow, entity: entity.name, columns)
  }

  /// A new row must have what every row of its kind has; what has a default may be left out.
  private func refuseLacking(_ entity: EntitySpec, _ given: Set<String>, _ span: SourceSpan) throws
  {
    let fields = entity.fields.filter {
      $0.required && $0.defaultValue == nil && $0.type != .time && $0.name != "id"
    }
    let paths = entity.toOne.filter {
      $0.required && !(entity.name == "opportunity" && $0.name == "funnel")
    }
    let lacking =
      fields.filter { !given.contains($0.name) }.map { ($0.name, $0.zh) }
      + paths.filter { !given.contains($0.name) }.map { ($0.name, $0.zh) }
    guard !lacking.isEmpty else { return }
    let english = lacking.map(\.0).joined(separator: ", ")
    let chinese = lacking.map(\.1).joined(separator: "、")
    throw fail(
      Diagnostic(
        "K2408",
        say("a new \(entity.name) needs \(english)", "新的\(entity.zh)要有\(chinese)"), at: span))
  }

  private func setting(_ target: ExprSyntax, _ items: [AssignmentSyntax]) throws -> Recording {
    let flow = try self.target(target)
    return recording(.update, flow, try assigned(items, of: flow.entity ?? "", in: flow))
  }
}

extension EntitySpec {
  /// Stands where a name was checked before.
  fileprivate static let unknown = EntitySpec(
    "", plural: "", zh: "", meaning: "", show: [], title: "", fields: [])
}

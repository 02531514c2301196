import KithBase
import KithLanguage
import KithModel

/// What a pipeline begins with.
extension Checker {
  func source(_ source: SourceSyntax) throws -> Flow {
    var flow: Flow
    switch source.kind {
    case .expr(let expr): flow = try self.source(expr)
    case .path(let from, let to): flow = try pathSource(from, to, source.span)
    case .since(_, let since):
      throw fail(
        Diagnostic(
          "K3103",
          say(
            "'since' needs the runs of a list, which this version does not keep",
            "“自”需要清单的历次结果，本版本尚未保存"),
          at: since.span))
    }
    if let alias = source.alias { try name(&flow, alias) }
    return flow
  }

  private func name(_ flow: inout Flow, _ alias: NameSyntax) throws {
    flow.names.append(
      NamedRow(
        name: alias.text, object: flow.object, columns: flow.object == nil ? flow.columns : []))
  }

  private func source(_ expr: ExprSyntax) throws -> Flow {
    switch expr.kind {
    case .group(let inner): return try source(inner)
    case .pipeline(let pipeline): return try flow(of: pipeline)
    case .name(let name):
      if let bound = binding(name) {
        switch bound {
        case .table(let pipeline, let environment):
          return try within(environment) { try self.flow(of: pipeline) }
        case .rows(let flow): return flow
        case .value(let value): return try valueFlow(value)
        case .loop(let shape, let row): return try loopFlow(name, shape, row)
        }
      }
      if let entity = index.entity(name.text) { return entityFlow(entity, written: name.text) }
      if let table = facts.hostTable(name.text) { return tableFlow(table) }
      throw unknownSource(name)
    case .one(let name, let key): return try oneSource(name, key, expr.span)
    case .records(let records): return try recordsFlow(records, expr.span)
    case .call(let name, let call):
      if let definition = environment.definitions[fold(name.text)], lone(definition.body) == nil {
        return try tableCall(definition, call, expr.span)
      }
      return try valueFlow(expr)
    case .member: return try memberFlow(expr)
    default: return try valueFlow(expr)
    }
  }

  private func valueFlow(_ expr: ExprSyntax) throws -> Flow {
    scopes = []
    return try valueFlow(try check(expr))
  }

  /// `customer 447 .opportunities` begins with the children; anything else is a value.
  private func memberFlow(_ expr: ExprSyntax) throws -> Flow {
    let (base, names) = split(expr)
    if let base, case .one = base.kind, names.allSatisfy({ $0.call == nil }) {
      let gathered = ManyCollector()
      let saved = collector
      collector = gathered
      let value = attemptQuietly { try self.check(expr) }
      collector = saved
      if let value, let through = gathered.through,
        value.expr == .slot(through.child, .object(through.entity))
      {
        var flow = Flow(
          plan: .expand(.scan(.one), Expansion(through: through, outer: false)), object: value.expr)
        flow.uniqueSlots = [through.child]
        return flow
      }
    }
    return try valueFlow(expr)
  }

  func valueFlow(_ value: Typed) throws -> Flow {
    if let entity = value.type.entity, case .literal = value.expr.kind {
      let slot = newSlot()
      var flow = Flow(
        plan: .compute(.scan(.one), [ComputedSlot(slot, value.expr)]),
        object: .slot(slot, .object(entity)))
      flow.uniqueSlots = [slot]
      return flow
    }
    let slot = newSlot()
    let expr = value.constant == .open ? Expr.empty(value.type) : value.expr
    let settled = rounded(expr.type == .empty ? .empty(.text) : expr)
    var flow = Flow(plan: .compute(.scan(.one), [ComputedSlot(slot, settled)]), object: nil)
    let name = value.label.isEmpty ? say("value", "值") : value.label
    let column = Column(name: name, expr: .slot(slot, settled.type))
    flow.columns = [column]
    flow.figureColumns = [column]
    return flow
  }

  func entityFlow(_ entity: EntitySpec, written: String) -> Flow {
    let slot = newSlot()
    var flow = Flow(
      plan: .scan(.entity(entity.name, slot)), object: .slot(slot, .object(entity.name)))
    flow.uniqueSlots = [slot]
    flow.tongue = written.utf8.allSatisfy { $0 < 0x80 } ? .english : .chinese
    mark(&flow, written)
    return flow
  }

  func tableFlow(_ table: ColumnTable) -> Flow {
    let slots = table.columns.map { _ in newSlot() }
    var flow = Flow(plan: .scan(.table(table, slots)), object: nil)
    flow.columns = zip(table.columns, slots).map {
      Column(name: $0.name, zh: $0.zh, expr: .slot($1, $0.type))
    }
    return flow
  }

  private func unknownSource(_ name: NameSyntax) -> Stop {
    let plurals = index.catalogue.entities.flatMap {
      [$0.plural, $0.zh] + $0.synonyms.map(\.plural)
    }
    let names = plurals + environment.bindings.keys + facts.hostTableNames
    let near = Spelling.nearest(name.text, among: names)
    return fail(
      Diagnostic(
        "K2101", say("no table '\(name.text)'", "没有表“\(name.text)”"), at: name.span,
        help: near.isEmpty
          ? say(
            "a pipeline begins with objects, such as customers or opportunities", "管道以对象开始，如 客户、商机")
          : nil,
        fix: near.first.map { .init(span: name.span, replacement: spelled($0)) }, suggestions: near)
    )
  }

  // MARK: One object

  /// The words that take a text and are no entity.
  func tableWord(_ word: String) -> String? {
    switch fold(word) {
    case "read", "读取": "read"
    case "sql": "sql"
    case "list", "清单": "list"
    default: nil
    }
  }

  func oneObject(_ name: NameSyntax, _ key: OneKey, _ span: SourceSpan) throws -> Typed {
    if tableWord(name.text) != nil {
      throw fail(Diagnostic("K2117", say("a table is no value here", "表在这里不是值"), at: span))
    }
    guard let entity = index.entity(name.text) else {
      throw notAnEntity(name, key, span)
    }
    guard let id = try expectedOrID(entity, key, span) else {
      return Typed(.empty(.object(entity.name)), span, label: entity.name)
    }
    guard let row = facts.row(of: entity.name, id: id) else { throw Stop() }
    return Typed(Expr(.literal(.object(row)), .object(entity.name)), span, label: entity.name)
  }

  private func notAnEntity(_ name: NameSyntax, _ key: OneKey, _ span: SourceSpan) -> Stop {
    let known = rowHas(name)
    var replacement = text[span]
    if known {
      replacement = name.text + " = " + text[SourceSpan(name.span.upper, span.upper)].trimmed
    }
    let near = Spelling.nearest(name.text, among: index.catalogue.entities.map(\.name))
    return fail(
      Diagnostic(
        known ? "K2141" : "K2101",
        known
          ? say("an operator is missing after '\(name.text)'", "“\(name.text)”后缺少运算符")
          : say("no kind of object is called '\(name.text)'", "没有叫“\(name.text)”的对象"),
        at: span, fix: known ? .init(span: span, replacement: replacement) : nil,
        suggestions: known ? [] : near))
  }

  /// The id of an object; nil for one that a statement above will have made.
  func expectedOrID(_ entity: EntitySpec, _ key: OneKey, _ span: SourceSpan) throws -> Int64? {
    if case .text(let text) = key, isExpected(entity.name, text) { return nil }
    return try objectID(entity, key, span)
  }

  func isExpected(_ entity: String, _ text: String) -> Bool {
    options.expected[entity]?.contains(text) == true && facts.find(entity, text).isEmpty
  }

  func objectID(_ entity: EntitySpec, _ key: OneKey, _ span: SourceSpan) throws -> Int64 {
    switch key {
    case .id(let id):
      guard facts.row(of: entity.name, id: id) != nil else {
        throw fail(
          Diagnostic(
            "K2108", say("there is no \(entity.name) \(id)", "没有\(entity.zh) \(id)"), at: span,
            help: say(
              "ids are Kith's own; for the source's number write \(entity.name) \"\(id)\"",
              "这里用内部编号；原系统编号请写 \(entity.zh) \"\(id)\"")))
      }
      return id
    case .text(let text):
      let ids = facts.find(entity.name, text)
      guard let id = ids.first else { throw unknownObject(text, entity.name, span) }
      guard ids.count == 1 else {
        let shown = ids.prefix(3).map { "\(entity.name) \($0)" }
        throw fail(
          Diagnostic(
            "K2108",
            say(
              "\(ids.count) \(entity.plural) are called '\(text)'",
              "有 \(ids.count) 个\(entity.zh)叫“\(text)”"),
            at: span, suggestions: Array(shown)))
      }
      return id
    }
  }

  private func oneSource(_ name: NameSyntax, _ key: OneKey, _ span: SourceSpan) throws -> Flow {
    switch (tableWord(name.text), key) {
    case ("read"?, .text(let path)):
      return tableFlow(try located(span) { try facts.readTable(path) })
    case ("sql"?, .text(let text)): return tableFlow(try located(span) { try facts.sqlTable(text) })
    case ("list"?, .text(let name)): return try listFlow(name, span)
    default: break
    }
    guard let entity = index.entity(name.text) else { throw notAnEntity(name, key, span) }
    let id = try expectedOrID(entity, key, span)
    let slot = newSlot()
    var flow = Flow(
      plan: .scan(.objects(entity.name, ids: id.map { [$0] } ?? [], slot)),
      object: .slot(slot, .object(entity.name))
    )
    flow.uniqueSlots = [slot]
    flow.tongue = name.text.utf8.allSatisfy { $0 < 0x80 } ? .english : .chinese
    return flow
  }

  private func located<T>(_ span: SourceSpan, _ body: () throws -> T) throws -> T {
    do { return try body() } catch var diagnostic as Diagnostic {
      diagnostic.span = diagnostic.source == nil ? span : diagnostic.span
      throw fail(diagnostic)
    }
  }

  private func listFlow(_ name: String, _ span: SourceSpan) throws -> Flow {
    switch facts.list(name) {
    case .frozen(let entity, let ids)?:
      let slot = newSlot()
      var flow = Flow(
        plan: .scan(.objects(entity, ids: ids, slot)), object: .slot(slot, .object(entity)))
      flow.uniqueSlots = [slot]
      return flow
    case .live(let query)?:
      let source = SourceText(name: "list \(name)", query)
      let parsed = parse(source)
      guard let statement = parsed.program.statements.first,
        case .pipeline(let pipeline) = statement.kind, parsed.diagnostics.isEmpty
      else {
        throw fail(
          Diagnostic(
            "K3104", say("the text of list \"\(name)\" does not parse", "清单“\(name)”的文本有误"),
            at: span))
      }
      return try within(Environment(text: source)) { try self.flow(of: pipeline) }
    case nil:
      let near = Spelling.nearest(name, among: facts.listNames)
      throw fail(
        Diagnostic(
          "K2108", say("no list is called \"\(name)\"", "没有叫“\(name)”的清单"), at: span,
          suggestions: near))
    }
  }

  private func tableCall(_ definition: Definition, _ call: CallSyntax, _ span: SourceSpan) throws
    -> Flow
  {
    guard depth < 32 else { throw tooDeep(span) }
    let inner = try bind(definition, call, rows: nil, span)
    return try within(inner) { try self.flow(of: definition.body) }
  }

  // MARK: Literal tables

  private func recordsFlow(_ records: [[RecordField]], _ span: SourceSpan) throws -> Flow {
    var names: [String] = []
    for record in records {
      for field in record where !names.contains(where: { fold($0) == fold(field.name.text) }) {
        names.append(field.name.text)
      }
    }
    guard !names.isEmpty else {
      throw fail(Diagnostic("K2130", say("a table needs a row", "表至少要有一行"), at: span))
    }
    var columns: [[Typed?]] = Array(repeating: [], count: names.count)
    for record in records {
      for (place, name) in names.enumerated() {
        let field = record.first { fold($0.name.text) == fold(name) }
        columns[place].append(try field.map { try self.check($0.value) })
      }
    }
    // One row per record: rows appended one by one would nest; a chain of choices on a row number keeps
    // the plan flat.
    var plan = Plan.scan(.table(Self.rowNumbers(records.count), [newSlot()]))
    guard case .scan(.table(_, let slots)) = plan else { throw Stop() }
    let number = Expr.slot(slots[0], .int)
    var flow = Flow(plan: plan, object: nil)
    var computed: [ComputedSlot] = []
    for (place, name) in names.enumerated() {
      let present = columns[place].compactMap { $0 }
      let (_, type) = try unify(present, span)
      var choices: [Choice] = []
      for (row, value) in columns[place].enumerated() {
        guard let value else { continue }
        choices.append(
          Choice(
            condition: .compare(.equal, number, .int(Int64(row))),
            value: try convert(value, to: type)))
      }
      let slot = newSlot()
      computed.append(ComputedSlot(slot, Expr(.choose(choices, otherwise: nil), type)))
      flow.columns.append(Column(name: name, expr: .slot(slot, type)))
    }
    plan = .compute(plan, computed)
    flow.plan = plan
    return flow
  }

  private static func rowNumbers(_ count: Int) -> ColumnTable {
    let numbers = (0..<Int64(count)).map { $0 }
    return ColumnTable(
      columns: [TableColumn(name: "row", type: .int, vector: .int(numbers))], rowCount: count)
  }
}

extension String {
  /// Without spaces at both ends.
  var trimmed: String {
    var view = Substring(self)
    while let first = view.first, first.isWhitespace { view.removeFirst() }
    while let last = view.last, last.isWhitespace { view.removeLast() }
    return String(view)
  }
}

import KithBase
import KithLanguage
import KithModel

/// Stages that bring other rows in: join, union, except, intersect, expand.
extension Checker {
  private func table(_ syntax: TableSyntax) throws -> Flow {
    let source = SourceSyntax(kind: .expr(syntax.expr), alias: nil, span: syntax.expr.span)
    let pipeline = PipelineSyntax(asOf: nil, source: source, stages: [], span: syntax.expr.span)
    return try independent { try self.flow(of: pipeline) }
  }

  func join(
    _ kind: JoinKind, _ table: TableSyntax, _ alias: NameSyntax?, _ on: [JoinMatchSyntax],
    _ span: SourceSpan, _ flow: inout Flow
  ) throws {
    var right = try self.table(table)
    let name = alias?.text ?? tableName(table.expr)
    var leftKeys: [Expr] = []
    var rightKeys: [Expr] = []
    for match in on {
      let left = try within(&flow) { try self.check(match.left) }
      let other = match.right ?? match.left
      let value = try rightKey(other, name, &right)
      let (a, b): (Expr, Expr)
      if left.type.entity != nil || value.type.entity != nil {
        guard left.type == value.type else {
          throw mismatch("on", left.type, value.type, match.left.span)
        }
        (a, b) = (left.expr, value.expr)
      } else {
        (a, b) = try sameType("on", left, value, match.left.span)
      }
      leftKeys.append(a)
      rightKeys.append(b)
    }
    let joined = Join.Kind(rawValue: kind.rawValue) ?? .inner
    flow.plan = .join(
      flow.plan, right.plan, Join(joined, leftKeys: leftKeys, rightKeys: rightKeys))
    flow.sortedBy = []
    guard kind != .semi, kind != .anti else { return }
    flow.uniqueSlots = []
    addJoined(right, name, &flow)
  }

  private func tableName(_ expr: ExprSyntax) -> String {
    switch expr.kind {
    case .name(let name): name.text
    case .group(let inner): tableName(inner)
    case .pipeline(let pipeline):
      if case .expr(let source) = pipeline.source.kind { tableName(source) } else { "right" }
    default: "right"
    }
  }

  /// A key of the right side: `t.x` or `x`.
  private func rightKey(_ syntax: ExprSyntax, _ name: String, _ right: inout Flow) throws -> Typed {
    var named = right
    named.names.append(
      NamedRow(name: name, object: right.object, columns: right.object == nil ? right.columns : []))
    let value = try within(&named) { try self.check(syntax) }
    right.plan = named.plan
    return value
  }

  /// The right side's columns: `t.x` always, bare where only one side has the name.
  private func addJoined(_ right: Flow, _ name: String, _ flow: inout Flow) {
    let columns = shownColumns(of: right)
    flow.names.append(NamedRow(name: name, object: right.object, columns: right.columns + columns))
    flow.names += right.names
    let before = shownColumns(of: flow)
    var added: [Column] = []
    for column in columns {
      var column = column
      let known =
        before.contains { fold($0.name) == fold(column.name) }
        || flow.entity.flatMap { index.member(column.name, of: $0) } != nil
      if known { column.name = name + "." + column.name; column.zh = nil }
      added.append(column)
    }
    flow.columns += added
    if flow.shown != nil { flow.shown? += added }
  }

  // MARK: Sets

  func setOperation(_ table: TableSyntax, keep: Bool, _ span: SourceSpan, _ flow: inout Flow) throws
  {
    let right = try self.table(table)
    let (left, other) = try matching(flow, right, span)
    flow.plan = .join(
      flow.plan, right.plan, Join(keep ? .semi : .anti, leftKeys: left, rightKeys: other))
    if flow.object == nil {
      flow.plan = .limit(flow.plan, Limit(.take, .rows(1), per: left))
    } else if let object = flow.object, !isUnique(object, flow) {
      flow.plan = .limit(flow.plan, Limit(.take, .rows(1), per: [object]))
    }
  }

  private func isUnique(_ object: Expr, _ flow: Flow) -> Bool {
    if case .slot(let slot) = object.kind { flow.uniqueSlots.contains(slot) } else { false }
  }

  /// What two sides are compared by: their objects, or all their columns by name.
  private func matching(_ left: Flow, _ right: Flow, _ span: SourceSpan) throws -> ([Expr], [Expr])
  {
    if let a = left.object, let b = right.object {
      guard a.type == b.type else { throw differentObjects(a.type, b.type, span) }
      return ([a], [b])
    }
    let pairs = try columnPairs(left, right, span)
    return (pairs.map { rounded($0.0.expr) }, pairs.map { rounded($0.1.expr) })
  }

  private func differentObjects(_ a: KithType, _ b: KithType, _ span: SourceSpan) -> Stop {
    fail(
      Diagnostic(
        "K2210",
        say(
          "one side has \(a.name) rows, the other \(b.name) rows", "一边是 \(a.name)，另一边是 \(b.name)"),
        at: span))
  }

  private func columnPairs(_ left: Flow, _ right: Flow, _ span: SourceSpan) throws
    -> [(Column, Column)]
  {
    let a = shownColumns(of: left)
    let b = shownColumns(of: right)
    let pairs = a.compactMap { column -> (Column, Column)? in
      let name = NameSyntax(column.name, span)
      return find(name, in: b).map { (column, $0) }
    }
    guard pairs.count == a.count, a.count == b.count else {
      let missing = a.map(\.name).filter { name in !b.contains { fold($0.name) == fold(name) } }
      throw fail(
        Diagnostic(
          "K2211",
          say(
            "column names must agree; only one side has \(missing.first ?? b.map(\.name).joined(separator: ", "))",
            "两边列名要一致；只有一边有 \(missing.first ?? "")"),
          at: span))
    }
    for (one, other) in pairs
    where commonType(rounded(one.expr).type, rounded(other.expr).type) == nil {
      throw mismatch("union", one.expr.type, other.expr.type, span)
    }
    return pairs
  }

  func union(_ table: TableSyntax, _ span: SourceSpan, _ flow: inout Flow) throws {
    let right = try self.table(table)
    if let a = flow.object, let b = right.object {
      guard a.type == b.type else { throw differentObjects(a.type, b.type, span) }
      try unionObjects(a, b, right, &flow)
      return
    }
    let pairs = try columnPairs(flow, right, span)
    var slots: [AppendedSlot] = []
    var columns: [Column] = []
    for (one, other) in pairs {
      let type = commonType(rounded(one.expr).type, rounded(other.expr).type) ?? one.expr.type
      let slot = newSlot()
      slots.append(
        AppendedSlot(
          slot, type, first: try convert(one.expr, to: type, span: span),
          second: try convert(other.expr, to: type, span: span)))
      columns.append(Column(name: one.name, zh: one.zh, expr: .slot(slot, type), unit: one.unit))
    }
    flow.plan = .append(flow.plan, right.plan, slots)
    makePlain(&flow, columns)
    flow.sortedBy = []
  }

  private func unionObjects(_ a: Expr, _ b: Expr, _ right: Flow, _ flow: inout Flow) throws {
    let object = newSlot()
    var slots = [AppendedSlot(object, a.type, first: a, second: b)]
    var columns: [Column] = []
    for column in flow.columns {
      let other = find(NameSyntax(column.name, SourceSpan(0, 0)), in: right.columns)
      let slot = newSlot()
      slots.append(AppendedSlot(slot, column.expr.type, first: column.expr, second: other?.expr))
      var moved = column
      moved.expr = .slot(slot, column.expr.type)
      columns.append(moved)
    }
    let shown = flow.shown?.map { column -> Column in
      if let moved = columns.first(where: { $0.name == column.name }) { return moved }
      var column = column
      column.expr = column.expr.swapping(a, for: .slot(object, a.type))
      return column
    }
    var next = Flow(plan: .append(flow.plan, right.plan, slots), object: .slot(object, a.type))
    next.plan = .limit(next.plan, Limit(.take, .rows(1), per: [.slot(object, a.type)]))
    next.columns = columns
    next.shown = shown
    next.tongue = flow.tongue
    next.uniqueSlots = [object]
    flow = next
  }

  // MARK: expand

  func expand(_ path: ExprSyntax, _ outer: Bool, _ alias: NameSyntax?, _ flow: inout Flow) throws {
    let gathered = ManyCollector()
    let value = try within(&flow) { () -> Typed in
      let saved = self.collector
      self.collector = gathered
      defer { self.collector = saved }
      return try self.check(path)
    }
    guard var through = gathered.through,
      value.expr == .slot(through.child, .object(through.entity))
    else {
      throw fail(
        Diagnostic(
          "K2212", say("expand takes a path to many, such as opportunities", "展开后写一对多的路径，如 商机"),
          at: path.span))
    }
    through.distinct = through.distinct || through.steps.count > 1
    flow.plan = .expand(flow.plan, Expansion(through: through, outer: outer))
    let parentUnique = flow.object.map { isUnique($0, flow) } ?? false
    flow.uniqueSlots =
      parentUnique && through.steps.count == 1 && !through.distinct ? [through.child] : []
    let singular = index.catalogue.entity(through.entity)
    let name = alias?.text ?? singular?.name ?? "child"
    let child = Expr.slot(through.child, .object(through.entity))
    flow.names.append(NamedRow(name: name, object: child, columns: []))
    if alias == nil, let zh = singular?.zh {
      flow.names.append(NamedRow(name: zh, object: child, columns: []))
    }
    if flow.shown == nil {
      let columns = defaultColumns(of: through.entity, child, flow.tongue).prefix(4)
      var kept: [Column] = shownColumns(of: flow).prefix(3).map { $0 }
      kept += columns.map { Column(name: name + "." + $0.name, expr: $0.expr, unit: $0.unit) }
      flow.shown = kept
    }
    flow.sortedBy = []
  }
}

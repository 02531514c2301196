import KithBase
import KithLanguage
import KithModel

/// Stages that choose and make columns: extend, select, drop, rename.
extension Checker {
  /// The name an item gets: its own, else the last step of its path or the function's, else its text.
  func name(of syntax: ExprSyntax, _ value: Typed) -> String {
    switch syntax.kind {
    case .name(let name): name.text
    case .member(_, let name, _): name.text
    case .call(let name, _): name.text
    case .group(let inner): self.name(of: inner, value)
    default: text[syntax.span]
    }
  }

  /// The longer name taken where two items want one: `owner_name`, `sum_amount`.
  private func longName(of syntax: ExprSyntax) -> String? {
    switch syntax.kind {
    case .member(let base, let name, _):
      let before = split(base).names.last?.name.text
      return before.map { $0 + "_" + name.text }
    case .call(let name, let call):
      guard let argument = call.arguments.first.flatMap({ lone($0.value) }) else { return nil }
      let last = split(argument).names.last?.name.text
      return last.map { name.text + "_" + $0 }
    default: return nil
    }
  }

  /// The other tongue's name of a plain path.
  func otherName(_ expr: Expr) -> String? {
    switch expr.kind {
    case .field(_, let entity, let field):
      guard let member = index.member(field, of: entity) else { return nil }
      return member.zh
    case .derived(_, let key): return index.member(key.name, of: key.entity)?.zh
    default: return nil
    }
  }

  /// Checks one item against the rows and makes it a column; paths are read where they are used, anything
  /// else becomes a slot.
  func column(_ item: ItemSyntax, _ flow: inout Flow) throws -> Column {
    let value = try within(&flow) { try self.check(item.expr) }
    return try column(item, value, &flow)
  }

  private func column(_ item: ItemSyntax, _ value: Typed, _ flow: inout Flow) throws -> Column {
    let name = item.name?.text ?? self.name(of: item.expr, value)
    let expr = rounded(value.expr.type == .empty ? .empty(.text) : value.expr)
    if case .text? = value.constant, item.name != nil, item.name?.quoted == false,
      let entity = flow.entity, index.member(item.name?.text ?? "", of: entity) != nil
    {
      warn(
        "K2704",
        say(
          "this writes the text into every row; a test is written with ==", "这会把该文本写进每一行；要比较请用 =="),
        at: item.expr.span)
    }
    var column = Column(
      name: name, zh: item.name == nil ? otherName(expr) : nil, expr: expr, owner: owner(of: expr))
    if isPath(expr) { return column }
    let slot = newSlot()
    flow.plan = .compute(flow.plan, [ComputedSlot(slot, expr)])
    slotOwners[slot] = column.owner
    column.expr = .slot(slot, expr.type)
    return column
  }

  /// A path costs nothing to keep as it is.
  private func isPath(_ expr: Expr) -> Bool {
    switch expr.kind {
    case .slot: true
    case .field(let base, _, _): isPath(base)
    default: false
    }
  }

  /// Names made unique: an item takes its longer form where its name is taken; what is left twice is an
  /// error asking for `as`.
  private func settle(
    _ columns: [(item: ItemSyntax, column: Column)], hiding entity: String?
  ) -> [Column] {
    var result = columns.map(\.column)
    for (place, entry) in columns.enumerated() where entry.item.name == nil {
      let name = fold(entry.column.name)
      let clashes = columns.indices.contains {
        $0 != place && fold(columns[$0].column.name) == name
      }
      let hides = entity.flatMap { index.member(entry.column.name, of: $0) } != nil
      guard clashes || hides, let longer = longName(of: entry.item.expr) else { continue }
      result[place].name = longer
      result[place].zh = nil
    }
    for (place, entry) in columns.enumerated() where !entry.item.isStar {
      let name = fold(result[place].name)
      guard result.indices.contains(where: { $0 < place && fold(result[$0].name) == name }),
        !columns.contains(where: { $0.item.isStar })
      else {
        continue
      }
      report(
        Diagnostic(
          "K2206",
          say("two columns are called '\(entry.column.name)'", "有两列都叫“\(entry.column.name)”"),
          at: entry.item.name?.span ?? entry.item.expr.span,
          help: say("name one of them: … as NAME", "请给其中一列起名：… 作为 名称")))
    }
    return result
  }

  func extend(_ items: [ItemSyntax], _ flow: inout Flow) throws {
    var failed = false
    for item in items {
      guard let column = attempt({ try self.column(item, &flow) }) else {
        failed = true
        continue
      }
      let settled = settle([(item, column)], hiding: flow.entity)[0]
      flow.columns.removeAll { fold($0.name) == fold(settled.name) }
      flow.columns.append(settled)
      if flow.shown != nil {
        flow.shown?.removeAll { fold($0.name) == fold(settled.name) }
        flow.shown?.append(settled)
      }
    }
    if failed { throw Stop() }
  }

  func select(_ items: [ItemSyntax], _ flow: inout Flow) throws {
    var chosen: [(item: ItemSyntax, column: Column)] = []
    var failed = false
    // Every item sees the rows as they came; windows and slots go under all of them.
    for item in items {
      if item.isStar {
        let all: [Column]
        if let object = flow.object, let entity = flow.entity {
          all = allColumns(of: entity, object, flow.tongue) + flow.columns
        } else {
          all = flow.columns
        }
        for column in all {
          let name = NameSyntax(column.name, item.expr.span)
          chosen.append((ItemSyntax(name: name, expr: item.expr, isStar: true), column))
        }
        continue
      }
      if let column = attempt({ try self.column(item, &flow) }) {
        chosen.append((item, column))
      } else {
        failed = true
      }
    }
    if failed { throw Stop() }
    let columns = settle(chosen, hiding: nil)
    flow.shown = columns
    if flow.object == nil {
      flow.columns = columns
    } else {
      for column in columns {
        flow.columns.removeAll { fold($0.name) == fold(column.name) }
        if !isOwnField(column, flow) { flow.columns.append(column) }
      }
    }
  }

  /// `select name`: the field itself, no column that would hide it.
  private func isOwnField(_ column: Column, _ flow: Flow) -> Bool {
    guard let object = flow.object, let entity = flow.entity,
      case .field(let base, _, let field) = column.expr.kind, base == object,
      let member = index.member(column.name, of: entity)
    else { return false }
    return member.name == field
  }

  func drop(_ names: [NameSyntax], _ flow: inout Flow) throws {
    var failed = false
    for name in names {
      let shown = shownColumns(of: flow)
      guard let column = find(name, in: shown) else {
        report(
          Diagnostic(
            "K2104", say("no column '\(name.text)' is shown", "没有显示“\(name.text)”列"), at: name.span,
            suggestions: Spelling.nearest(name.text, among: shown.map(\.name))))
        failed = true
        continue
      }
      flow.shown = shown.filter { $0.name != column.name }
      flow.columns.removeAll { $0.name == column.name }
    }
    if failed { throw Stop() }
  }

  func rename(_ pairs: [RenameSyntax], _ flow: inout Flow) throws {
    var failed = false
    for pair in pairs {
      var shown = shownColumns(of: flow)
      guard let old = find(pair.old, in: shown),
        let place = shown.firstIndex(where: { $0.name == old.name })
      else {
        report(
          Diagnostic(
            "K2104", say("no column '\(pair.old.text)' is shown", "没有显示“\(pair.old.text)”列"),
            at: pair.old.span,
            suggestions: Spelling.nearest(pair.old.text, among: shown.map(\.name))))
        failed = true
        continue
      }
      shown[place].name = pair.new.text
      shown[place].zh = nil
      flow.columns.removeAll { $0.name == old.name }
      flow.columns.append(shown[place])
      if flow.object == nil { flow.columns = shown }
      flow.shown = shown
    }
    if failed { throw Stop() }
  }
}

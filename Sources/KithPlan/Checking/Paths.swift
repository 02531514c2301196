import KithBase
import KithLanguage
import KithModel

/// Names and the paths that go on from them.
extension Checker {
  /// One name of a path, with its arguments if it was called.
  struct PathName {
    var name: NameSyntax
    var call: CallSyntax?
  }

  /// Where a path begins.
  private enum Start {
    /// A value, perhaps an object; `used` names were consumed.
    case value(Typed, used: Int)
    /// The row's object, before the first name.
    case object(Expr)
    case row(NamedRow, used: Int)
  }

  /// `a.b.c`: the base expression (nil if it is a bare name) and the names after it.
  func split(_ syntax: ExprSyntax) -> (base: ExprSyntax?, names: [PathName]) {
    var names: [PathName] = []
    var current = syntax
    while true {
      switch current.kind {
      case .member(let base, let name, let call):
        names.insert(PathName(name: name, call: call), at: 0)
        current = base
      case .name(let name):
        names.insert(PathName(name: name, call: nil), at: 0)
        return (nil, names)
      default: return (current, names)
      }
    }
  }

  func checkPath(_ syntax: ExprSyntax) throws -> Typed {
    let (base, names) = split(syntax)
    if let base {
      let value = try check(base)
      return try follow(names[...], from: value, span: syntax.span)
    }
    if let value = try qualified(names) { return value }
    switch try start(names, span: syntax.span) {
    case .value(let value, let used):
      return try follow(names[used...], from: value, span: syntax.span)
    case .object(let object):
      return try follow(names[...], from: Typed(object, syntax.span), span: syntax.span)
    case .row(let row, let used):
      guard names.count > used else {
        if let object = row.object { return Typed(object, syntax.span, label: row.name) }
        throw fail(
          Diagnostic(
            "K2118",
            say("'\(row.name)' is a row; name one of its columns", "“\(row.name)”是一行，请写它的列"),
            at: syntax.span, suggestions: row.columns.prefix(3).map { row.name + "." + $0.name }))
      }
      let name = names[used]
      if let column = find(name.name, in: row.columns) {
        let value = Typed(column.expr, name.name.span, label: column.name)
        return try follow(names[(used + 1)...], from: value, span: syntax.span)
      }
      guard let object = row.object else {
        throw unknown(name.name, of: row.name, among: row.columns.map(\.name))
      }
      return try follow(names[used...], from: Typed(object, syntax.span), span: syntax.span)
    }
  }

  /// `stage.D`, `ndf.D`, `setting.KEY`: where the first name is an enumeration or `setting`, and the
  /// row has no such path.
  private func qualified(_ names: [PathName]) throws -> Typed? {
    guard names.count == 2, names[1].call == nil else { return nil }
    let first = names[0].name
    let second = names[1].name
    let span = first.span.joined(second.span)
    if !first.quoted, ["setting", "设置"].contains(fold(first.text)), !rowKnows(first) {
      return settingValue(second, span)
    }
    guard !first.quoted else { return nil }
    if fold(first.text) == "stage" || first.text == "阶段" {
      if index.member(second.text, of: "stage") == nil, let code = stageCode(second.text) {
        return Typed(.text(code), span, constant: .text(code), label: code)
      }
      return nil
    }
    guard let enumeration = index.enumeration(first.text) else { return nil }
    guard let value = index.value(second.text, of: enumeration.name) else {
      let means = rowKnows(first) || binding(first) != nil || named(first) != nil
      guard !means, index.entity(first.text) == nil else { return nil }
      throw unknownValue(second.text, of: enumeration.name, at: second.span)
    }
    if let object = scopes.last?.object?.type.entity,
      case .toOne(let path)? = index.member(first.text, of: object),
      index.member(second.text, of: path.target) != nil
    {
      return nil
    }
    return Typed(
      Expr(.literal(.code(value.code)), .enumeration(enumeration.name)), span,
      constant: nil, label: value.code)
  }

  private func rowKnows(_ name: NameSyntax) -> Bool {
    scopes.contains { scope in
      find(name, in: scope.columns) != nil
        || scope.object?.type.entity.flatMap { index.member(name.text, of: $0) } != nil
    }
  }

  func find(_ name: NameSyntax, in columns: [Column]) -> Column? {
    let folded = fold(name.text)
    return columns.last { fold($0.name) == folded }
      ?? columns.last { $0.zh.map(fold) == folded }
  }

  /// Rules 2 to 4 of names: the scopes from the inside out, then names given in the text.
  private func start(_ names: [PathName], span: SourceSpan) throws -> Start {
    let first = names[0].name
    let bound = binding(first)
    for scope in scopes.reversed() {
      if names[0].call == nil, let column = find(first, in: scope.columns) {
        try refuseClash(first, bound != nil || named(first) != nil)
        let value = Typed(column.expr, first.span, label: column.name)
        return .value(value, used: 1)
      }
      guard let object = scope.object, let entity = object.type.entity,
        index.member(first.text, of: entity) != nil
      else { continue }
      if named(first) != nil, first.text != first.text.lowercased() || names.count > 1 { break }
      try refuseClash(first, bound != nil)
      return .object(object)
    }
    if let row = named(first) { return .row(row, used: 1) }
    if let bound {
      switch bound {
      case .value(let value):
        var value = value
        value.span = first.span
        return .value(value, used: 1)
      case .loop(let shape, let row):
        switch try loopValue(first, shape, row) {
        case .value(let value): return .value(value, used: 1)
        case .row(let row): return .row(row, used: 1)
        }
      case .table(let pipeline, let environment):
        let value = try within(environment) { () -> Typed? in
          guard let expr = self.lone(pipeline), !self.isTable(expr) else { return nil }
          return try self.independent { try self.check(expr) }
        }
        guard var value else { return .value(try tableValue(names, span), used: names.count) }
        value.span = first.span
        value.label = first.text
        return .value(value, used: 1)
      case .rows:
        return .value(try tableValue(names, span), used: names.count)
      }
    }
    if case .group(let group) = mode, let scope = scopes.last, scope.object == nil,
      known(first, in: group.rows)
    {
      throw fail(
        Diagnostic(
          "K2114",
          say(
            "'\(first.text)' is neither a key nor inside an aggregate",
            "“\(first.text)”既不是分组键，也不在聚合里"), at: span,
          help: say(
            "write sum(\(first.text)), max(\(first.text)) or add 'by \(first.text)'",
            "可写 合计(\(first.text))、最大(\(first.text))，或加“按 \(first.text)”")))
    }
    if let entity = index.entity(first.text), scopes.isEmpty {
      throw fail(
        Diagnostic(
          "K2117",
          say("'\(entity.plural)' is a table, not a value", "“\(entity.zh)”是表，不是值"),
          at: span, help: say("try count(\(entity.plural))", "可写 计数(\(entity.zh))")))
    }
    throw unknownInScope(first)
  }

  private func known(_ name: NameSyntax, in scope: RowScope) -> Bool {
    find(name, in: scope.columns) != nil
      || scope.object?.type.entity.flatMap { index.member(name.text, of: $0) } != nil
  }

  func named(_ name: NameSyntax) -> NamedRow? {
    for scope in scopes.reversed() {
      if let row = scope.names.last(where: { fold($0.name) == fold(name.text) }) { return row }
    }
    return nil
  }

  func binding(_ name: NameSyntax) -> Binding? { environment.bindings[fold(name.text)] }

  private func refuseClash(_ name: NameSyntax, _ clashes: Bool) throws {
    guard clashes else { return }
    throw fail(
      Diagnostic(
        "K2113",
        say(
          "'\(name.text)' is both a name of the row and a name given in the text",
          "“\(name.text)”既是行里的名字，又是文中起的名字"), at: name.span,
        help: say("rename one of them", "请把其中一个改名")))
  }

  // MARK: Following

  /// Goes on from a value by the names after it. A path to many is handed to the aggregate around.
  func follow(_ names: ArraySlice<PathName>, from start: Typed, span: SourceSpan) throws -> Typed {
    guard !names.isEmpty else { return start }
    if let last = try lastMany(names, from: start.type) {
      return try followMany(names, last: last, from: start.expr, span: span)
    }
    var current = start.expr
    for name in names {
      guard let entity = current.type.entity else {
        throw try noMember(name.name, of: current, start: start)
      }
      current = try step(
        name.name.text, call: name.call, from: current, entity: entity, span: name.name.span)
    }
    let label = names.map(\.name.text).joined(separator: ".")
    return Typed(current, span, label: label)
  }

  private func noMember(_ name: NameSyntax, of expr: Expr, start: Typed) throws -> Stop {
    fail(
      Diagnostic(
        "K2106",
        say(
          "a \(expr.type.name) has no fields, so '.\(name.text)' leads nowhere",
          "\(expr.type.name) 没有字段，“.\(name.text)”无处可去"), at: name.span))
  }

  /// The place of the last to-many name, or nil if there is none.
  private func lastMany(_ names: ArraySlice<PathName>, from type: KithType) throws -> Int? {
    var entity = type.entity
    var last: Int?
    for (place, name) in zip(names.indices, names) {
      guard let current = entity, let member = index.member(name.name.text, of: current) else {
        break
      }
      switch member {
      case .toMany(let spec):
        last = place
        entity = spec.target
      case .toOne(let spec): entity = spec.target
      case .derived(let spec): entity = spec.type.entity
      case .field: entity = nil
      }
    }
    return last
  }

  private func followMany(
    _ names: ArraySlice<PathName>, last: Int, from start: Expr, span: SourceSpan
  ) throws -> Typed {
    let plural = names[last].name
    guard let collector else {
      let path = names.map(\.name.text).joined(separator: ".")
      throw fail(
        Diagnostic(
          "K2111",
          say(
            "'\(plural.text)' are many; take them inside an aggregate", "“\(plural.text)”有多个，要放在聚合里"
          ),
          at: plural.span,
          help: say(
            "any(\(path)), count(\(path)), first(\(path)) or | expand \(plural.text)",
            "有(\(path))、计数(\(path))、首个(\(path)) 或 | 展开 \(plural.text)")))
    }
    var object = start
    var entity = start.type.entity ?? ""
    var steps: [Through.Step] = []
    for name in names[...last] {
      guard let member = index.member(name.name.text, of: entity) else {
        throw unknown(name.name, ofEntity: entity)
      }
      switch member {
      case .toMany(let spec):
        steps += try manySteps(spec, from: entity)
        entity = spec.target
      case .toOne(let spec) where steps.isEmpty:
        object = try step(spec.name, from: object, entity: entity, span: name.name.span)
        entity = spec.target
      case .toOne(let spec):
        steps += oneSteps(spec, from: entity)
        entity = spec.target
      default: throw unknown(name.name, ofEntity: entity)
      }
    }
    let child = try share(collector, object, steps, entity: entity, span: plural.span)
    let rest = names[(last + 1)...]
    let value = Typed(child, span, label: plural.text)
    let result = try follow(rest, from: value, span: span)
    return Typed(result.expr, span, label: names.map(\.name.text).joined(separator: "."))
  }

  /// The relation of the aggregate around: the first path sets it, later ones must be the same.
  func share(
    _ collector: ManyCollector, _ object: Expr, _ steps: [Through.Step], entity: String,
    span: SourceSpan
  ) throws -> Expr {
    if let through = collector.through {
      guard through.object == object, through.steps == steps else {
        throw fail(
          Diagnostic(
            "K2112",
            say("one aggregate runs over one relation", "一个聚合只能走一条关系"), at: span,
            help: say("split it into two aggregates", "请拆成两个聚合")))
      }
      return .slot(through.child, .object(entity))
    }
    let child = newSlot()
    let repeats = steps.contains {
      switch $0 {
      case .one, .downstream: true
      default: false
      }
    }
    collector.through = Through(
      object: object, steps: steps, child: child, entity: entity, distinct: repeats)
    return .slot(child, .object(entity))
  }

  func manySteps(_ spec: ToManySpec, from entity: String) throws -> [Through.Step] {
    switch spec.via {
    case .key(let key): return [.many(entity: spec.target, key: key)]
    case .changes: return [.changes(of: entity)]
    case .firstReferred: return [.referred(from: entity)]
    case .chain(let path):
      var steps: [Through.Step] = []
      var current = entity
      for name in path {
        switch index.member(name, of: current) {
        case .toMany(let next)?:
          steps += try manySteps(next, from: current)
          current = next.target
        case .toOne(let next)?:
          steps += oneSteps(next, from: current)
          current = next.target
        default: throw Stop()
        }
      }
      return steps
    }
  }

  private func oneSteps(_ spec: ToOneSpec, from entity: String) -> [Through.Step] {
    [.one(entity: entity, field: spec.name, target: spec.target)]
  }

  /// One name after an object, not to many.
  func step(
    _ name: String, call: CallSyntax? = nil, from object: Expr, entity: String,
    span: SourceSpan
  ) throws -> Expr {
    guard let member = index.member(name, of: entity) else {
      throw unknown(NameSyntax(name, span), ofEntity: entity)
    }
    switch member {
    case .field(let field):
      return Expr(.field(object, entity: entity, field: field.name), field.type)
    case .toOne(let spec):
      return Expr(.field(object, entity: entity, field: spec.name), .object(spec.target))
    case .toMany(let spec):
      throw fail(
        Diagnostic(
          "K2111",
          say("'\(spec.name)' are many; take them inside an aggregate", "“\(spec.zh)”有多个，要放在聚合里"),
          at: span))
    case .derived(let spec):
      return try derivedField(spec, call: call, of: object, entity: entity, span: span)
    }
  }
}

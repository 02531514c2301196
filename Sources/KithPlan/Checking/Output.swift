import KithBase
import KithModel

/// What of the rows is shown, and how objects are shown.
extension Checker {
  func output(of flow: Flow) -> [OutputColumn] {
    var taken: Set<String> = []
    return shownColumns(of: flow).map { column in
      var name = column.name
      var number = 2
      while !taken.insert(name).inserted {
        name = "\(column.name)_\(number)"
        number += 1
      }
      return OutputColumn(name: name, expr: shownForm(column.expr), unit: column.unit)
    }
  }

  /// The columns a result shows, before objects become their titles.
  func shownColumns(of flow: Flow) -> [Column] {
    if let shown = flow.shown { return shown }
    guard let object = flow.object, let entity = flow.entity else { return flow.columns }
    let made = Set(flow.columns.map { fold($0.name) })
    var columns = defaultColumns(of: entity, object, flow.tongue).filter {
      !flow.dropped.contains(fold($0.name)) && !made.contains(fold($0.name))
    }
    for column in flow.sortShown
    where !flow.dropped.contains(fold(column.name)) && !made.contains(fold(column.name)) {
      guard !columns.contains(where: { $0.expr == column.expr }) else { continue }
      columns.append(column)
    }
    return columns + flow.columns
  }

  /// The main columns of an entity.
  func defaultColumns(of entity: String, _ object: Expr, _ tongue: Tongue) -> [Column] {
    guard let spec = index.catalogue.entity(entity) else { return [] }
    return spec.show.compactMap { column(of: entity, object, path: $0, tongue) }
  }

  /// All fields and to-one paths of an entity, for `select *`.
  func allColumns(of entity: String, _ object: Expr, _ tongue: Tongue) -> [Column] {
    guard let spec = index.catalogue.entity(entity) else { return [] }
    let names =
      spec.fields.filter { !$0.hidden }.map(\.name)
      + spec.toOne.filter { $0.through == nil }
      .map(\.name)
    return names.compactMap { column(of: entity, object, path: $0, tongue) }
  }

  private func column(of entity: String, _ object: Expr, path: String, _ tongue: Tongue)
    -> Column?
  {
    let name = String(path.split(separator: ".").last ?? "")
    guard let expr = attemptQuietly({ try self.path(path, of: object, entity) }),
      let member = index.member(String(path.split(separator: ".").first ?? ""), of: entity)
    else { return nil }
    let shown = tongue == .chinese ? member.zh : member.name
    var unit: String?
    if case .field(let field) = member { unit = field.unit }
    return Column(name: shown.isEmpty ? name : shown, zh: member.zh, expr: expr, unit: unit)
  }

  /// A dotted path of to-one names and fields, known to exist.
  func path(_ path: String, of object: Expr, _ entity: String) throws -> Expr {
    var current = object
    for name in path.split(separator: ".") {
      guard let entity = current.type.entity else { throw Stop() }
      current = try step(String(name), from: current, entity: entity, span: SourceSpan(0, 0))
    }
    return current
  }

  /// Like `attempt`, keeping the diagnostics to itself.
  func attemptQuietly<T>(_ body: () throws -> T) -> T? {
    let before = diagnosticCount
    quietDepth += 1
    defer {
      quietDepth -= 1
      forgetDiagnostics(after: before)
    }
    return try? body()
  }

  /// An object as its title; money rounded; anything else as it is.
  func shownForm(_ expr: Expr) -> Expr {
    switch expr.type {
    case .object(let entity): title(of: expr, entity)
    case .exactMoney, .floatMoney: .call(.roundMoney, [expr], .money)
    default: expr
    }
  }

  /// The text an object is shown by: its title path, else `visit #12`.
  func title(of object: Expr, _ entity: String, depth: Int = 0) -> Expr {
    guard let spec = index.catalogue.entity(entity) else { return .empty(.text) }
    let word = options.tongue == .chinese ? spec.zh : spec.name
    let number = Expr.call(
      .concatenate,
      [
        .text(word + " #"),
        .call(.toText, [Expr(.field(object, entity: entity, field: "id"), .int)], .text),
      ], .text)
    guard let path = attemptQuietly({ try self.path(spec.title, of: object, entity) }) else {
      return number
    }
    let title: Expr
    switch path.type {
    case .text: title = path
    case .object(let other):
      title = depth > 3 ? number : self.title(of: path, other, depth: depth + 1)
    default: title = .call(.toText, [path], .text)
    }
    return .call(.coalesce, [title, number], .text)
  }

  /// What an expression sorts by: objects by title, stages by position.
  func sortForm(_ expr: Expr) -> Expr {
    switch expr.type {
    case .object("stage"): Expr(.field(expr, entity: "stage", field: "position"), .int)
    case .object(let entity): title(of: expr, entity)
    case .exactMoney, .floatMoney: .call(.roundMoney, [expr], .money)
    default: expr
    }
  }
}

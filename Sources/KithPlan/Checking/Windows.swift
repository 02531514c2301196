import KithBase
import KithLanguage
import KithModel

/// Aggregates and ranks over the rows that enter a stage, by `per`, or over the groups it makes.
extension Checker {
  func window(
    _ name: AggregateName, _ call: CallSyntax, _ per: PerSyntax, _ syntax: ExprSyntax
  ) throws -> Typed {
    let groups = windowedGroups
    guard windowsAllowed || groups != nil, scopes.count == 1 else {
      throw fail(
        Diagnostic(
          "K2137",
          say("a window stands in extend, select, where or sort of rows", "窗口只能用于行的增列、选择、其中、排序"),
          at: syntax.span))
    }
    if name.isWindow, let filter = call.filter {
      throw fail(
        Diagnostic(
          "K2137", say("\(name.rawValue) takes no 'where'", "\(name.rawValue) 不带“其中”"),
          at: filter.span, help: say("filter the rows first: | where …", "请先筛选行：| 其中 …")))
    }
    let rows = scopes[0]
    var partition: [Expr] = []
    if case .keys(let items) = per {
      for item in items { partition.append(rounded(try check(item.expr).expr)) }
    }
    switch name {
    case .rank, .rowNumber, .running, .previous, .next:
      return try ordered(name, call, partition, syntax)
    case .share:
      if let groups { return try groupShare(call, groups, partition, syntax) }
      let parts = try self.parts(.sum, call, syntax)
      guard parts.through == nil, let value = parts.arguments.first else {
        throw fail(
          Diagnostic("K2135", say("share needs a value of the row", "占比要有本行的值"), at: syntax.span))
      }
      var part = rounded(value.expr)
      if let filter = parts.filter {
        // Rows left out have no share and add nothing to the sum.
        part = Expr(.choose([Choice(condition: filter, value: part)], otherwise: nil), part.type)
      }
      let window = WindowCall(
        .share, arguments: [part], partition: partition, type: .percent)
      return hoist(window, syntax, label: "share")
    default:
      let parts = try self.parts(name, call, syntax)
      guard parts.through == nil else {
        throw fail(
          Diagnostic(
            "K2137", say("a window runs over rows, not over children", "窗口针对行，不针对下级"),
            at: syntax.span))
      }
      let aggregate = try build(parts, rows: rows, syntax)
      let window = WindowCall(
        .aggregate(aggregate), partition: partition, sort: aggregate.sort, type: aggregate.type)
      return hoist(window, syntax, label: name.rawValue)
    }
  }

  private func ordered(
    _ name: AggregateName, _ call: CallSyntax, _ partition: [Expr], _ syntax: ExprSyntax
  ) throws -> Typed {
    var sort = try sortKeys(call.sort)
    var arguments: [Expr] = []
    let first = call.arguments.first
    if let first {
      guard let expr = lone(first.value) else { throw Stop() }
      arguments.append(rounded(try check(expr).expr))
    }
    switch name {
    case .rank:
      if let argument = arguments.first {
        guard let descending = first?.descending else {
          throw fail(
            Diagnostic(
              "K2138", say("rank must say asc or desc", "排名要写升序或降序"), at: syntax.span,
              help: say("rank(\(text[first?.value.span ?? syntax.span]) desc)", "排名(… 降序)")))
        }
        sort = [SortKey(sortForm(argument), descending: descending)]
      }
      guard !sort.isEmpty else {
        throw fail(
          Diagnostic("K2138", say("rank needs what to rank by", "排名要有依据"), at: syntax.span))
      }
      return hoist(
        WindowCall(.rank, partition: partition, sort: sort, type: .int), syntax, label: "rank")
    case .rowNumber:
      return hoist(
        WindowCall(.rowNumber, partition: partition, sort: sort, type: .int), syntax,
        label: "row_number")
    default: break
    }
    guard let value = arguments.first else {
      throw fail(
        Diagnostic(
          "K2135", say("\(name.rawValue) needs a value", "\(name.rawValue) 要有参数"), at: syntax.span))
    }
    if name == .running {
      guard value.type.isNumber || value.type.isMoney else {
        throw mismatch("running", value.type, .int, syntax.span)
      }
    }
    let function: WindowCall.Function =
      name == .running ? .running : name == .previous ? .previous : .next
    return hoist(
      WindowCall(function, arguments: [value], partition: partition, sort: sort, type: value.type),
      syntax, label: name.rawValue)
  }

  private func hoist(_ window: WindowCall, _ syntax: ExprSyntax, label: String) -> Typed {
    let known = windowedGroups?.windows ?? pendingWindows
    if let same = known.first(where: { $0.call == window }) {
      return Typed(.slot(same.slot, window.type), syntax.span, label: label)
    }
    let slot = newSlot()
    if let groups = windowedGroups {
      groups.windows.append(WindowSlot(slot, window))
    } else {
      pendingWindows.append(WindowSlot(slot, window))
    }
    return Typed(.slot(slot, window.type), syntax.span, label: label)
  }

  /// The groups a `summarize` or `pivot` makes, where one of its items is being checked.
  private var windowedGroups: GroupCollector? {
    if case .group(let group) = mode, group.takesWindows { group } else { nil }
  }

  /// `share(amount)` in a summarize: the group's sum over all groups'.
  private func groupShare(
    _ call: CallSyntax, _ group: GroupCollector, _ partition: [Expr], _ syntax: ExprSyntax
  ) throws -> Typed {
    let sum: Typed
    // An item before it, or another aggregate, is a figure of the group already.
    if call.filter == nil, let expr = call.arguments.first.flatMap({ lone($0.value) }),
      let figure = attemptQuietly({ try self.check(expr) })
    {
      sum = figure
    } else {
      var parts = try self.parts(.sum, call, syntax)
      parts.name = parts.arguments.isEmpty ? .count : .sum
      let aggregate = try build(parts, rows: group.rows, syntax)
      sum = try collect(aggregate, group, syntax, label: parts.label)
    }
    let window = WindowCall(
      .share, arguments: [rounded(sum.expr)], partition: partition, type: .percent)
    return hoist(window, syntax, label: "share")
  }

  /// Puts the windows an expression needs under the stage that uses it.
  func flushWindows(into flow: inout Flow) {
    guard !pendingWindows.isEmpty else { return }
    flow.plan = .window(flow.plan, pendingWindows)
    pendingWindows = []
  }

  /// Checks something against the rows of a flow, windows allowed.
  func within<T>(_ flow: inout Flow, _ body: () throws -> T) throws -> T {
    let saved = (scopes, windowsAllowed, pendingWindows, mode)
    scopes = [RowScope(flow)]
    windowsAllowed = true
    pendingWindows = []
    mode = .row
    defer { (scopes, windowsAllowed, pendingWindows, mode) = saved }
    let result = try body()
    flushWindows(into: &flow)
    return result
  }
}

import KithBase

extension Printer {
  // MARK: Pipelines

  func pipeline(_ node: PipelineSyntax) -> String {
    let head = node.asOf.map { asOf($0) + " | " } ?? ""
    return head + source(node.source) + node.stages.map { " | " + stage($0) }.joined()
  }

  func asOf(_ node: AsOfSyntax) -> String {
    switch node {
    case .date(let day): keyword(.asOf) + " " + expr(day)
    case .each(let unit, let period):
      keyword(.asOf) + " " + keyword(.each) + " " + Vocabulary.text(of: unit, tongue) + " "
        + keyword(.in) + " " + expr(period)
    }
  }

  func source(_ node: SourceSyntax) -> String {
    let text: String =
      switch node.kind {
      case .expr(let value): expr(value)
      case .path(let from, let to):
        keyword(.path) + " " + keyword(.from) + " " + expr(from) + " " + keyword(.to) + " "
          + expr(to)
      case .since(let value, let day): expr(value) + " " + keyword(.since) + " " + expr(day)
      }
    return text + alias(node.alias)
  }

  private func alias(_ name: NameSyntax?) -> String {
    name.map { " " + keyword(.as) + " " + self.name($0, .given) } ?? ""
  }

  // MARK: Parts

  func items(_ items: [ItemSyntax]) -> String {
    items.map(item).joined(separator: ", ")
  }

  private func item(_ item: ItemSyntax) -> String {
    if item.isStar { return "*" }
    let value = expr(item.expr)
    if let name = item.name { return self.name(name, .given) + " = " + value }
    // Without a name, `city = …` would name a column; `==` always compares.
    guard let head = equatedName(item.expr) else { return value }
    let written = self.name(head, .value)
    guard value.hasPrefix(written + " = ") else { return value }
    return written + " == " + value.dropFirst(written.count + 3)
  }

  /// The name an unnamed item begins with, if `=` follows it.
  private func equatedName(_ node: ExprSyntax) -> NameSyntax? {
    var node = node
    while true {
      switch node.kind {
      case .binary(.equal, let left, _):
        if case .name(let name) = left.kind { return name }
        node = left
      case .binary(_, let left, _), .isEmpty(let left, _), .inSet(let left, _, _),
        .between(let left, _, _, _), .matches(let left, _, _, _):
        node = left
      default: return nil
      }
    }
  }

  func keys(_ keys: [SortKeySyntax]) -> String { keys.map(key).joined(separator: ", ") }

  private func key(_ key: SortKeySyntax) -> String {
    expr(key.expr) + (key.descending ? " " + keyword(.desc) : "")
  }

  func per(_ per: PerSyntax?) -> String {
    switch per {
    case .all: keyword(.per) + " " + keyword(.all)
    case .keys(let items): keyword(.per) + " " + self.items(items)
    case nil: ""
    }
  }

  private func by(_ by: BySyntax?) -> String {
    guard let by else { return "" }
    let fill = by.fill ? " " + keyword(.fill) : ""
    return keyword(.by) + " " + items(by.items) + fill
  }

  private func words(_ parts: String...) -> String {
    parts.filter { !$0.isEmpty }.joined(separator: " ")
  }

  // MARK: Stages

  func stage(_ node: StageSyntax) -> String {
    if case .missing = node.kind { return asWritten(node.span) }
    return rows(node.kind) ?? tables(node.kind) ?? rest(node.kind)
  }

  private func rows(_ kind: StageSyntax.Kind) -> String? {
    let k = keyword
    switch kind {
    case .filter(let condition): return k(.where) + " " + expr(condition)
    case .extend(let items): return k(.extend) + " " + self.items(items)
    case .select(let items): return k(.select) + " " + self.items(items)
    case .drop(let names): return k(.drop) + " " + self.names(names, .column)
    case .rename(let pairs):
      let texts = pairs.map { name($0.new, .given) + " = " + name($0.old, .column) }
      return k(.rename) + " " + texts.joined(separator: ", ")
    case .sort(let keys): return k(.sort) + " " + self.keys(keys)
    case .reverse: return k(.reverse)
    case .take(let count, let per): return words(k(.take), expr(count), self.per(per))
    case .skip(let count, let per): return words(k(.skip), expr(count), self.per(per))
    case .sample(let count, let seed):
      return words(k(.sample), expr(count), seed.map { k(.seed) + " \($0)" } ?? "")
    case .top(let count, let key, let per):
      let order = key.descending ? "" : k(.asc)
      return words(k(.top), expr(count), k(.by), expr(key.expr), order, self.per(per))
    case .until(let share, let value, let per):
      return words(k(.until), expr(share), k(.of), expr(value), self.per(per))
    case .distinct(let items): return words(k(.distinct), self.items(items))
    case .describe: return k(.describe)
    default: return nil
    }
  }

  private func tables(_ kind: StageSyntax.Kind) -> String? {
    let k = keyword
    switch kind {
    case .count(let by): return words(k(.count), self.by(by))
    case .summarize(let items, let by):
      return words(k(.summarize), self.items(items), self.by(by))
    case .pivot(let column, let values, let aggregates, let by):
      let name = column.name.map { self.name($0, .given) + " = " } ?? ""
      let listed = values.map { " " + k(.in) + " " + set($0) } ?? ""
      let head = k(.pivot) + " " + name + expr(column.expr) + listed + ":"
      return words(head, items(aggregates), self.by(by))
    case .join(let kind, let table, let alias, let matches):
      return join(kind, table, alias, matches)
    case .union(let table): return k(.union) + " " + expr(table.expr)
    case .except(let table): return k(.except) + " " + expr(table.expr)
    case .intersect(let table): return k(.intersect) + " " + expr(table.expr)
    case .expand(let path, let outer, let alias):
      return words(k(.expand), outer ? k(.outer) : "", expr(path) + self.alias(alias))
    case .histogram(let value, let width):
      let by: String =
        switch width {
        case .value(let width): k(.by) + " " + expr(width)
        case .unit(let unit): k(.by) + " " + Vocabulary.text(of: unit, tongue)
        case nil: ""
        }
      return words(k(.histogram), expr(value), by)
    case .duplicates(let items): return words(k(.duplicates), k(.by), self.items(items))
    case .compare(.previous): return k(.compareToPrevious)
    case .compare(.lastYear): return k(.compareToLastYear)
    case .downstream(let limit): return words(k(.downstream), levels(limit))
    case .upstream(let limit): return words(k(.upstream), levels(limit))
    case .rollup(let items): return words(k(.rollup), self.items(items))
    default: return nil
    }
  }

  private func join(
    _ kind: JoinKind, _ table: TableSyntax, _ alias: NameSyntax?, _ matches: [JoinMatchSyntax]
  ) -> String {
    let word: String =
      switch kind {
      case .inner: ""
      case .left: keyword(.left)
      case .semi: keyword(.semi)
      case .anti: keyword(.anti)
      case .full: keyword(.full)
      }
    let pairs = matches.map { match in
      expr(match.left) + (match.right.map { " = " + expr($0) } ?? "")
    }
    return words(
      keyword(.join), word, expr(table.expr) + self.alias(alias), keyword(.on),
      pairs.joined(separator: ", "))
  }

  private func levels(_ limit: ExprSyntax?) -> String {
    limit.map { keyword(.within) + " " + expr($0) + " " + keyword(.levels) } ?? ""
  }

  private func rest(_ kind: StageSyntax.Kind) -> String {
    let k = keyword
    switch kind {
    case .funnel(let funnel): return self.funnel(funnel)
    case .matchStages(let steps, let modifiers):
      return words(k(.matchStages), self.steps(steps), self.modifiers(modifiers))
    case .reached(let step): return k(.reached) + " " + self.step(step)
    case .droppedAfter(let step): return k(.droppedAfter) + " " + self.step(step)
    case .lostFrom(let step): return k(.lostFrom) + " " + self.step(step)
    case .openIn(let step): return k(.openIn) + " " + self.step(step)
    case .cohort(let item, let of, let filter, let span):
      let children = of.map { k(.of) + " " + expr($0) } ?? ""
      let condition = filter.map { k(.where) + " " + expr($0) } ?? ""
      let length = span.map { k(.forSpan) + " " + expr($0) } ?? ""
      return words(k(.cohort), k(.by), self.item(item), children, condition, length)
    case .forecast(let keys, let target):
      let by = keys.isEmpty ? "" : k(.by) + " " + items(keys)
      return words(k(.forecast), by, target.map { k(.target) + " " + expr($0) } ?? "")
    case .matrix(let name): return k(.matrix) + " " + self.name(name, .column)
    case .cell(let name): return k(.cell) + " " + self.name(name, .given)
    case .warnings(let names): return words(k(.warnings), self.names(names, .given))
    case .chain: return k(.chain)
    case .roots: return k(.roots)
    case .circles: return k(.circles)
    case .loops: return k(.loops)
    case .tree: return k(.tree)
    case .export(let file): return k(.export) + " " + expr(file)
    case .chart(let kind, let items): return words(k(.chart), name(kind, .chart), self.items(items))
    case .saveList(let list): return k(.saveList) + " " + text(list)
    case .call(let name, let call):
      return self.name(name, .stage) + (call.map(arguments) ?? "")
    default: return ""
    }
  }

  // MARK: Funnels

  private func funnel(_ node: FunnelSyntax) -> String {
    let mode: String =
      switch node.mode {
      case .cohort: ""
      case .snapshot(let day):
        words(keyword(.snapshot), day.map { keyword(.at) + " " + expr($0) } ?? "")
      case .flow(let period): words(keyword(.flow), keyword(.in), expr(period))
      }
    return words(
      keyword(.funnel), mode, node.name.map(text) ?? "", steps(node.steps),
      modifiers(node.modifiers))
  }

  private func steps(_ steps: [FunnelStepSyntax]) -> String {
    let texts = steps.map { step in
      (step.optional ? keyword(.optional) + " " : "") + expr(step.expr) + alias(step.name)
    }
    return texts.joined(separator: " -> ")
  }

  private func step(_ step: StepSyntax) -> String {
    switch step {
    case .name(let name): self.name(name, .step)
    case .text(let text, _): self.text(text)
    case .position(let number, _): "\(number)"
    }
  }

  private func modifiers(_ modifiers: [FunnelModifier]) -> String {
    modifiers.map(modifier).joined(separator: " ")
  }

  private func modifier(_ modifier: FunnelModifier) -> String {
    let k = keyword
    switch modifier {
    case .within(let length): return k(.within) + " " + expr(length)
    case .stepWithin(let step, let length):
      return words(k(.step), self.step(step), k(.within), expr(length))
    case .by(let items): return k(.by) + " " + self.items(items)
    case .per(let value): return k(.per) + " " + expr(value)
    case .ordered: return k(.ordered)
    case .strict: return k(.strict)
    case .anyOrder: return k(.anyOrder)
    case .firstEntry: return k(.firstEntry)
    case .bestEntry: return k(.bestEntry)
    case .eachEntry: return k(.eachEntry)
    case .without(let condition): return k(.without) + " " + expr(condition)
    case .excludeEntirely: return k(.excludeEntirely)
    case .countingOnlyRealVisits: return k(.countingOnlyRealVisits)
    }
  }
}

package import KithBase

/// What a pipeline does, as one sentence of the tongue: what `explain` says first. Conditions and names stand
/// in it as they are typed in that tongue.
package func sentence(
  _ pipeline: PipelineSyntax, tongue: Tongue, source: SourceText? = nil,
  translate: @escaping (String, NameContext) -> String = { name, _ in name }
) -> String {
  Sentence(printer: Printer(tongue: tongue, source: source, translate: translate)).text(pipeline)
}

/// One clause for each stage.
private struct Sentence {
  let printer: Printer

  private func say(_ english: String, _ chinese: String) -> String {
    printer.tongue == .chinese ? chinese : english
  }

  func text(_ pipeline: PipelineSyntax) -> String {
    let source = printer.source(pipeline.source)
    var clauses = [say("Take \(source)", "取\(source)")]
    if let asOf = pipeline.asOf {
      clauses.insert(printer.asOf(asOf), at: 0)
    }
    clauses += pipeline.stages.map { rows($0) ?? columns($0) ?? figures($0) ?? printer.stage($0) }
    return clauses.joined(separator: say(", ", "，")) + say(".", "。")
  }

  /// Stages that choose rows or order them.
  private func rows(_ stage: StageSyntax) -> String? {
    switch stage.kind {
    case .filter(let condition):
      let text = printer.expr(condition)
      return say("keep those where \(text)", "保留 \(text) 的")
    case .sort(let keys):
      let text = keys.map(order).joined(separator: say(", then ", "，再"))
      return say("sort by \(text)", "按\(text)排列")
    case .reverse: return say("turn the order round", "倒过来")
    case .take(let amount, let per):
      return say("keep the first \(value(amount))", "取前 \(value(amount))") + each(per)
    case .skip(let amount, let per):
      return say("leave out the first \(value(amount))", "跳过前 \(value(amount))") + each(per)
    case .top(let amount, let key, let per):
      let kind = key.descending ? say("highest", "最高") : say("lowest", "最低")
      return say(
        "keep the \(value(amount)) with the \(kind) \(value(key.expr))",
        "取 \(value(key.expr))\(kind)的 \(value(amount)) 个") + each(per)
    case .sample(let amount, _):
      return say("draw \(value(amount)) at random", "随机抽 \(value(amount))")
    case .until(let share, let of, let per):
      return say(
        "keep rows until they make up \(value(share)) of \(value(of))",
        "依次保留到占 \(value(of)) 的 \(value(share)) 为止") + each(per)
    case .except(let table):
      return say("leave out those in \(value(table.expr))", "去掉 \(value(table.expr)) 中的")
    case .intersect(let table):
      return say("keep those also in \(value(table.expr))", "只留同在 \(value(table.expr)) 中的")
    case .union(let table): return say("add \(value(table.expr))", "并上 \(value(table.expr))")
    case .expand(let path, let outer, _):
      return say("go to each of their \(value(path))", "展开到每个\(value(path))")
        + (outer ? say(", those without kept", "（没有的也保留）") : "")
    default: return nil
    }
  }

  private func columns(_ stage: StageSyntax) -> String? {
    switch stage.kind {
    case .extend(let items):
      return say("work out \(printer.items(items))", "算出 \(printer.items(items))")
    case .select(let items):
      return say("show \(printer.items(items))", "显示 \(printer.items(items))")
    case .drop(let names):
      let text = printer.names(names, .column)
      return say("hide \(text)", "不显示 \(text)")
    case .distinct(let items):
      return items.isEmpty
        ? say("keep each once", "去掉重复")
        : say("keep each \(printer.items(items)) once", "\(printer.items(items)) 各留一个")
    default: return nil
    }
  }

  private func figures(_ stage: StageSyntax) -> String? {
    switch stage.kind {
    case .count(let by): return say("count them", "计数") + grouped(by)
    case .summarize(let items, let by):
      return say("work out \(printer.items(items))", "汇总 \(printer.items(items))") + grouped(by)
    case .describe: return say("describe each column", "概述各列")
    case .compare(let kind):
      return kind == .previous
        ? say("and set the period before beside it", "并与上期对比")
        : say("and set the year before beside it", "并与去年对比")
    default: return nil
    }
  }

  private func value(_ expr: ExprSyntax) -> String { printer.expr(expr) }

  private func order(_ key: SortKeySyntax) -> String {
    value(key.expr) + (key.descending ? say(" from high to low", "从高到低") : "")
  }

  private func each(_ per: PerSyntax?) -> String {
    guard case .keys(let items)? = per else { return "" }
    return say(" of each \(printer.items(items))", "（每\(printer.items(items))）")
  }

  private func grouped(_ by: BySyntax?) -> String {
    guard let by else { return "" }
    let filled = by.fill ? say(", missing ones as 0", "，缺的补零") : ""
    return say(" for each \(printer.items(by.items))", "，按 \(printer.items(by.items))") + filled
  }
}

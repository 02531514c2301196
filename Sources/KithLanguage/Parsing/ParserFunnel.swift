import KithBase

extension Parser {
  mutating func funnel() throws(ParseFailure) -> FunnelSyntax {
    var mode = FunnelSyntax.Mode.cohort
    if at(.snapshot), !goesOn(1) {
      _ = accept(.snapshot)
      mode = .snapshot(at: accept(.at) ? try value() : nil)
    } else if at(.flow), at(.in, 1) {
      _ = accept(.flow)
      _ = accept(.in)
      mode = .flow(in: try value())
    }
    var name: String?
    if isText(), !goesOn(1) { name = try text("a funnel", "漏斗") }
    let hasSteps = !isAtStageEnd && modifierWord() == nil && beginsExpression()
    let steps = hasSteps ? try steps() : []
    return FunnelSyntax(mode: mode, name: name, steps: steps, modifiers: try modifiers())
  }

  /// `optional C as seen -> D`
  mutating func steps() throws(ParseFailure) -> [FunnelStepSyntax] {
    var result: [FunnelStepSyntax] = []
    repeat {
      need()
      let optional = accept(.optional)
      let value = try expression()
      result.append(FunnelStepSyntax(optional: optional, expr: value, name: try alias()))
    } while accept(.arrow)
    return result
  }

  /// A stage, a named step, the n-th step.
  mutating func step() throws(ParseFailure) -> StepSyntax {
    need()
    let span = lexemes[index].span
    if case .literal(.int(let value)) = kind() {
      advance(as: .number)
      return .position(value, span)
    }
    if isText() { return .text(try text("a step", "步骤"), span) }
    return .name(try name("a step", "步骤"))
  }

  /// Single words and phrases without an operand.
  private static let plainModifiers: [(Keyword, FunnelModifier)] = [
    (.ordered, .ordered), (.strict, .strict), (.anyOrder, .anyOrder),
    (.firstEntry, .firstEntry), (.bestEntry, .bestEntry), (.eachEntry, .eachEntry),
    (.excludeEntirely, .excludeEntirely), (.countingOnlyRealVisits, .countingOnlyRealVisits),
  ]

  /// The modifier whose whole pattern stands here. Where an operator follows its word, the word is
  /// a name and begins a step.
  private func modifierWord() -> Keyword? {
    if isInsidePattern(0) { return .inside }
    for (keyword, _) in Self.plainModifiers {
      let length = length(of: keyword)
      if length > 0, !goesOn(length) { return keyword }
    }
    if at(.step) {
      let isStep: Bool
      switch kind(1) {
      case .word, .quoted, .text, .literal(.int): isStep = true
      default: isStep = false
      }
      return isStep && (at(.within, 2) || isInsidePattern(2)) ? .step : nil
    }
    for keyword in [Keyword.within, .by, .per, .without] {
      let length = length(of: keyword)
      if length > 0, beginsExpression(length), !at(.minus, length) { return keyword }
    }
    return nil
  }

  /// `90天内`, `90 天内`
  private func isInsidePattern(_ offset: Int) -> Bool {
    switch kind(offset) {
    case .literal(.duration): at(.inside, offset + 1)
    case .literal(.int): unit(offset + 1) != nil && at(.inside, offset + 2)
    default: false
    }
  }

  mutating func modifiers() throws(ParseFailure) -> [FunnelModifier] {
    var result: [FunnelModifier] = []
    while let word = modifierWord() {
      let start = index
      let modifier = try modifier(word)
      if !isRepeatable(modifier), result.contains(where: { sameKind($0, modifier) }) {
        let span = span(from: start)
        report(.twice(shortened(source[span])), span)
      } else {
        result.append(modifier)
      }
    }
    return result
  }

  private mutating func modifier(_ word: Keyword) throws(ParseFailure) -> FunnelModifier {
    if let plain = Self.plainModifiers.first(where: { $0.0 == word }) {
      _ = accept(word)
      return plain.1
    }
    switch word {
    case .inside: return .within(try insideDuration())
    case .step:
      _ = accept(.step)
      let step = try step()
      if isInsidePattern(0) { return .stepWithin(step, try insideDuration()) }
      try expect(.within)
      return .stepWithin(step, try value())
    case .by:
      _ = accept(.by)
      return .by(try items())
    case .per:
      _ = accept(.per)
      return .per(try value())
    case .without:
      _ = accept(.without)
      return .without(try expression())
    default:
      _ = accept(.within)
      return .within(try value())
    }
  }

  private mutating func insideDuration() throws(ParseFailure) -> ExprSyntax {
    let duration = try operand()
    _ = accept(.inside)
    return duration
  }

  private func isRepeatable(_ modifier: FunnelModifier) -> Bool {
    switch modifier {
    case .stepWithin, .without: true
    default: false
    }
  }

  private func sameKind(_ left: FunnelModifier, _ right: FunnelModifier) -> Bool {
    switch (left, right) {
    case (.within, .within), (.by, .by), (.per, .per): true
    case (.ordered, _), (.strict, _), (.anyOrder, _), (.firstEntry, _), (.bestEntry, _),
      (.eachEntry, _), (.excludeEntirely, _), (.countingOnlyRealVisits, _):
      left == right
    default: false
    }
  }
}

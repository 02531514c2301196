package import KithBase

/// A funnel, or the units behind one of its numbers.
///
/// Units climb a ladder: deals the stages of a funnel, customers the classes; or event rows fulfil one
/// condition after another, unit by unit. t₁ is a unit's first arrival at step 1, tₖ its first arrival
/// at step k *or beyond* from tₖ₋₁ on. Step k is reached if the required step before it is, tₖ ≤ t₁ +
/// within and tₖ ≤ tₖ₋₁ + its own window. Moving back undoes nothing. At every step but the last
/// reached = advanced + lost + late + open.
package struct FunnelPlan: Sendable {
  package struct Step: Sendable {
    /// The rung's code: of a stage or a class; `won` and `lost` are the closing itself. Of a
    /// condition its text.
    package var code: String
    package var label: String
    /// Counted, but not required by the steps behind it.
    package var isOptional: Bool
    /// What an event row fulfils; nil for a rung.
    package var condition: Expr?
    /// The time allowed since the required step before it.
    package var within: Duration?
    package init(
      code: String, label: String, isOptional: Bool = false, condition: Expr? = nil,
      within: Duration? = nil
    ) {
      self.code = code
      self.label = label
      self.isOptional = isOptional
      self.condition = condition
      self.within = within
    }
  }

  package enum Ladder: Sendable {
    /// Stages of a funnel, by the deals' stage changes; the unit is an opportunity.
    case deals
    /// Classes, by the customers' class changes; the unit is a customer.
    case classes
    /// Rows of an entity in order of its date, then id: this is the row's object. Rows of one unit
    /// belong together.
    case events(Expr, entity: String)
  }

  /// The steps of one funnel.
  package struct Block: Sendable {
    /// The funnel of deals, by id; nil for classes and events.
    package var funnel: Int64?
    package var name: String
    package var steps: [Step]
    /// Once one of these holds, from the entry on, no further step is reached.
    package var exclusions: [Step]
    package init(
      funnel: Int64? = nil, name: String = "", steps: [Step], exclusions: [Step] = []
    ) {
      self.funnel = funnel
      self.name = name
      self.steps = steps
      self.exclusions = exclusions
    }
  }

  package enum Mode: Sendable {
    /// How far each unit got.
    case cohort
    /// Who stood where at an instant; nil is now.
    case snapshot(at: Instant?)
    /// The moves from an instant up to another.
    case flow(from: Instant, to: Instant)
  }

  package struct Rules: Sendable {
    package enum Order: Sendable {
      /// Anything may stand between two steps.
      case ordered
      /// A step is the very next move or event.
      case strict
      /// Each step only after the first.
      case any
    }
    package enum Entry: Sendable {
      case first
      /// The visit of step 1 that gets furthest.
      case best
      /// Every visit of step 1 is a unit of its own, up to the next.
      case each
    }
    package var order = Order.ordered
    package var entry = Entry.first
    /// The time allowed since the entry.
    package var within: Duration?
    /// Units that an exclusion stopped are not counted at all.
    package var excludesEntirely = false
    /// Passing over a rung is no arrival at it.
    package var countsOnlyRealVisits = false
    package init() {}
  }

  /// The number whose units are asked for.
  package enum Opened: String, Sendable { case reached, dropped, lost, open }

  /// What leaves the operator.
  package enum Result: Sendable {
    /// A row per block, breakdown value and step, with the slots of `FunnelColumns`.
    case steps
    /// The units behind a number of a step, by block; nil where a block lacks the step. Rows of deals
    /// and customers are input rows; of events a row per unit with `unitSlot`.
    case opened(Opened, [Int?])
  }

  /// The opportunity or customer of a row, or what event rows of one unit share.
  package var unit: Expr
  package var ladder: Ladder
  package var blocks: [Block]
  package var mode: Mode
  package var rules: Rules
  package var by: [ComputedSlot]
  /// On the breakdown and the block: units whose entry fails it are not opened.
  package var kept: Expr?
  /// Holds the name of the block, where there may be several.
  package var blockSlot: SlotID?
  package var unitSlot: SlotID?
  /// The instant that `open` and ages are judged at (`now`).
  package var now: Instant
  package var result: Result
  package var columns: FunnelColumns

  package init(
    unit: Expr, ladder: Ladder = .deals, blocks: [Block], mode: Mode = .cohort,
    rules: Rules = Rules(), by: [ComputedSlot] = [], now: Instant, result: Result = .steps,
    columns: FunnelColumns
  ) {
    self.unit = unit
    self.ladder = ladder
    self.blocks = blocks
    self.mode = mode
    self.rules = rules
    self.by = by
    self.now = now
    self.result = result
    self.columns = columns
  }
}

/// Slots of the step rows, in the order they are shown.
package struct FunnelColumns: Sendable {
  /// Name, Chinese name, type, slot.
  package var all: [(name: String, zh: String, type: KithType, slot: SlotID)]

  /// The columns that mean something for a ladder and a mode.
  package init(_ ladder: FunnelPlan.Ladder, _ mode: FunnelPlan.Mode, next: () -> SlotID) {
    all = Self.shape(ladder, mode).map { ($0.0, $0.1, $0.2, next()) }
  }

  private typealias Shape = (String, String, KithType)

  private static let stage: Shape = ("stage", "阶段", .text)
  private static let money: [Shape] = [("amount", "金额", .money), ("weighted", "加权金额", .money)]

  private static func shape(_ ladder: FunnelPlan.Ladder, _ mode: FunnelPlan.Mode) -> [Shape] {
    let isOfDeals = if case .deals = ladder { true } else { false }
    switch mode {
    case .snapshot:
      return [stage, ("count", "计数", .int)] + (isOfDeals ? money : [])
    case .flow:
      return [
        stage, ("entered", "进入", .int), ("forward", "前进", .int), ("lost", "丢单", .int),
        ("stayed", "留存", .int),
      ]
    case .cohort: break
    }
    let isLadder = if case .events = ladder { false } else { true }
    var shape: [Shape] = [stage, ("reached", "到达", .int), ("advanced", "推进", .int)]
    if isLadder { shape.append(("lost", "丢单", .int)) }
    shape += [("late", "逾期", .int), ("open", "未结", .int)]
    if isLadder { shape.append(("now", "现有", .int)) }
    shape += [
      ("conversion", "转化率", .percent), ("resolved", "已决转化率", .percent),
      ("cumulative", "累计转化率", .percent),
    ]
    if isOfDeals { shape += [("planned", "计划转化率", .percent), ("gap", "差距", .percent)] }
    if isLadder { shape += [("back", "回退", .int), ("skipped", "跳过", .int)] }
    shape += [("median_days", "中位天数", .float), ("p90_days", "九成位天数", .float)]
    if isOfDeals { shape += [("planned_days", "计划天数", .int), ("over_plan", "超计划", .int)] + money }
    return shape
  }

  package func slot(_ name: String) -> SlotID? { all.first { $0.name == name }?.slot }
}

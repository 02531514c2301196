package import KithBase

/// A stage funnel over opportunities, or the units behind one of its numbers.
///
/// t₁ is a unit's first arrival at step 1, tₖ its first arrival at step k *or beyond* from tₖ₋₁ on.
/// Step k is reached if step k−1 is, tₖ ≤ t₁ + within and tₖ ≤ tₖ₋₁ + stepWithin[k]. Moving back undoes
/// nothing. At every step reached = advanced + lost + late + open.
package struct FunnelPlan: Sendable {
  package struct Step: Sendable {
    /// The stage's code in the funnel; `won` is the closing itself.
    package var code: String
    package var label: String
    package init(code: String, label: String) {
      self.code = code
      self.label = label
    }
  }

  /// What leaves the operator.
  package enum Result: Sendable {
    /// A row per breakdown value and step, with the slots of `FunnelColumns`.
    case steps
    /// The input rows that reached step `index`, were lost from it, are open in it (reached it and may
    /// still pass), or reached it and stopped (lost or late).
    case reached(Int)
    case lost(Int)
    case open(Int)
    case dropped(Int)
  }

  /// The opportunity of a row.
  package var unit: Expr
  /// The funnel, by id: only deals of it count; deals of others are noted.
  package var funnel: Int64
  package var steps: [Step]
  package var within: Duration?
  /// By step index (0 is the first step, which has none).
  package var stepWithin: [Int: Duration]
  package var by: [ComputedSlot]
  /// The instant that `open` and ages are judged at (`now`).
  package var now: Instant
  package var result: Result
  package var columns: FunnelColumns

  package init(
    unit: Expr, funnel: Int64, steps: [Step], within: Duration? = nil,
    stepWithin: [Int: Duration] = [:], by: [ComputedSlot] = [], now: Instant,
    result: Result = .steps, columns: FunnelColumns
  ) {
    self.unit = unit
    self.funnel = funnel
    self.steps = steps
    self.within = within
    self.stepWithin = stepWithin
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

  package init(next: () -> SlotID) {
    let shape: [(String, String, KithType)] = [
      ("stage", "阶段", .text), ("reached", "到达", .int), ("advanced", "推进", .int),
      ("lost", "丢单", .int), ("late", "逾期", .int), ("open", "未结", .int), ("now", "现有", .int),
      ("conversion", "转化率", .percent), ("resolved", "已决转化率", .percent),
      ("cumulative", "累计转化率", .percent), ("planned", "计划转化率", .percent),
      ("gap", "差距", .percent), ("back", "回退", .int), ("skipped", "跳过", .int),
      ("median_days", "中位天数", .float), ("p90_days", "九成位天数", .float),
      ("planned_days", "计划天数", .int), ("over_plan", "超计划", .int), ("amount", "金额", .money),
      ("weighted", "加权金额", .money),
    ]
    all = shape.map { ($0.0, $0.1, $0.2, next()) }
  }

  package func slot(_ name: String) -> SlotID? { all.first { $0.name == name }?.slot }
}

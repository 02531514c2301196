package import KithBase

/// What open deals may bring in: independent wins, each of its amount with its own chance.
///
/// Rows are the deals. Money is in fen; a deal without an amount or without a chance brings nothing
/// to the distribution, but counts.
package struct ForecastPlan: Sendable {
  /// The deal of a row; each counts once in a group.
  package var unit: Expr
  package var by: [ComputedSlot]
  /// `count`, `amount`, `weighted`.
  package var figures: [AggregateSlot]
  package var amount: Expr
  /// The chance of winning, a percent.
  package var win: Expr
  /// Money to be reached; reads no row. Nil where nobody asked.
  package var target: Expr?
  /// The smallest total with at least a share (0…1) of the outcomes at or below it.
  package var quantiles: [Quantile]
  /// The chance of a total of at least the target.
  package var chance: SlotID?

  /// A quantile and where it goes.
  package struct Quantile: Sendable {
    package var share: Double
    package var slot: SlotID
    package init(share: Double, slot: SlotID) {
      self.share = share
      self.slot = slot
    }
  }

  package init(
    unit: Expr, by: [ComputedSlot], figures: [AggregateSlot], amount: Expr, win: Expr,
    target: Expr?, quantiles: [Quantile], chance: SlotID?
  ) {
    self.unit = unit
    self.by = by
    self.figures = figures
    self.amount = amount
    self.win = win
    self.target = target
    self.quantiles = quantiles
    self.chance = chance
  }
}

/// Which part of each cohort was active in the k-th unit of time after its own.
package struct CohortPlan: Sendable {
  /// The object of a row, taken once; nil where no row repeats one.
  package var unit: Expr?
  /// The period a row belongs to; rows without one are left out.
  package var key: Expr
  package var length: CalendarUnit
  /// The activities: a count over children, its one argument their day.
  package var activity: AggregateCall
  /// Units that end after this day are not over, so their shares are empty.
  package var over: Day
  /// Slots of the new rows: the cohort, its size, and a share for each unit from 0 on.
  package var cohort: SlotID
  package var size: SlotID
  package var shares: [SlotID]

  package init(
    unit: Expr?, key: Expr, length: CalendarUnit, activity: AggregateCall, over: Day,
    cohort: SlotID, size: SlotID, shares: [SlotID]
  ) {
    self.unit = unit
    self.key = key
    self.length = length
    self.activity = activity
    self.over = over
    self.cohort = cohort
    self.size = size
    self.shares = shares
  }
}

/// Keeps the deals whose history holds a sequence of stages, and says from when to when.
///
/// Of several places where the sequence stands the one that begins first is taken, and of those with
/// this beginning the one that ends first.
package struct SequencePlan: Sendable {
  /// The opportunity of a row.
  package var unit: Expr
  /// Codes of stages in the deal's own funnel; `won` is the winning itself.
  package var stages: [String]
  /// From the first to the last.
  package var within: Duration?
  /// By index: from the one before.
  package var stepWithin: [Int: Duration]
  /// No other move may stand between.
  package var strict: Bool
  package var from: SlotID
  package var to: SlotID

  package init(
    unit: Expr, stages: [String], within: Duration?, stepWithin: [Int: Duration], strict: Bool,
    from: SlotID, to: SlotID
  ) {
    self.unit = unit
    self.stages = stages
    self.within = within
    self.stepWithin = stepWithin
    self.strict = strict
    self.from = from
    self.to = to
  }
}

/// The day a plan is asked at: what came later does not exist, and fields with a history are as they
/// were at its end.
package struct AsOf: Sendable, Hashable {
  package var day: Day
  /// The last instant that counts.
  package var moment: Instant

  package init(day: Day, moment: Instant) {
    self.day = day
    self.moment = moment
  }
}

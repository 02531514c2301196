package import KithBase

/// `funnel` with its mode, steps and modifiers.
package struct FunnelSyntax: Sendable, Equatable {
  /// `snapshot`, `flow`, or the cohort.
  package var mode: Mode
  /// The funnel meant, by name.
  package var name: String?
  /// Empty for all stages of the funnel.
  package var steps: [FunnelStepSyntax]
  /// Each at most once, but for `step … within` and `without`.
  package var modifiers: [FunnelModifier]

  /// Cohort where nothing is said.
  package indirect enum Mode: Sendable, Equatable {
    case cohort
    case snapshot(at: ExprSyntax?)
    case flow(in: ExprSyntax)
  }
}

/// `optional kind = visit as seen`.
package struct FunnelStepSyntax: Sendable, Equatable {
  /// Counted, but not required by the steps behind it.
  package var optional: Bool
  package var expr: ExprSyntax
  package var name: NameSyntax?
}

/// A stage, a named step, the n-th step.
package enum StepSyntax: Sendable, Equatable {
  case name(NameSyntax)
  case text(String, SourceSpan)
  case position(Int64, SourceSpan)
}

/// What follows the steps, in the order written.
package indirect enum FunnelModifier: Sendable, Equatable {
  case within(ExprSyntax)
  case stepWithin(StepSyntax, ExprSyntax)
  case by([ItemSyntax])
  case per(ExprSyntax)
  case ordered, strict, anyOrder
  case firstEntry, bestEntry, eachEntry
  case without(ExprSyntax)
  case excludeEntirely, countingOnlyRealVisits
}

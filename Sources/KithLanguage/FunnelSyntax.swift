package import KithBase

/// `funnel` with its mode, steps and modifiers.
package struct FunnelSyntax: Sendable, Equatable {
  package var mode: Mode
  /// The funnel meant, by name.
  package var name: String?
  package var steps: [FunnelStepSyntax]
  package var modifiers: [FunnelModifier]

  package indirect enum Mode: Sendable, Equatable {
    case cohort
    case snapshot(at: ExprSyntax?)
    case flow(in: ExprSyntax)
  }
}

package struct FunnelStepSyntax: Sendable, Equatable {
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

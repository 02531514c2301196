package import KithBase

/// A stage with its place and its comments.
package struct StageSyntax: Sendable, Equatable {
  package var kind: Kind
  /// From the verb to the end of the stage.
  package var span: SourceSpan
  /// The verb alone, a phrase as a whole.
  package var verbSpan: SourceSpan
  /// Comments on the lines before this stage, for the formatter.
  package var comments: [String]
  /// The comment behind it on its line.
  package var trailingComment: String?

  package init(
    _ kind: Kind, _ span: SourceSpan, verbSpan: SourceSpan, comments: [String] = []
  ) {
    self.kind = kind
    self.span = span
    self.verbSpan = verbSpan
    self.comments = comments
  }

  package static func == (left: StageSyntax, right: StageSyntax) -> Bool {
    left.kind == right.kind
  }

  package indirect enum Kind: Sendable, Equatable {
    case filter(ExprSyntax)
    case extend([ItemSyntax])
    case select([ItemSyntax])
    case drop([NameSyntax])
    case rename([RenameSyntax])
    case sort([SortKeySyntax])
    case reverse
    case take(ExprSyntax, PerSyntax?)
    case skip(ExprSyntax, PerSyntax?)
    case sample(ExprSyntax, seed: Int64?)
    case top(ExprSyntax, SortKeySyntax, PerSyntax?)
    case until(ExprSyntax, of: ExprSyntax, PerSyntax?)
    case distinct([ItemSyntax])
    case count(BySyntax?)
    case summarize([ItemSyntax], BySyntax?)
    case pivot(column: ItemSyntax, values: SetSyntax?, aggregates: [ItemSyntax], by: BySyntax?)
    case join(JoinKind, TableSyntax, alias: NameSyntax?, on: [JoinMatchSyntax])
    case union(TableSyntax)
    case except(TableSyntax)
    case intersect(TableSyntax)
    case expand(ExprSyntax, outer: Bool, alias: NameSyntax?)
    case describe
    case histogram(ExprSyntax, width: HistogramWidth?)
    case duplicates([ItemSyntax])
    case compare(CompareKind)
    /// `matrix vpc`, and `cell V1` behind it.
    case matrix(NameSyntax)
    case cell(NameSyntax)
    /// `warnings W7, W26`; empty for all rules.
    case warnings([NameSyntax])
    case funnel(FunnelSyntax)
    case matchStages([FunnelStepSyntax], [FunnelModifier])
    case reached(StepSyntax)
    case droppedAfter(StepSyntax)
    case lostFrom(StepSyntax)
    case openIn(StepSyntax)
    case cohort(by: ItemSyntax, of: ExprSyntax?, filter: ExprSyntax?, for: ExprSyntax?)
    case forecast(by: [ItemSyntax], target: ExprSyntax?)
    case downstream(within: ExprSyntax?)
    case upstream(within: ExprSyntax?)
    case chain, roots, circles, loops, tree
    case rollup([ItemSyntax])
    case export(ExprSyntax)
    case chart(NameSyntax, [ItemSyntax])
    case saveList(String)
    /// A `def` whose first parameter is rows.
    case call(NameSyntax, CallSyntax?)
    case missing
  }
}

/// `new = old`.
package struct RenameSyntax: Sendable, Equatable {
  package var new: NameSyntax
  package var old: NameSyntax
}

/// What happens to rows without a partner.
package enum JoinKind: String, Sendable { case inner, left, semi, anti, full }

/// `left = right`; right is nil where one name serves both sides.
package struct JoinMatchSyntax: Sendable, Equatable {
  package var left: ExprSyntax
  /// Nil where one name serves both sides.
  package var right: ExprSyntax?
}

/// How wide the bars of a histogram are.
package enum HistogramWidth: Sendable, Equatable {
  case value(ExprSyntax)
  case unit(CalendarUnit)
}

/// What a result is compared with.
package enum CompareKind: String, Sendable { case previous, lastYear }

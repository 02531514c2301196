/// The words and phrases of the language. One spelled alike in several places is one keyword:
/// where it counts is the parser's business.
package enum Keyword: String, Sendable, CaseIterable {
  // Statements.
  case `let`, def, param, `for`, `in`, `if`, `else`, print, assert, list, importFile, explain
  case set, why
  // Statements that change the book; `by` and `into` are said differently there in Chinese.
  case add, remove, advance, log, refer, claim, merge, into, undo, agent
  // Sources.
  case path, from, to, read, row, since, asOf, each, `as`
  // Rows.
  case `where`, sort, asc, desc, reverse, take, skip, top, sample, seed, until, of, distinct, per
  case all
  // Columns.
  case extend, select, drop, rename
  // Groups.
  case count, summarize, by, fill, group, pivot, describe, histogram, duplicates
  case compareToPrevious, compareToLastYear, matrix, cell, warnings
  // Tables.
  case join, left, semi, anti, full, on, union, except, intersect, expand, outer
  // Referrals.
  case downstream, upstream, levels, chain, roots, circles, loops, rollup, tree
  // Funnel.
  case funnel, snapshot, at, flow, within, inside, step, optional, ordered, strict, anyOrder
  case firstEntry, bestEntry, eachEntry, without, excludeEntirely, countingOnlyRealVisits
  case reached, droppedAfter, lostFrom, openIn, matchStages
  // Time and sinks.
  case cohort, forSpan, forecast, target, export, chart, saveList
  // Logic. The Chinese tongue has one word for some English phrases.
  case and, or, not, notIn, between, betweenAnd, `is`, isEmpty, isNotEmpty
  case `true`, `false`, empty, `case`, when, then, end
  // Tests spelled as Chinese words; `starts with`, `ends with` and `matches` in both tongues.
  case equalTo, notEqualTo, greaterThan, lessThan, notLess, notGreater, contains, notContains
  case startsWith, endsWith, matches
  // Days.
  case today, yesterday, tomorrow, now, ago, fromNow, last, next, this, toDate

  /// Stands after a value and goes on with it, so a line that begins with it is no new statement.
  var continuesLine: Bool {
    switch self {
    case .and, .or, .in, .notIn, .is, .isEmpty, .isNotEmpty, .between, .betweenAnd, .by, .per,
      .equalTo, .notEqualTo, .greaterThan, .lessThan, .notLess, .notGreater, .contains,
      .notContains:
      true
    default: false
    }
  }

  /// Never a name where a value is expected. English `starts with`, `ends with` and `matches`
  /// are free there, because what they mean shows only after a value.
  var isReserved: Bool {
    switch self {
    case .true, .false, .empty, .case, .when, .then, .else, .end, .not, .today, .yesterday,
      .tomorrow, .now:
      true
    case .by, .per: false
    default: continuesLine
    }
  }

  /// The verbs that may open a stage.
  package static let verbs: [Keyword] = [
    .where, .extend, .select, .drop, .rename, .sort, .reverse, .take, .skip, .sample, .top,
    .until, .distinct, .count, .summarize, .group, .pivot, .join, .union, .except, .intersect,
    .expand, .describe, .histogram, .duplicates, .compareToPrevious, .compareToLastYear, .matrix,
    .cell, .warnings, .funnel,
    .matchStages, .reached, .droppedAfter, .lostFrom, .openIn, .cohort, .forecast, .downstream,
    .upstream, .chain, .roots, .circles, .loops, .tree, .rollup, .export, .chart, .saveList,
  ]

  /// The words that may open a statement.
  package static let statementWords: [Keyword] = [
    .let, .def, .param, .list, .for, .if, .print, .assert, .importFile, .explain, .set, .why,
  ]

  /// Those of them that change the book.
  package static let recordingWords: [Keyword] = [
    .add, .set, .remove, .advance, .log, .refer, .claim, .merge, .undo,
  ]
}

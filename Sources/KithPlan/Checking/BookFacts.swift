package import KithBase
package import KithModel

/// What the checker asks of the book and of the host. Nothing here changes anything.
package protocol BookFacts: AnyObject {
  var catalogue: Catalogue { get }
  var zone: TimeZoneTable { get }
  /// Funnels with their stages, the main one first.
  var funnels: [FunnelFacts] { get }
  /// Row numbers of the live rows an entity holds by that id; nil where there is none.
  func row(of entity: String, id: Int64) -> Int32?
  /// Rows by `code`, else by title, exact after folding: ids, at most a few.
  func find(_ entity: String, _ text: String) -> [Int64]
  /// The id of a row number that `row` gave; nil where there is none.
  func id(of entity: String, row: Int32) -> Int64?
  /// Stored fields of the rows of a small entity (rules, profiles, cadences), by id. At most 10,000 rows.
  func records(of entity: String, fields: [String]) -> [RecordFacts]
  /// Kith text of a setting's value; nil where it is not given.
  func setting(_ key: String) -> String?
  /// The query text of a kept list, or its fixed members.
  func list(_ name: String) -> ListFacts?
  var listNames: [String] { get }
  /// How a list's members differ from those of its last run at or before an instant; nil for a list that
  /// is only announced yet. Throws K2316 for one that was never run.
  func listChanges(_ name: String, until: Instant, today: Day, now: Instant) throws -> ListChanges?
  /// Different texts of a stored text field, for suggestions; at most some thousands.
  func values(of entity: String, field: String) -> [String]
  /// A table of the host, by name.
  func hostTable(_ name: String) -> ColumnTable?
  var hostTableNames: [String] { get }
  /// Reads a file for `read "…"`; throws K7.
  func readTable(_ path: String) throws -> ColumnTable
  /// Runs `sql "…"`, read only; throws K6.
  func sqlTable(_ text: String) throws -> ColumnTable
  /// Runs a query while checking, for `pivot` without listed values: the different values of a column.
  func distinctValues(_ query: Query) throws -> [Scalar]
}

/// A row of the book that the checker reads: what a rule or a profile says.
package struct RecordFacts: Sendable {
  package var id: Int64
  package var row: Int32
  package var values: [String: Scalar]
  package init(id: Int64, row: Int32, values: [String: Scalar]) {
    self.id = id
    self.row = row
    self.values = values
  }

  /// A text, or the code of an enumerated value; nil where empty.
  package func text(_ field: String) -> String? {
    switch values[field] {
    case .text(let text)?, .code(let text)?: text
    default: nil
    }
  }
}

package struct FunnelFacts: Sendable {
  package struct Stage: Sendable {
    package var id: Int64
    package var code: String
    package var zh: String
    package var en: String
    package var position: Int64
    package var winning: Bool
    /// The stated chance to win from here, and the planned chance to reach the next stage: ratios.
    package var win: Double?
    package var plannedConversion: Double?
    package init(
      id: Int64, code: String, zh: String, en: String, position: Int64, winning: Bool,
      win: Double? = nil, plannedConversion: Double? = nil
    ) {
      self.id = id
      self.code = code
      self.zh = zh
      self.en = en
      self.position = position
      self.winning = winning
      self.win = win
      self.plannedConversion = plannedConversion
    }
  }
  package var id: Int64
  package var name: String
  package var main: Bool
  /// By position.
  package var stages: [Stage]
  /// How many opportunities follow it.
  package var opportunityCount: Int
  package init(id: Int64, name: String, main: Bool, stages: [Stage], opportunityCount: Int) {
    self.id = id
    self.name = name
    self.main = main
    self.stages = stages
    self.opportunityCount = opportunityCount
  }
}

package enum ListFacts: Sendable {
  case live(String)
  case frozen(entity: String, ids: [Int64])
}

/// What a value is bound to from outside: `--set city=上海`, a host's parameter, a loop's variable.
package enum ParameterValue: Sendable, Hashable {
  case text(String)
  case int(Int64)
  case float(Double)
  case bool(Bool)
  case date(Day)
  case money(Int64)
  case duration(Duration)
  case period(Period)
  case object(entity: String, id: Int64)
  case list([ParameterValue])
  case empty
}

package struct CheckOptions: Sendable {
  package var tongue: Tongue
  package var today: Day
  package var now: Instant
  /// Values of `$name`, by name without the sign.
  package var parameters: [String: ParameterValue]
  /// Names that may stand as `$name` though no value is known yet (checking before running).
  package var openParameters: [String: KithType?]
  /// Names and codes that statements above will have given, by entity: there is no row yet, and there
  /// will be one (checking before running).
  package var expected: [String: Set<String>] = [:]
  /// The day set with `set as_of`: pipelines show the book as it was at its end.
  package var asOf: Day?

  package init(
    tongue: Tongue = .english, today: Day, now: Instant,
    parameters: [String: ParameterValue] = [:], openParameters: [String: KithType?] = [:],
    asOf: Day? = nil
  ) {
    self.asOf = asOf
    self.tongue = tongue
    self.today = today
    self.now = now
    self.parameters = parameters
    self.openParameters = openParameters
  }
}

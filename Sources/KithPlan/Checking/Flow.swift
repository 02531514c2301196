package import KithBase
package import KithLanguage
import KithModel

/// The rows at one point of a pipeline: how they are computed, and every name they answer to.
struct Flow {
  var plan: Plan
  /// The object each row stands for; nil for plain rows.
  var object: Expr?
  /// Columns the pipeline made, in order; they hide fields of the same name.
  var columns: [Column] = []
  /// `as` names: objects and joined tables.
  var names: [NamedRow] = []
  /// What `select` chose; nil shows the entity's main columns, made columns and sort keys.
  var shown: [Column]?
  /// Fields that `drop` took from the default columns, and names `rename` gave them.
  var sortShown: [Column] = []
  var dropped: Set<String> = []
  /// Slots whose object no two rows share.
  var uniqueSlots: Set<SlotID> = []
  var sortedBy: [SortKey] = []
  var treeLevel: SlotID?
  /// What `where` tested dates against, for `fill` and `compare`.
  var periods: [Period] = []
  /// The last stage was this funnel: its numbers open into their rows.
  var funnel: OpenFunnel?
  /// The last stage was this matrix: its cells open into their customers.
  var matrix: OpenMatrix?
  /// Columns that are keys and columns that are figures, after a grouping.
  var keyColumns: [Column] = []
  var figureColumns: [Column] = []
  /// The tongue the source was written in: default columns are headed in it.
  var tongue: Tongue = .english

  var entity: String? { object?.type.entity }
}

/// A column a pipeline made.
struct Column {
  var name: String
  /// The other tongue's name, where the origin has one.
  var zh: String?
  var expr: Expr
  var unit: String?
  /// The object its value belongs to, so that aggregates take it once.
  var owner: Expr?
}

/// What an `as` name stands for.
struct NamedRow {
  var name: String
  var object: Expr?
  var columns: [Column]
}

/// A funnel whose rows may still be opened.
struct OpenFunnel {
  private var boxed: [Flow]
  var input: Flow { boxed[0] }
  /// With the conditions on the breakdown that were given since.
  var plan: FunnelPlan
  /// The columns of the breakdown, and of the block where there may be several.
  var keys: [Column]

  init(input: Flow, plan: FunnelPlan, keys: [Column]) {
    boxed = [input]
    self.plan = plan
    self.keys = keys
  }
}

/// The names visible to an expression, one level: a row, or a child inside an aggregate.
struct RowScope {
  var object: Expr?
  var columns: [Column] = []
  var names: [NamedRow] = []
  var uniqueSlots: Set<SlotID> = []

  init(_ flow: Flow) {
    object = flow.object
    columns = flow.columns
    names = flow.names
    uniqueSlots = flow.uniqueSlots
  }

  init(object: Expr?, columns: [Column] = []) {
    self.object = object
    self.columns = columns
  }
}

/// Gathers the relation an aggregate's argument runs over.
final class ManyCollector {
  var through: Through?
}

/// Gathers the aggregates of a `summarize` while its items are checked.
final class GroupCollector {
  /// The rows that are grouped.
  let rows: RowScope
  var aggregates: [AggregateSlot] = []
  /// Windows over the groups: `share(amount)`, `rank(total desc)`.
  var windows: [WindowSlot] = []
  /// The groups are rows of a table, so a window may look along them.
  let takesWindows: Bool
  init(rows: RowScope, takesWindows: Bool = false) {
    self.rows = rows
    self.takesWindows = takesWindows
  }
}

/// Where aggregates without a relation get their rows.
enum AggregateMode {
  /// They cannot: a row has no rows of its own.
  case row
  case group(GroupCollector)
}

/// What a name given in the text stands for.
indirect enum Binding {
  case value(Typed)
  /// `let` of a pipeline: its text, read where it stood.
  case table(PipelineSyntax, Environment)
  /// The rows a stage-`def` was called on.
  case rows(Flow)
  /// A loop's variable; nil while only its shape is known.
  case loop(LoopShape, LoopRow?)
}

/// Names defined above a statement, and the text they stand in.
package struct Environment {
  var bindings: [String: Binding] = [:]
  var definitions: [String: Definition] = [:]
  /// The text that spans of the bindings point into.
  package var text: SourceText?
  package init(text: SourceText? = nil) { self.text = text }

  /// The names defined, for completion.
  package var names: [String] { Array(bindings.keys) + Array(definitions.keys) }

  package func defines(_ name: String) -> Bool {
    bindings[fold(name)] != nil || definitions[fold(name)] != nil
  }

  /// `let name = pipeline`: read where it stood.
  package mutating func bind(_ name: String, to pipeline: PipelineSyntax) {
    bindings[fold(name)] = .table(pipeline, self)
  }

  /// `def name(parameters) = body`.
  package mutating func define(
    _ name: String, _ parameters: [ParameterSyntax], _ body: PipelineSyntax
  ) {
    definitions[fold(name)] = Definition(
      name: name, parameters: parameters, body: body, environment: self)
  }

  /// Adds what an imported text defines.
  package mutating func merge(_ other: Environment) {
    bindings.merge(other.bindings) { _, new in new }
    definitions.merge(other.definitions) { _, new in new }
  }
}

struct Definition {
  var name: String
  var parameters: [ParameterSyntax]
  var body: PipelineSyntax
  /// What stood above it; it sees nothing else.
  var environment: Environment
}

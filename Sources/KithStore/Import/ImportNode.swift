import KithBase
import KithModel

/// Where the cells of a field come from.
enum CellSource: Equatable {
  case column(Int)
  /// One column less another.
  case difference(Int, Int)
  /// The same text in every row.
  case constant(String)
}

/// A field of a node and its cells.
final class BoundColumn {
  let source: CellSource
  /// The header, or the path of a constant, for messages.
  let header: String
  let decoder: ValueDecoder
  /// SQLite columns the value goes to; two for a text that the file gives in one tongue only.
  let columns: [String]
  let constant: CellBytes

  init(
    source: CellSource, header: String, decoder: ValueDecoder, columns: [String], arena: ByteArena
  ) {
    self.source = source
    self.header = header
    self.decoder = decoder
    self.columns = columns
    if case .constant(let text) = source {
      constant = arena.store(text)
    } else {
      constant = CellBytes(start: nil, count: 0)
    }
  }

  var field: FieldSpec { decoder.field }
}

/// One object of a row: the row's own, or one a path leads to.
final class ImportNode {
  let entity: EntitySpec
  /// The path from the row's own object; empty for that.
  let path: String
  /// How the child refers to it; nil for the row's own object.
  let step: ToOneSpec?
  var columns: [BoundColumn] = []
  var parents: [ImportNode] = []
  var identity = Identity.new
  /// Where an object is found that this import made only because another row refers to it; its own
  /// row then fills it instead of adding a second one.
  var adoption: (index: IdentityIndex, parts: [KeyPart])?
  /// The column whose cells name the object by code or name, as the path without a field does.
  var reference: Int?
  /// Columns the import fills itself (`state` from a stage, `name` from a code), with their values.
  var extraColumns: [String] = []
  var extraValues: [CellValue] = []
  /// Another node of the row is of the same entity: the row may name one new object twice.
  var hasTwin = false
  /// Indexes of this entity and where the parts of their keys are found here; nil parts are
  /// unknown.
  var indexes: [(index: IdentityIndex, parts: [KeyPart?])] = []

  // The row at hand.
  var values: [CellValue] = []
  /// How many SQLite columns each value goes to.
  var widths: [Int] = []
  var state = State.absent
  /// Several rows of the book have the key.
  var matches: [Int64] = []

  /// What a new row must have, as far as this node may lack it; made when first needed.
  var requirements: [Requirement]?

  /// A field or path without which a row cannot be made.
  struct Requirement {
    var name: String
    var source: Source

    enum Source {
      case column(Int)
      case parent(Int)
      /// Filled from a code or from whom a referrer stands for, if that is there.
      case filledName
      case nowhere
    }
  }

  // Prepared when first needed.
  var inserter: CellWriter?
  var updater: CellUpdater?

  enum State: Equatable {
    /// The row says nothing about it.
    case absent
    case found(Int64)
    /// The row does not tell which of several.
    case several(Int)
    /// It was made by this import because an earlier row referred to it; now its own row comes.
    case adopted(Int64)
    case toMake
  }

  enum KeyPart {
    case column(Int)
    case parent(Int)
    case extra(Int)
  }

  /// How the object is found in the book.
  enum Identity {
    /// It is always a new one.
    case new
    case key(IdentityIndex, [KeyPart])
    /// By one cell, in these indexes in turn; the loose one last.
    case named([IdentityIndex], loose: IdentityIndex?)
  }

  init(entity: EntitySpec, path: String, step: ToOneSpec?) {
    self.entity = entity
    self.path = path
    self.step = step
  }

  /// SQLite columns in the order of `boundValues`.
  var storedColumns: [String] {
    columns.flatMap(\.columns) + parents.compactMap { $0.step?.column } + extraColumns
  }

  /// All values of the row at hand, one per stored column.
  func forEachValue(_ body: (CellValue) throws -> Void) rethrows {
    for (index, width) in widths.enumerated() {
      for _ in 0..<width { try body(values[index]) }
    }
    for parent in parents { try body(parent.idValue) }
    for value in extraValues { try body(value) }
  }

  /// The object's id as a value, empty where there is none (yet).
  var idValue: CellValue {
    switch state {
    case .found(let id), .adopted(let id): .int(id)
    case .absent, .several, .toMake: .empty
    }
  }

  func part(_ part: KeyPart) -> CellValue {
    switch part {
    case .column(let index): values[index]
    case .parent(let index): parents[index].idValue
    case .extra(let index): extraValues[index]
    }
  }

  /// The column of a field, if the file gives it.
  func column(of field: String) -> Int? { columns.firstIndex { $0.field.name == field } }

  func parent(_ name: String) -> ImportNode? { parents.first { $0.step?.name == name } }

  /// This node and all above it, those a path leads to first.
  func forEachNode(_ body: (ImportNode) throws -> Void) rethrows {
    for parent in parents { try parent.forEachNode(body) }
    try body(self)
  }
}

package import KithBase
import KithModel

/// Which rows refer to a row.
extension Journal {
  /// A way from rows of an entity to the row they refer to.
  struct Reference: Hashable {
    var entity: String
    var path: String
    var column: String
    var required: Bool
  }

  /// Every stored path that leads to an entity.
  func references(to target: String) -> [Reference] {
    book.catalogue.entities.flatMap { entity in
      entity.toOne.filter { $0.target == target && $0.through == nil }.map {
        Reference(entity: entity.name, path: $0.name, column: $0.column, required: $0.required)
      }
    }
  }

  /// The rows that refer to a row by one path, in order of id.
  func rows(_ reference: Reference, to id: Int64) throws -> [Int64] {
    let statement = try statement(
      "SELECT \"id\" FROM \(Schema.quoted(reference.entity)) "
        + "WHERE \(Schema.quoted(reference.column)) = ? ORDER BY \"id\"")
    try statement.bind(1, id)
    defer { statement.reset() }
    var ids: [Int64] = []
    while try statement.step() { if let id = statement.int(0) { ids.append(id) } }
    return ids
  }

  /// Throws K6043 where rows were added that refer to one that is to go.
  func refuseReferred(_ entity: String, _ id: Int64) throws {
    for reference in references(to: entity) where reference.entity != "batch" {
      let count = try rows(reference, to: id).count
      guard count > 0 else { continue }
      let title = try self.title(of: entity, id)
      let plural = try spec(reference.entity).plural
      throw Diagnostic(
        "K6043",
        say(
          "\(entity) \(title) cannot go: \(count) \(plural) refer to it since",
          "\(entity) \(title) 不能撤去：之后有 \(count) 条\(plural)引用它"),
        help: say("by '\(reference.path)'", "经由“\(reference.path)”"))
    }
  }
}

extension Book {
  /// The text an object is shown by: its title, in a tongue where it has two; `entity 7` for one
  /// without a title and for one that is gone.
  package func title(of entity: String, _ id: Int64, _ tongue: Tongue) throws -> String {
    try title(of: entity, id, tongue, depth: 0)
  }

  private func title(of entity: String, _ id: Int64, _ tongue: Tongue, depth: Int) throws
    -> String
  {
    let plain = "\(entity) \(id)"
    guard let spec = catalogue.entity(entity), depth < 4 else { return plain }
    if let path = spec.toOne.first(where: { $0.name == spec.title && $0.through == nil }) {
      guard case .int(let next)? = try cell(spec, path.column, id) else { return plain }
      return try title(of: path.target, next, tongue, depth: depth + 1)
    }
    guard let field = spec.fields.first(where: { $0.name == spec.title }) else { return plain }
    if let second = field.secondColumn, tongue == .english,
      let text = try cell(spec, second, id)?.logged
    {
      return text
    }
    return try cell(spec, field.column, id)?.logged ?? plain
  }

  private func cell(_ entity: EntitySpec, _ column: String, _ id: Int64) throws -> StoredValue? {
    let statement = try connection.prepare(
      "SELECT \(Schema.quoted(column)) FROM \(Schema.quoted(entity.name)) WHERE \"id\" = ?")
    try statement.bind(1, id)
    return try statement.step() ? statement.value(0) : nil
  }
}

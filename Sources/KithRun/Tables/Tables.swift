import KithBase
import KithModel

/// All tables of a session, filled as queries ask for columns. Valid for one data version.
final class Tables {
  let source: any ColumnSource
  let catalogue: Catalogue
  /// The data version all of this belongs to; nil until somebody asked.
  var version: Int64?
  private var tables: [String: Table] = [:]
  private var relations: [RelationKey: Relation] = [:]

  /// Worked out of the tables, for as long as they hold.
  var referrals: ReferralGraph?
  var histories: StageHistories?
  var classHistories: ClassHistories?
  let kept = KeptColumns()

  /// Set where these are the tables of an earlier moment.
  let past: Past?
  /// Earlier moments that were asked about, with when each was last used.
  var pasts: [Instant: (tables: Tables, use: Int)] = [:]
  var pastUses = 0
  /// When rows came to be, by entity.
  var appeared: [String: [Int64]] = [:]
  /// What the change log says, by entity and field.
  var logs: [String: FieldLog?] = [:]

  private struct RelationKey: Hashable {
    var entity: String
    var key: String
  }

  init(source: any ColumnSource, catalogue: Catalogue) {
    self.source = source
    self.catalogue = catalogue
    past = nil
  }

  init(_ past: Past) {
    source = past.base.source
    catalogue = past.base.catalogue
    version = past.base.version
    self.past = past
  }

  /// Bytes of the columns that are here.
  var byteCount: Int {
    tables.values.reduce(0) { $0 + $1.columns.values.reduce(0) { $0 + $1.byteCount } }
  }

  private static let changed = Diagnostic(
    "K6030", "the book changed while it was read", help: "run the query again")

  func spec(_ entity: String) throws -> EntitySpec {
    guard let spec = catalogue.entity(entity) else {
      throw Diagnostic("K9101", "a plan names an entity '\(entity)' that the catalogue lacks")
    }
    return spec
  }

  /// Whether all of some fields are here.
  func holds(_ fields: [String: [String]]) -> Bool {
    fields.allSatisfy { entity, names in
      guard let table = tables[entity] else { return false }
      return names.allSatisfy { $0 == "id" || table.columns[$0] != nil }
    }
  }

  func table(_ entity: String) throws -> Table {
    if let table = tables[entity] { return table }
    return try load(entity, fields: [])
  }

  /// Reads fields of an entity that are not here yet, together.
  @discardableResult
  func load(_ entity: String, fields: [String]) throws -> Table {
    if let past { return try load(entity, fields: fields, past) }
    let spec = try spec(entity)
    let known = tables[entity]
    var wanted: [String] = []
    for field in fields where field != "id" && known?.columns[field] == nil {
      if spec.toOne.contains(where: { $0.name == field && $0.through != nil }) { continue }
      if !wanted.contains(field) { wanted.append(field) }
    }
    if let known, wanted.isEmpty { return known }
    let rows = try source.read(entity: entity, fields: wanted)
    if let version, try source.dataVersion() != version { throw Self.changed }
    let table: Table
    if let known {
      guard known.count == rows.ids.count else { throw Self.changed }
      table = known
    } else {
      table = Table(spec: spec, ids: rows.ids)
      tables[entity] = table
    }
    for name in wanted where table.columns[name] == nil {
      guard let vector = rows.columns[name], vector.count == rows.ids.count + 1 else {
        throw Diagnostic("K9102", "the book gave no column '\(name)' of '\(entity)'")
      }
      table.columns[name] = try resolve(vector, name, of: spec)
    }
    return table
  }

  /// Fields as they were, worked out of those of today.
  private func load(_ entity: String, fields: [String], _ past: Past) throws -> Table {
    let table = try tables[entity] ?? Table(sharing: past.base.table(entity))
    tables[entity] = table
    for field in fields where field != "id" && table.columns[field] == nil {
      if table.spec.toOne.contains(where: { $0.name == field && $0.through != nil }) { continue }
      table.columns[field] = try past.column(entity, field)
    }
    return table
  }

  /// A to-one key arrives as ids and is kept as row numbers of the target.
  private func resolve(_ vector: Vector, _ name: String, of spec: EntitySpec) throws -> Vector {
    guard let path = spec.toOne.first(where: { $0.name == name }), case .int(let ids) = vector
    else {
      return vector
    }
    return .row(try table(path.target).rows(ofIDs: ids))
  }

  /// A stored field, a to-one key (as row numbers), or one of the paths that are worked out; index
  /// 0 is empty.
  func column(_ entity: String, _ field: String) throws -> Vector {
    if let vector = tables[entity]?.columns[field] { return vector }
    let spec = try spec(entity)
    if field == "id" {
      let table = try table(entity)
      table.columns[field] = .int(table.ids)
      return .int(table.ids)
    }
    if let path = spec.toOne.first(where: { $0.name == field }), let through = path.through {
      let rows = try follow(through, of: spec, to: path.target)
      try table(entity).columns[field] = .row(rows)
      return .row(rows)
    }
    let table = try load(entity, fields: [field])
    guard let vector = table.columns[field] else {
      throw Diagnostic("K9103", "a plan names a field '\(field)' that '\(entity)' lacks")
    }
    return vector
  }

  /// Row numbers of a to-one key.
  func rows(_ entity: String, _ key: String) throws -> [Int32] {
    guard case .row(let rows) = try column(entity, key) else {
      throw Diagnostic("K9104", "'\(key)' of '\(entity)' is no key")
    }
    return rows
  }

  private func follow(
    _ through: ToOneSpec.Through, of spec: EntitySpec, to target: String
  ) throws -> [Int32] {
    switch through {
    case .first(let path, let by):
      return try firstChildren(of: spec, path: path, by: by)
    case .chain(let names):
      return try chain(names, of: spec)
    case .object:
      return try objects(of: target)
    case .inverse(let name):
      let keys = try rows(target, name)
      var result = [Int32](repeating: 0, count: try table(spec.name).count + 1)
      // From the last to the first, so that the smallest id stays.
      for row in stride(from: keys.count - 1, through: 1, by: -1) where keys[row] != 0 {
        result[Int(keys[row])] = Int32(row)
      }
      return result
    }
  }

  private func chain(_ names: [String], of spec: EntitySpec) throws -> [Int32] {
    var entity = spec
    var result = (0...Int32(try table(spec.name).count)).map { $0 }
    for name in names {
      guard let path = entity.toOne.first(where: { $0.name == name }) else {
        throw Diagnostic("K9105", "'\(entity.name)' has no path '\(name)'")
      }
      let next = try rows(entity.name, name)
      for i in result.indices { result[i] = next[Int(result[i])] }
      entity = try self.spec(path.target)
    }
    return result
  }

  private func firstChildren(of spec: EntitySpec, path: String, by: String) throws -> [Int32] {
    guard let many = spec.toMany.first(where: { $0.name == path }), case .key(let key) = many.via
    else { throw Diagnostic("K9106", "'\(spec.name)' has no direct path '\(path)'") }
    let keys = try rows(many.target, key)
    let times = try moments(many.target, path: by) ?? []
    var result = [Int32](repeating: 0, count: try table(spec.name).count + 1)
    for row in 1..<max(1, keys.count) where keys[row] != 0 {
      let best = Int(result[Int(keys[row])])
      if best == 0 || (!times.isEmpty && times[row] < times[best]) {
        result[Int(keys[row])] = Int32(row)
      }
    }
    return result
  }

  /// For each `change` row the row of the target it is about, where it is about one.
  private func objects(of target: String) throws -> [Int32] {
    try load("change", fields: ["entity", "object"])
    guard case .text(let codes, let dictionary) = try column("change", "entity"),
      case .int(let ids) = try column("change", "object")
    else { throw Diagnostic("K9107", "the change log lacks its object") }
    let code = dictionary.strings().firstIndex(of: target).map(Int32.init) ?? -1
    let table = try table(target)
    return codes.indices.map { codes[$0] == code ? table.row(ofID: ids[$0]) : 0 }
  }

  /// A time or date by row, `Int64.max` where empty; nil where the path is empty.
  func moments(_ entity: String, path: String?) throws -> [Int64]? {
    guard let path else { return nil }
    var steps = path.split(separator: ".").map(String.init)
    guard let last = steps.popLast() else { return nil }
    var owner = try spec(entity)
    var rows: [Int32]?
    for step in steps {
      guard let next = owner.toOne.first(where: { $0.name == step }) else { return nil }
      let keys = try self.rows(owner.name, step)
      rows = rows.map { $0.map { keys[Int($0)] } } ?? keys
      owner = try spec(next.target)
    }
    var result: [Int64]
    switch try column(owner.name, last) {
    case .int(let values): result = values.map { $0 == Empty.int ? Int64.max : $0 }
    case .day(let values):
      result = values.map { $0 == Empty.day ? Int64.max : Int64($0) * 86_400_000_000 }
    default: return nil
    }
    if let rows { result = rows.map { $0 == 0 ? Int64.max : result[Int($0)] } }
    return result
  }

  /// The lists of rows of `entity` whose `key` leads to a row.
  func relation(_ entity: String, _ key: String) throws -> Relation {
    let name = RelationKey(entity: entity, key: key)
    if let relation = relations[name] { return relation }
    let spec = try spec(entity)
    guard let path = spec.toOne.first(where: { $0.name == key }) else {
      throw Diagnostic("K9105", "'\(entity)' has no path '\(key)'")
    }
    let relation = Relation(
      parents: try rows(entity, key), parentCount: try table(path.target).count,
      times: try moments(entity, path: spec.time))
    relations[name] = relation
    return relation
  }

  /// The lists of `change` rows about the rows of an entity.
  func changes(of entity: String) throws -> Relation {
    let name = RelationKey(entity: "change", key: "object " + entity)
    if let relation = relations[name] { return relation }
    let relation = Relation(
      parents: try objects(of: entity), parentCount: try table(entity).count,
      times: try moments("change", path: try spec("change").time))
    relations[name] = relation
    return relation
  }
}

import KithBase
import KithModel

/// The rows of one entity, by id. Row number 1 is the first of them; 0 is nobody.
struct TwinTable {
  var ids: [Int64] = []
  /// Stored fields by name; the key of a to-one path is an object of the target.
  var rows: [[String: Scalar]] = []

  var count: Int { ids.count }
  func row(ofID id: Int64) -> Int32? { ids.firstIndex(of: id).map { Int32($0 + 1) } }
}

/// What the row engine reads: every entity as a list of dictionaries.
struct TwinBook {
  var tables: [String: TwinTable] = [:]
  /// Rows that do not exist at the moment shown, by entity.
  var hidden: [String: Set<Int32>] = [:]

  /// A stored row before its references are turned into row numbers: keys of to-one paths hold
  /// the id they refer to as an int.
  typealias StoredRow = (id: Int64, fields: [String: Scalar])

  /// Rows that were merged into another one are in no source, so they get no number; what refers
  /// to them, or to an id that does not exist, refers to nobody.
  init(_ stored: [String: [StoredRow]], catalogue: Catalogue) {
    for entity in catalogue.entities {
      let live = (stored[entity.name] ?? [])
        .filter { ($0.fields["merged_into"] ?? .empty).isEmpty }
        .sorted { $0.id < $1.id }
      tables[entity.name] = TwinTable(ids: live.map(\.id), rows: live.map(\.fields))
    }
    for entity in catalogue.entities {
      guard var table = tables[entity.name] else { continue }
      for path in entity.toOne where path.through == nil {
        for index in table.rows.indices {
          guard case .int(let id)? = table.rows[index][path.name] else { continue }
          let target = tables[path.target]?.row(ofID: id)
          table.rows[index][path.name] = target.map { .object($0) } ?? .empty
        }
      }
      for index in table.rows.indices { table.rows[index]["id"] = .int(table.ids[index]) }
      tables[entity.name] = table
    }
  }

  func count(_ entity: String) -> Int { tables[entity]?.count ?? 0 }

  func rows(_ entity: String) -> [Int32] {
    let all = (0..<count(entity)).map { Int32($0 + 1) }
    guard let hidden = hidden[entity], !hidden.isEmpty else { return all }
    return all.filter { !hidden.contains($0) }
  }

  func id(_ entity: String, _ row: Int32) -> Int64 {
    guard let table = tables[entity], row >= 1, Int(row) <= table.count else { return 0 }
    return table.ids[Int(row) - 1]
  }

  /// A stored field of a row; nobody has nothing.
  func stored(_ entity: String, _ row: Int32, _ field: String) -> Scalar {
    guard let table = tables[entity], row >= 1, Int(row) <= table.count else { return .empty }
    return table.rows[Int(row) - 1][field] ?? .empty
  }
}

extension TwinBook {
  /// A field or a to-one path of a row, those included that are not stored.
  func value(
    _ entity: String, _ row: Int32, _ field: String, _ catalogue: Catalogue
  ) -> Scalar {
    guard let spec = catalogue.entity(entity),
      let path = spec.toOne.first(where: { $0.name == field }), let through = path.through
    else { return stored(entity, row, field) }
    guard row >= 1 else { return .empty }
    switch through {
    case .first(let name, let by):
      guard let many = spec.toMany.first(where: { $0.name == name }), case .key(let key) = many.via
      else { return .empty }
      let children = rows(many.target).filter {
        value(many.target, $0, key, catalogue) == .object(row)
      }
      let first = children.min { left, right in
        let a = instant(stored(many.target, left, by))
        let b = instant(stored(many.target, right, by))
        return a != b ? a < b : left < right
      }
      return first.map { .object($0) } ?? .empty
    case .chain(let names):
      return chain(names[...], entity, row, catalogue)
    case .object:
      guard stored(entity, row, "entity") == .text(path.target),
        case .int(let id) = stored(entity, row, "object"),
        let target = tables[path.target]?.row(ofID: id)
      else { return .empty }
      return .object(target)
    case .inverse(let name):
      let found = rows(path.target).first {
        value(path.target, $0, name, catalogue) == .object(row)
      }
      return found.map { .object($0) } ?? .empty
    }
  }

  private func chain(
    _ names: ArraySlice<String>, _ entity: String, _ row: Int32, _ catalogue: Catalogue
  ) -> Scalar {
    guard let name = names.first else { return .object(row) }
    guard case .object(let next) = value(entity, row, name, catalogue),
      let path = catalogue.entity(entity)?.toOne.first(where: { $0.name == name })
    else { return .empty }
    return chain(names.dropFirst(), path.target, next, catalogue)
  }

  /// For ordering by a time or a date: what has none comes last.
  private func instant(_ value: Scalar) -> Int64 {
    switch value {
    case .time(let instant): instant.microseconds
    case .date(let day): Int64(day.number)
    default: Int64.max
    }
  }
}

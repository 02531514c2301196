import KithBase
import KithModel

/// Removing objects with their parts.
extension Journal {
  /// Removes rows of an entity with the rows that cannot be without them (a deal's stage changes, a
  /// purchase's items). Refuses with K4317 where anything else refers to one of them.
  package func removeWithParts(_ entity: String, _ ids: [Int64]) throws {
    var order: [(entity: String, id: Int64)] = []
    var known: [String: Set<Int64>] = [:]
    func take(_ entity: String, _ id: Int64) {
      if known[entity, default: []].insert(id).inserted { order.append((entity, id)) }
    }
    for id in ids { take(entity, id) }
    var next = 0
    while next < order.count {
      let row = order[next]
      next += 1
      for reference in references(to: row.entity) where reference.required {
        for child in try rows(reference, to: row.id) { take(reference.entity, child) }
      }
    }
    for row in order { try refuseChildren(row.entity, row.id, known) }
    for row in order.reversed() { try remove(row.entity, row.id) }
  }

  private func refuseChildren(_ entity: String, _ id: Int64, _ known: [String: Set<Int64>]) throws {
    var english: [String] = []
    var chinese: [String] = []
    for reference in references(to: entity) where !reference.required {
      let gone = known[reference.entity] ?? []
      let count = try rows(reference, to: id).count { !gone.contains($0) }
      guard count > 0 else { continue }
      let spec = try spec(reference.entity)
      english.append("\(count) \(count == 1 ? spec.name : spec.plural)")
      chinese.append("\(count) 个\(spec.zh)")
    }
    guard !english.isEmpty else { return }
    let title = try self.title(of: entity, id)
    let zh = try spec(entity).zh
    throw Diagnostic(
      "K4317",
      say(
        "\(entity) '\(title)' has \(english.joined(separator: ", "))",
        "\(zh)“\(title)”有\(chinese.joined(separator: "、"))"),
      help: say("remove or move them first", "请先删除或移走它们"))
  }
}

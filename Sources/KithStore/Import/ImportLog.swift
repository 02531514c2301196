import KithBase

/// What happens on the way and belongs in the report.
final class ImportLog {
  var termsAdded: [(enumeration: String, code: String)] = []
  var parentsMade: [String: Int] = [:]
  /// Names of objects that were made for rows that refer to them, by entity; at most 5,000 of each.
  var namesMade: [String: [String]] = [:]
  /// References that only a loose comparison found: how often, and the first few.
  var looseCount = 0
  var looseExamples: [String] = []
  var notes: [Note] = []

  func note(_ kind: String, _ english: String, _ chinese: String) {
    notes.append(Note(kind: kind, english: english, chinese: chinese))
  }

  /// The object was taken back with the row it was made for.
  func unmade(_ entity: String, name: String?) {
    parentsMade[entity, default: 1] -= 1
    if let name, let place = namesMade[entity]?.lastIndex(of: name) {
      namesMade[entity]?.remove(at: place)
    }
  }

  func made(_ entity: String, name: String?) {
    parentsMade[entity, default: 0] += 1
    if let name, namesMade[entity, default: []].count < 5_000 {
      namesMade[entity, default: []].append(name)
    }
  }
}

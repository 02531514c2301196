import KithBase
import KithLanguage
import KithModel
import KithPlan

/// The other tongue's name of a name in a script, where the shipped vocabulary has one. Without checking a
/// script it is not known which object a field belongs to, so a name is changed only if all its meanings
/// agree on the new one.
struct ScriptNames {
  private let tongue: Tongue
  private let index: NameIndex
  private var known: [String: String] = [:]
  /// Names the script gives itself stay as they are.
  private let given: Set<String>

  init(_ index: NameIndex, _ program: ProgramSyntax, _ tongue: Tongue) {
    self.tongue = tongue
    self.index = index
    given = Set(program.statements.compactMap(Self.given))
    let chinese = tongue == .chinese
    var candidates: [String: Set<String>] = [:]
    func add(_ words: [String], _ english: String, _ zh: String) {
      for word in words where !word.isEmpty {
        candidates[fold(word), default: []].insert(chinese && !zh.isEmpty ? zh : english)
      }
    }
    for entity in index.catalogue.entities {
      for field in entity.fields {
        add([field.name, field.zh] + field.synonyms + field.zhSynonyms, field.name, field.zh)
      }
      for path in entity.toOne { add([path.name, path.zh], path.name, path.zh) }
      for path in entity.toMany { add([path.name, path.zh], path.name, path.zh) }
      for derived in entity.derived { add([derived.name, derived.zh], derived.name, derived.zh) }
    }
    for (word, names) in candidates where names.count == 1 { known[word] = names.first }
  }

  private static func given(_ statement: StatementSyntax) -> String? {
    switch statement.kind {
    case .let(let name, _), .def(let name, _, _), .forEach(let name, _, _): fold(name.text)
    default: nil
    }
  }

  func translate(_ name: String, _ context: NameContext) -> String {
    if given.contains(fold(name)) { return name }
    switch context {
    case .value:
      if let entity = index.entity(name), fold(name) != entity.name || tongue == .chinese,
        isSource(name, entity)
      {
        return tongue == .chinese ? entity.zh : entity.plural
      }
      return known[fold(name)] ?? name
    case .object:
      guard let entity = index.entity(name) else { return name }
      return tongue == .chinese ? entity.zh : entity.name
    case .member, .column: return known[fold(name)] ?? name
    default: return name
    }
  }

  /// A plural or a Chinese name; a bare English singular is a path.
  private func isSource(_ name: String, _ entity: EntitySpec) -> Bool {
    let folded = fold(name)
    return folded == entity.plural || name == entity.zh
      || entity.synonyms.contains { $0.plural == folded } || entity.zhSynonyms.contains(name)
  }
}

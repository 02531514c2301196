package import KithBase
package import KithModel

/// What a name after an object leads to.
package enum Member: Sendable {
  case field(FieldSpec)
  case toOne(ToOneSpec)
  case toMany(ToManySpec)
  case derived(DerivedSpec)

  package var name: String {
    switch self {
    case .field(let spec): spec.name
    case .toOne(let spec): spec.name
    case .toMany(let spec): spec.name
    case .derived(let spec): spec.name
    }
  }

  package var zh: String {
    switch self {
    case .field(let spec): spec.zh
    case .toOne(let spec): spec.zh
    case .toMany(let spec): spec.zh
    case .derived(let spec): spec.zh
    }
  }
}

/// Every name of a catalogue, in both tongues with its synonyms, folded for look-up. Made once per open
/// book; a canonical name always wins over a synonym.
package final class NameIndex: Sendable {
  package let catalogue: Catalogue
  /// Folded plural or singular → entity; `singular` tells which was written (Chinese serves both).
  private let entities: [String: String]
  private let members: [String: [String: Member]]
  private let enumerations: [String: String]

  package init(_ catalogue: Catalogue) {
    self.catalogue = catalogue
    var entities: [String: String] = [:]
    var members: [String: [String: Member]] = [:]
    for entity in catalogue.entities {
      for name in [entity.name, entity.plural, entity.zh] { entities[fold(name)] = entity.name }
      members[entity.name] = Self.members(of: entity)
    }
    for entity in catalogue.entities {
      let words = entity.synonyms.flatMap { [$0.singular, $0.plural] } + entity.zhSynonyms
      for word in words where entities[fold(word)] == nil { entities[fold(word)] = entity.name }
    }
    self.entities = entities
    self.members = members
    var enumerations: [String: String] = [:]
    for enumeration in catalogue.enumerations {
      enumerations[fold(enumeration.name)] = enumeration.name
      enumerations[fold(enumeration.zh)] = enumeration.name
    }
    self.enumerations = enumerations
  }

  private static func members(of entity: EntitySpec) -> [String: Member] {
    var found: [String: Member] = [:]
    func add(_ names: [String], _ member: Member) {
      for name in names where !name.isEmpty && found[fold(name)] == nil {
        found[fold(name)] = member
      }
    }
    for spec in entity.fields { add([spec.name], .field(spec)) }
    for spec in entity.toOne { add([spec.name], .toOne(spec)) }
    for spec in entity.toMany { add([spec.name], .toMany(spec)) }
    for spec in entity.derived { add([spec.name], .derived(spec)) }
    for spec in entity.fields { add([spec.zh], .field(spec)) }
    for spec in entity.toOne { add([spec.zh], .toOne(spec)) }
    for spec in entity.toMany { add([spec.zh], .toMany(spec)) }
    for spec in entity.derived { add([spec.zh], .derived(spec)) }
    for spec in entity.fields {
      add(spec.synonyms + spec.zhSynonyms, .field(spec))
      add([spec.column, "is_" + spec.name], .field(spec))
    }
    for spec in entity.toOne { add(spec.synonyms + spec.zhSynonyms + [spec.column], .toOne(spec)) }
    return found
  }

  /// An entity by plural, singular, Chinese name or synonym.
  package func entity(_ word: String) -> EntitySpec? {
    entities[fold(word)].flatMap { catalogue.entity($0) }
  }

  package func member(_ word: String, of entity: String) -> Member? {
    guard let names = members[entity] else { return nil }
    let folded = fold(word)
    if let found = names[folded] { return found }
    for ending in ["_id", "_at", "_on", "_fen"] where folded.hasSuffix(ending) {
      if let found = names[String(folded.dropLast(ending.count))] { return found }
    }
    // 创建 for 创建时间, as it is said.
    for ending in ["时间", "日期"] { if let found = names[folded + ending] { return found } }
    return nil
  }

  package func enumeration(_ word: String) -> EnumerationSpec? {
    enumerations[fold(word)].flatMap { catalogue.enumeration($0) }
  }

  /// A value by code, English or Chinese label, or synonym.
  package func value(_ word: String, of enumeration: String) -> EnumerationValue? {
    guard let spec = catalogue.enumeration(enumeration) else { return nil }
    let folded = fold(word)
    return spec.values.first { fold($0.code) == folded }
      ?? spec.values.first { fold($0.en) == folded || fold($0.zh) == folded }
      ?? spec.values.first { $0.synonyms.contains { fold($0) == folded } }
  }

  /// All names of an entity in one tongue, for suggestions and completion.
  package func memberNames(of entity: String, _ tongue: Tongue) -> [String] {
    guard let spec = catalogue.entity(entity) else { return [] }
    let english = tongue == .english
    return spec.fields.filter { !$0.hidden }.map { english ? $0.name : $0.zh }
      + spec.toOne.map { english ? $0.name : $0.zh }
      + spec.toMany.map { english ? $0.name : $0.zh }
      + spec.derived.map { english ? $0.name : $0.zh }
  }
}

/// How names are compared: NFC (Swift's equality does that), ASCII without case.
package func fold(_ name: String) -> String { name.lowercased() }

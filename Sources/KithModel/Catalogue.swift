/// Everything a book knows of names: the shipped entities, enumerations and settings, with the
/// fields and values one book added. A value; made once per open book.
package struct Catalogue: Sendable {
  package private(set) var entities: [EntitySpec]
  package private(set) var enumerations: [EnumerationSpec]
  package private(set) var settings: [SettingSpec]
  private var entityIndex: [String: Int] = [:]
  private var enumerationIndex: [String: Int] = [:]

  package init(
    entities: [EntitySpec], enumerations: [EnumerationSpec], settings: [SettingSpec]
  ) {
    self.entities = entities
    self.enumerations = enumerations
    self.settings = settings
    for (index, entity) in entities.enumerated() { entityIndex[entity.name] = index }
    for (index, enumeration) in enumerations.enumerated() {
      enumerationIndex[enumeration.name] = index
    }
  }

  /// By English singular name.
  package func entity(_ name: String) -> EntitySpec? { entityIndex[name].map { entities[$0] } }

  /// By English name.
  package func enumeration(_ name: String) -> EnumerationSpec? {
    enumerationIndex[name].map { enumerations[$0] }
  }

  /// Adds a field of this book to an entity; a name the entity has already is left alone.
  package mutating func add(_ field: FieldSpec, to entity: String) {
    guard let index = entityIndex[entity],
      !entities[index].fields.contains(where: { $0.name == field.name })
    else { return }
    entities[index].fields.append(field)
  }

  /// Adds a value to an enumeration, or a new enumeration of a custom field.
  package mutating func add(_ value: EnumerationValue, to enumeration: String, zh: String? = nil) {
    if let index = enumerationIndex[enumeration] {
      guard !enumerations[index].values.contains(where: { $0.code == value.code }) else { return }
      enumerations[index].values.append(value)
    } else {
      enumerationIndex[enumeration] = enumerations.count
      enumerations.append(EnumerationSpec(enumeration, zh ?? enumeration, ordered: false, [value]))
    }
  }

  /// Puts an enumeration in the place of the one of its name, or at the end.
  package mutating func set(_ enumeration: EnumerationSpec) {
    if let index = enumerationIndex[enumeration.name] {
      enumerations[index] = enumeration
    } else {
      enumerationIndex[enumeration.name] = enumerations.count
      enumerations.append(enumeration)
    }
  }
}

import Foundation
import KithBase
import KithModel
import Testing

/// The entities in the program against the published vocabulary, and against themselves.
@Suite struct ModelTests {
  private typealias Record = [String: Any]

  private func vocabulary() throws -> Record? {
    guard let path = domainFile("vocabulary.json") else { return nil }
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    return try JSONSerialization.jsonObject(with: data) as? Record
  }

  private func list(_ record: Record, _ key: String) -> [Record] { record[key] as? [Record] ?? [] }

  @Test func entitiesAreThoseOfTheVocabulary() throws {
    guard let vocabulary = try vocabulary() else { return }
    let records = list(vocabulary, "entities")
    #expect(records.count == 54)
    #expect(Catalogue.shipped.entities.map(\.name) == records.map { $0["name"] as? String ?? "" })
    for (entity, record) in zip(Catalogue.shipped.entities, records) {
      let name = entity.name
      #expect(entity.plural == record["plural"] as? String, "\(name)")
      #expect(entity.zh == record["zh"] as? String, "\(name)")
      #expect(entity.show == record["show"] as? [String], "\(name)")
      #expect(entity.title == record["title"] as? String, "\(name)")
      #expect(entity.time == record["time"] as? String, "\(name)")
      #expect(entity.zhSynonyms == record["zh_synonyms"] as? [String], "\(name)")
      let fields = list(record, "fields").filter {
        !($0["type"] as? String ?? "").hasPrefix("object ")
      }
      #expect(entity.fields.map(line) == fields.map(line), "\(name)")
      let paths = list(record, "paths")
      #expect(
        entity.toOne.map { "\($0.name) \($0.zh) \($0.target)" }
          == paths.filter { $0["kind"] as? String == "to_one" }.map(pathLine), "\(name)")
      #expect(
        entity.toMany.map { "\($0.name) \($0.zh) \($0.target)" }
          == paths.filter { $0["kind"] as? String == "to_many" }.map(pathLine), "\(name)")
      #expect(entity.fields.map(type) == fields.map { $0["type"] as? String ?? "" }, "\(name)")
      checkDerived(entity, list(record, "derived"))
    }
  }

  /// Fields the program has beside those of the vocabulary (decision 0016).
  private static let added: Set<String> = [
    "customer.interval_weak", "customer.rfm_quarters", "class_change.stay", "item.product_since",
    "session.overlaps",
  ]
  /// Fields whose text differs from the vocabulary's: `lost` by decision 0007, those of claims by 0012,
  /// the others by 0016.
  private static let otherTexts: Set<String> = [
    "claim.lapsed", "claim.live",
    "opportunity.lost", "customer.next_purchase", "survey.csat", "survey.nps",
  ]

  private func checkDerived(_ entity: EntitySpec, _ records: [Record]) {
    let name = entity.name
    let fields = entity.derived.filter { !Self.added.contains("\(name).\($0.name)") }
    let lines = fields.map {
      "\($0.name) \($0.zh) \(type($0.type).prefix { $0 != ":" }) \($0.parameters) "
        + $0.origin
    }
    let wanted = records.map {
      let type = ($0["type"] as? String ?? "").prefix { $0 != ":" }
      return "\($0["name"] ?? "") \($0["zh"] ?? "") \(type) \($0["parameters"] as? [String] ?? []) "
        + "\($0["items"] ?? "")"
    }
    #expect(lines == wanted, "\(name)")
    // Where the vocabulary asks for an algorithm the program may have found a Kith text that does.
    for (field, record) in zip(fields, records) {
      let place = "\(name).\(field.name)"
      guard let kith = record["kith"] as? String, !Self.otherTexts.contains(place) else { continue }
      #expect(withDefaults(field.kith ?? "") == plain(kith), "\(place)")
    }
  }

  /// The vocabulary writes the order inside `first` and `last` with `by`, the grammar with `sort`;
  /// `90 days ago` is the same date as `today - 90 days`, which a setting can stand in.
  private func plain(_ kith: String) -> String {
    kith.replacingOccurrences(of: " by ", with: " sort ")
      .replacing(#/([0-9]+ days) ago/#) { "today - \($0.output.1)" }
  }

  /// The program reads a setting where the vocabulary's text prints its default.
  private func withDefaults(_ kith: String) -> String {
    let settings = SettingSpec.shipped.sorted { $0.key.count > $1.key.count }
    return plain(
      settings.reduce(kith) { text, setting in
        text.replacingOccurrences(of: "setting." + setting.key, with: setting.value ?? "empty")
      })
  }

  private func type(_ field: FieldSpec) -> String {
    field.secondColumn == nil ? type(field.type) : "text in two tongues"
  }

  /// A type as the vocabulary writes it.
  private func type(_ type: KithType) -> String {
    switch type {
    case .enumeration(let name): "enumerated " + name
    case .list(.enumeration(let name)) where ["job", "progress", "sales_link"].contains(name):
      "list:" + name
    case .list(.enumeration("activity_kind")): "list:activity_kind"
    case .list: "list"
    case .duration: "duration"
    case .object(let name): name
    default: type.name
    }
  }

  private func line(_ field: FieldSpec) -> String {
    let columns = [field.column] + (field.secondColumn.map { [$0] } ?? [])
    return "\(field.name) \(field.zh) \(columns) \(field.required) \(field.hidden) "
      + "\(field.synonyms) \(field.zhSynonyms) \(field.unit ?? "-") \(field.note)"
  }

  private func line(_ field: Record) -> String {
    "\(field["name"] ?? "") \(field["zh"] ?? "") \(field["columns"] as? [String] ?? []) "
      + "\(field["required"] as? Bool ?? false) \(field["hidden"] as? Bool ?? false) "
      + "\(field["synonyms"] as? [String] ?? []) \(field["zh_synonyms"] as? [String] ?? []) "
      + "\(field["unit"] as? String ?? "-") \(field["note"] as? String ?? "")"
  }

  private func pathLine(_ path: Record) -> String {
    "\(path["name"] ?? "") \(path["zh"] ?? "") \(path["to"] ?? "")"
  }

  @Test func enumerationsAndSettingsAreThoseOfTheVocabulary() throws {
    guard let vocabulary = try vocabulary() else { return }
    let enumerations = list(vocabulary, "enumerations")
    #expect(Catalogue.shipped.enumerations.count == 72)
    #expect(
      Catalogue.shipped.enumerations.map { "\($0.name) \($0.zh) \($0.ordered)" }
        == enumerations.map {
          "\($0["name"] ?? "") \($0["zh"] ?? "") \($0["ordered"] as? Bool ?? false)"
        })
    let values = Catalogue.shipped.enumerations.flatMap(\.values)
    #expect(values.count == 431)
    #expect(
      values.map { "\($0.code) \($0.en) \($0.zh) \($0.synonyms)" }
        == enumerations.flatMap { list($0, "values") }.map {
          "\($0["code"] ?? "") \($0["en"] ?? "") \($0["zh"] ?? "") "
            + "\($0["zh_synonyms"] as? [String] ?? [])"
        })
    let settings = list(vocabulary, "settings")
    // Which rules block a recording is the program's own (decision 0012).
    let shipped = Catalogue.shipped.settings.filter { $0.key != "blocking_rules" }
    #expect(shipped.count == 94)
    #expect(
      shipped.map {
        "\($0.key) \($0.zh) \(type($0.type)) \(value($0.key, $0.value)) \($0.unit ?? "-") \($0.origin)"
      }
        == settings.map {
          let key = $0["key"] as? String ?? ""
          let given = value(key, $0["long_default"] as? String ?? $0["default"] as? String)
          let type = $0["type"] as? String ?? ""
          let unit = $0["unit"] as? String ?? "-"
          return "\(key) \($0["zh"] ?? "") \(type) \(given) \(unit) \($0["origin"] ?? "")"
        })
    let rules = list(vocabulary, "rules_shipped")
    #expect(
      Set(
        WarningRule.shipped.map {
          // W5 is recorded by hand there, and has a text here (decision 0016).
          let condition = $0.code == "W5" ? "-" : withDefaults($0.condition ?? "-")
          return "\($0.code) \($0.entity) \($0.severity) \(condition) \($0.zh) \($0.en)"
        })
        == Set(
          rules.map {
            "\($0["code"] ?? "") \($0["entity"] ?? "") \($0["severity"] ?? "") "
              + "\(plain($0["kith"] as? String ?? "-")) \($0["name_zh"] ?? "") \($0["name_en"] ?? "")"
          }))
  }

  /// Settings that list names are written here as paths that can be followed (decision 0016), so only
  /// how many there are is compared.
  private func value(_ key: String, _ value: String?) -> String {
    guard ["file_organisation", "file_trajectory", "handover_fields"].contains(key) else {
      return value ?? "-"
    }
    return String((value ?? "").split(separator: ",").count)
  }

  /// Every key can be walked both ways, every chain and every default column leads somewhere.
  @Test func pathsLeadSomewhere() throws {
    let catalogue = Catalogue.shipped
    for entity in catalogue.entities {
      for path in entity.toOne {
        let target = try #require(catalogue.entity(path.target), "\(entity.name).\(path.name)")
        switch path.through {
        case nil, .object?: break
        case .first(let many, let by)?:
          let children = try #require(entity.toMany.first { $0.name == many })
          let child = try #require(catalogue.entity(children.target))
          #expect(child.name == path.target)
          #expect(child.fields.contains { $0.name == by })
        case .chain(let steps)?:
          #expect(try end(of: steps, from: entity) == path.target)
        case .inverse(let key)?:
          #expect(target.toOne.contains { $0.name == key && $0.target == entity.name })
        }
      }
      for path in entity.toMany {
        let target = try #require(catalogue.entity(path.target), "\(entity.name).\(path.name)")
        switch path.via {
        case .key(let key):
          #expect(target.toOne.contains { $0.name == key && $0.target == entity.name })
        case .chain(let steps): #expect(try end(of: steps, from: entity) == path.target)
        case .changes: #expect(path.target == "change")
        case .firstReferred: #expect(path.target == "customer")
        }
      }
      for name in entity.show + [entity.title] {
        #expect(entity.hasMember(named: name), "\(entity.name).\(name)")
      }
    }
  }

  private func end(of steps: [String], from entity: EntitySpec) throws -> String {
    var at = entity
    for step in steps {
      let next =
        at.toOne.first { $0.name == step }?.target ?? at.toMany.first { $0.name == step }?.target
      let name = try #require(next, "\(at.name).\(step)")
      at = try #require(Catalogue.shipped.entity(name))
    }
    return at.name
  }

  @Test func typesOfTheDomainExist() {
    let catalogue = Catalogue.shipped
    func check(_ type: KithType, _ place: String) {
      switch type {
      case .enumeration(let name): #expect(catalogue.enumeration(name) != nil, "\(place)")
      case .object(let name): #expect(catalogue.entity(name) != nil, "\(place)")
      case .list(let element): check(element, place)
      default: break
      }
    }
    for entity in catalogue.entities {
      for field in entity.fields { check(field.type, entity.name + "." + field.name) }
      for field in entity.derived {
        check(field.type, entity.name + "." + field.name)
        #expect((field.kith == nil) != (field.algorithm == nil), "\(entity.name).\(field.name)")
      }
    }
  }

  /// Figures of the printed funnel; E and F have neither conversion nor days in it.
  @Test func theDefaultFunnelIsAsPrinted() {
    let stages = DefaultStage.shipped
    #expect(stages.map(\.code) == ["A", "B", "C", "D", "E", "F"])
    #expect(stages.map(\.win) == [0.1, 0.25, 0.5, 0.75, 0.9, 1])
    #expect(stages.map(\.plannedConversion) == [0.8, 0.7, 0.6, 0.5, nil, nil])
    #expect(stages.map(\.plannedDays) == [7, 7, 10, 7, nil, nil])
    #expect(stages.map { $0.actions.count } == [10, 10, 12, 9, 0, 0])
  }
}

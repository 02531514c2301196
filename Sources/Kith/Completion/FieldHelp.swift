import KithBase
package import KithModel

/// What help says about a field: what it is of, its formula, unit, source and an example that runs.
package enum FieldHelp {
  /// Every field called that, in either tongue (`win`, 赢率), perhaps of one kind of object
  /// (`opportunity.win`); nil where there is none.
  package static func text(_ topic: String, _ catalogue: Catalogue) -> String? {
    let parts = topic.split(separator: ".", maxSplits: 1).map { $0.lowercased() }
    guard let name = parts.last else { return nil }
    let entities = catalogue.entities.filter { entity in
      parts.count == 1 || [entity.name, entity.plural, entity.zh].contains(parts[0])
    }
    var found: [String] = []
    for entity in entities {
      for field in entity.derived where field.name == name || field.zh.lowercased() == name {
        found.append(describe(field, entity, catalogue))
      }
      for field in entity.fields where field.name == name || field.zh.lowercased() == name {
        found.append(describe(field, entity))
      }
    }
    return found.isEmpty ? nil : found.joined(separator: "\n")
  }

  private static func describe(_ field: FieldSpec, _ entity: EntitySpec) -> String {
    var text = "\(entity.name).\(field.name) \(field.zh): \(field.type.name), stored"
    if let unit = field.unit { text += " [\(unit)]" }
    if !field.note.isEmpty { text += "\n  \(field.note)" }
    return text + "\n"
  }

  private static func describe(
    _ field: DerivedSpec, _ entity: EntitySpec, _ catalogue: Catalogue
  ) -> String {
    var text = "\(entity.name).\(field.name) \(field.zh): \(field.type.name), computed"
    if let unit = unit(of: field) { text += " [\(unit)]" }
    text += "\n  formula  \(field.kith ?? field.algorithm ?? "")\n"
    for setting in catalogue.settings where mentions(field.kith ?? "", setting.key) {
      text += "  setting  \(setting.key) = \(setting.value ?? "not given")"
      text += setting.unit.map { " [\($0)]" } ?? ""
      text += ": \(setting.meaning); source \(source(setting.origin))\n"
    }
    text += "  source   \(source(field.origin))\n"
    return text + "  example  \(example(of: field, entity))\n"
  }

  /// Whether a formula reads a setting, and not one whose key only begins alike.
  private static func mentions(_ kith: String, _ key: String) -> Bool {
    guard let range = kith.firstRange(of: "setting." + key) else { return false }
    guard range.upperBound < kith.endIndex else { return true }
    let next = kith[range.upperBound]
    return !(next.isLetter || next.isNumber || next == "_")
  }

  private static func unit(of field: DerivedSpec) -> String? {
    switch field.type {
    case .money: "the book's currency"
    case .percent: "a ratio, shown as %"
    case .duration(.days): "days"
    case .duration: "time"
    case .int where field.name.hasSuffix("_days") || field.name == "days_in": "days"
    default: nil
    }
  }

  /// Numbers are items of the catalogue of sources.
  private static func source(_ origin: String) -> String {
    origin == "own" ? "own choice" : origin.first?.isNumber == true ? "catalogue \(origin)" : origin
  }

  /// A query that shows the field.
  package static func example(of field: DerivedSpec, _ entity: EntitySpec) -> String {
    let arguments = field.parameters.map { parameter in
      switch parameter {
      case "CLASS": "listed"
      case "STAGE": "C"
      case "PERIOD": "2026-Q3"
      case "DAYS": "7"
      case "CADENCE": "\"quarterly_visit\""
      default: "\(parameter.lowercased()) 1"
      }
    }
    let call = arguments.isEmpty ? "" : "(" + arguments.joined(separator: ", ") + ")"
    return "\(entity.plural) | select \(entity.title), \(field.name)\(call) | take 5"
  }
}

import KithBase
import KithModel

/// The catalogue of one book: the shipped one with the book's fields and terms laid over it.
enum BookCatalogue {
  static func read(_ connection: Connection) throws -> Catalogue {
    var catalogue = Catalogue.shipped
    try readTerms(connection, into: &catalogue)
    try readFields(connection, into: &catalogue)
    return catalogue
  }

  private static func readTerms(_ connection: Connection, into catalogue: inout Catalogue) throws {
    let statement = try connection.prepare(
      #"SELECT "enumeration", "code", "name_zh", "name_en", "position" FROM "term" "#
        + #"ORDER BY "enumeration", "position" IS NULL, "position", "id""#)
    var name = ""
    var rows: [TermRow] = []
    while try statement.step() {
      let next = statement.text(0) ?? ""
      if next != name {
        merge(rows, of: name, into: &catalogue)
        name = next
        rows = []
      }
      rows.append(
        TermRow(
          code: statement.text(1) ?? "", zh: statement.text(2) ?? "", en: statement.text(3) ?? "",
          isOrdered: !statement.isNull(4)))
    }
    merge(rows, of: name, into: &catalogue)
  }

  private struct TermRow {
    var code: String
    var zh: String
    var en: String
    var isOrdered: Bool
  }

  /// Values stand as the table orders them. Shipped values whose row is gone stay, at their end: an
  /// object may still hold them.
  private static func merge(_ rows: [TermRow], of name: String, into catalogue: inout Catalogue) {
    guard !rows.isEmpty else { return }
    let known = catalogue.enumeration(name)
    let ordered = known?.ordered ?? rows.contains { $0.isOrdered }
    if let known, known.values.count == rows.count,
      zip(known.values, rows).allSatisfy({ $0.code == $1.code && $0.zh == $1.zh && $0.en == $1.en })
    {
      return
    }
    var values: [EnumerationValue] = rows.map { row in
      var synonyms: [String] = []
      if let value = known?.values.first(where: { $0.code == row.code }) {
        synonyms = value.synonyms
        // The shipped labels go on being understood after the book gave the value other ones.
        if value.zh != row.zh { synonyms.append(value.zh) }
        if value.en != row.en, value.en != value.code { synonyms.append(value.en) }
      }
      return EnumerationValue(
        row.code, row.zh, en: row.en, synonyms: synonyms, outsideOrder: ordered && !row.isOrdered)
    }
    for value in known?.values ?? [] where !rows.contains(where: { $0.code == value.code }) {
      values.append(value)
    }
    catalogue.set(EnumerationSpec(name, known?.zh ?? name, ordered: ordered, values))
  }

  private static func readFields(_ connection: Connection, into catalogue: inout Catalogue) throws {
    let statement = try connection.prepare(
      #"SELECT "entity", "name_en", "name_zh", "type", "unit", "enumeration" FROM "field" "#
        + #"ORDER BY "id""#)
    while try statement.step() {
      guard let entity = statement.text(0), let name = statement.text(1),
        let spec = catalogue.entity(entity),
        let type = CustomFieldType.type(statement.text(3) ?? "", enumeration: statement.text(5))
      else { continue }
      if case .enumeration(let values) = type, catalogue.enumeration(values) == nil {
        // No value yet: the field is there all the same.
        catalogue.set(
          EnumerationSpec(values, statement.text(2) ?? name, ordered: false, []))
      }
      let column = "x_" + name
      // A later program may bring the name itself: then its own field wins and the book's is
      // reached by its column.
      let zh = statement.text(2)
      let taken = spec.hasMember(named: name)
      catalogue.add(
        FieldSpec(
          taken ? column : name, zh.flatMap { spec.hasMember(named: $0) ? nil : $0 } ?? name, type,
          column: column, unit: statement.text(4), custom: true), to: entity)
    }
  }
}

/// The types a custom field may have, by the word kept in `field`.`type`.
enum CustomFieldType {
  static func word(_ type: KithType) -> String? {
    switch type {
    case .text, .int, .float, .percent, .bool, .money, .date, .time: type.name
    case .enumeration: "enumeration"
    default: nil
    }
  }

  static func type(_ word: String, enumeration: String?) -> KithType? {
    switch word {
    case "text": .text
    case "int": .int
    case "float": .float
    case "percent": .percent
    case "bool": .bool
    case "money": .money
    case "date": .date
    case "time": .time
    case "enumeration": enumeration.map { .enumeration($0) }
    default: nil
    }
  }
}

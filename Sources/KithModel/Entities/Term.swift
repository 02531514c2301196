import KithBase

extension EntitySpec {
  /// One value of an enumeration with its two names.
  package static let term = EntitySpec(
    "term",
    plural: "terms",
    zh: "词条",
    meaning: "one value of an enumeration with its two names",
    synonyms: [("enum_value", "enum_values")],
    zhSynonyms: ["枚举值"],
    show: ["enumeration", "code", "name", "position", "active"],
    title: "name",
    unique: [["enumeration", "code"]],
    importable: false,
    fields: termFields,
    toMany: termToMany)

  private static let termFields: [FieldSpec] = [
    .id,
    FieldSpec("enumeration", "枚举", .text, required: true, zhSynonyms: ["枚举域"]),
    FieldSpec("code", "编号", .text, required: true, zhSynonyms: ["代码"], note: "as typed"),
    FieldSpec(
      "name", "名称", .text, column: "name_zh", secondColumn: "name_en", required: true,
      note: "both names are required"),
    FieldSpec("position", "顺序", .int, note: "empty = outside the order"),
    FieldSpec("origin", "出处", .text),
    FieldSpec("active", "有效", .bool, default: "1"),
  ]

  private static let termToMany: [ToManySpec] = [
    ToManySpec("changes", "变更", to: "change", .changes)
  ]
}

import KithBase

extension EntitySpec {
  /// A field a book adds to an entity.
  package static let field = EntitySpec(
    "field",
    plural: "fields",
    zh: "自定义字段",
    meaning: "a field a book adds to an entity",
    synonyms: [("custom_field", "custom_fields")],
    show: ["entity", "name", "type", "unit"],
    title: "name",
    time: "created",
    unique: [["entity", "name_en"]],
    importable: false,
    tracked: false,
    fields: fieldFields)

  private static let fieldFields: [FieldSpec] = [
    .id,
    FieldSpec("entity", "对象类型", .text, required: true),
    FieldSpec(
      "name", "名称", .text, column: "name_zh", secondColumn: "name_en", required: true,
      note: "the English name is the one typed, the Chinese optional"),
    FieldSpec("type", "数据类型", .text, required: true, note: "a type of the language"),
    FieldSpec("unit", "单位", .text),
    FieldSpec("enumeration", "枚举", .text, note: "for enumerated fields"),
    FieldSpec("created", "创建时间", .time, required: true),
  ]
}

import KithBase

extension EntitySpec {
  /// How often whom to touch; ships the four ones.
  package static let cadence = EntitySpec(
    "cadence",
    plural: "cadences",
    zh: "频次规则",
    meaning: "how often whom to touch; ships the four ones",
    synonyms: [("rhythm", "rhythms")],
    zhSynonyms: ["四个一"],
    show: ["code", "name", "kinds", "period", "times", "max_days"],
    title: "name",
    unique: [["code"]],
    tracked: false,
    fields: cadenceFields,
    toMany: cadenceToMany)

  private static let cadenceFields: [FieldSpec] = [
    .id,
    FieldSpec("code", "编号", .text, required: true, note: "weekly_touch …"),
    FieldSpec("name", "名称", .text, column: "name_zh", secondColumn: "name_en", required: true),
    FieldSpec(
      "kinds", "适用方式", .list(.enumeration("activity_kind")), required: true, note: "event kinds too"
    ),
    FieldSpec("period", "周期", .enumeration("frequency"), required: true),
    FieldSpec("times", "次数", .int, default: "1"),
    FieldSpec("max_days", "最迟天数", .int, unit: "days", note: "second limit"),
    FieldSpec(
      "condition", "条件", .text, zhSynonyms: ["适用"],
      note: "Kith over the customer: to whom it applies"),
    FieldSpec("active", "有效", .bool, default: "1"),
    .created,
    .updated,
  ]

  private static let cadenceToMany: [ToManySpec] = [
    ToManySpec("activities", "跟进", to: "activity", .key("cadence"))
  ]
}
